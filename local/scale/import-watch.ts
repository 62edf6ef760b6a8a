/** Follows, from what the app stores of its tasks, how far the import of the whole workspace is, and when it was there. */
import { z } from 'zod';
import type { WrittenRow } from './stored-rows';

const taskRow = z.object({
  repository: z.string(),
  name: z.string(),
  queue: z.string(),
  detail: z.object({
    state: z.object({
      phase: z.string().optional(),
      finished: z.number().optional(),
      expected: z.number().nullish(),
    }),
  }),
});

/** A task as it was just stored. */
export interface SeenTask {
  readonly name: string;
  readonly queue: string;
}

/** Hours since the beginning at which each was reached in every repository; `null`: not yet. */
export interface ImportHours {
  readonly recent: number | null;
  readonly history: number | null;
  /** Pipelines, and deployments where there are pipelines. */
  readonly delivery: number | null;
  readonly sizes: number | null;
}

const HOUR_MILLISECONDS = 3_600_000;

const MILESTONES = ['recent', 'history', 'delivery', 'sizes'] as const;
type Milestone = (typeof MILESTONES)[number];

/** The import of one installation. */
export class ImportWatch {
  private readonly reached = new Map<Milestone, Set<string>>(MILESTONES.map((each) => [each, new Set()]));
  private readonly reachedAt = new Map<Milestone, number>();
  /** Deployments begin only where there are pipelines. */
  private readonly withDeployments = new Set<string>();
  private readonly finishedIn = new Map<string, number>();
  private finishedInAll = 0;

  constructor(
    private readonly repositories: number,
    private readonly startsAt: number,
  ) {}

  /** Takes notice of a written row; answers the task that it is, `null` for any other row. */
  saw({ kind, value }: WrittenRow, now: number): SeenTask | null {
    if (kind !== 'task') return null;
    const { repository, name, queue, detail } = taskRow.parse(value);
    const { phase, finished = 0 } = detail.state;
    if (name === 'pull-requests') {
      this.finishedInAll += finished - (this.finishedIn.get(repository) ?? 0);
      this.finishedIn.set(repository, finished);
      if (phase === 'history' || phase === 'complete') this.reach('recent', repository, now);
      if (phase === 'complete') this.reach('history', repository, now);
    }
    if (name === 'pipelines' && phase === 'complete' && !this.withDeployments.has(repository)) {
      this.reach('delivery', repository, now);
    }
    if (name === 'deployments') {
      this.withDeployments.add(repository);
      if (phase === 'complete') this.reach('delivery', repository, now);
    }
    if (name === 'sizes' && queue === 'idle') this.reach('sizes', repository, now);
    return { name, queue };
  }

  /** Pull requests whose facts are complete, by the imports' own count. */
  get pullRequests(): number {
    return this.finishedInAll;
  }

  /** Repositories in which a milestone was reached. */
  repositoriesWith(milestone: Milestone): number {
    return this.reached.get(milestone)?.size ?? 0;
  }

  hours(): ImportHours {
    const hoursOf = (milestone: Milestone): number | null => {
      const at = this.reachedAt.get(milestone);
      return at === undefined ? null : (at - this.startsAt) / HOUR_MILLISECONDS;
    };
    return {
      recent: hoursOf('recent'),
      history: hoursOf('history'),
      delivery: hoursOf('delivery'),
      sizes: hoursOf('sizes'),
    };
  }

  private reach(milestone: Milestone, repository: string, now: number): void {
    const repositories = this.reached.get(milestone);
    repositories?.add(repository);
    if (repositories?.size === this.repositories && !this.reachedAt.has(milestone)) {
      this.reachedAt.set(milestone, now);
    }
  }
}
