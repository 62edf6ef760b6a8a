/** Follows the import through the app's own answers, repository by repository. */
import { z } from 'zod';
import type { ForgeHost } from '../forge/host-api';
import { UsageError } from './options';
import type { System } from './system';

/**
 * What passes by itself (nothing is stored yet, or the store or Bitbucket is busy), and what an admin decided: then
 * nothing is to come.
 */
const WAITS = ['nothing-yet', 'unavailable'] as const;
const OVER = ['left-out', 'disconnected'] as const;

const SHORTEST_PAUSE_MILLISECONDS = 2_000;
const PAUSE_A_REPOSITORY_MILLISECONDS = 100;

const notNow = z.object({
  ok: z.literal(false),
  cause: z.enum([...WAITS, ...OVER, 'newer-store']),
  message: z.string(),
});

const overview = z.object({
  ok: z.literal(true),
  data: z.object({
    completeness: z.object({
      state: z.enum(['waiting', 'importing', 'complete', 'failed']),
      pullRequests: z.number(),
      expected: z.number().nullable(),
      trouble: z.object({ cause: z.string() }).nullable(),
    }),
  }),
});

/** The cause of a part that waits for a permission: nothing more comes of it by itself. */
const LACKS_PERMISSION = ['missing-permission', 'permission-awaited'];

const parts = z.object({
  ok: z.literal(true),
  data: z.object({
    repository: z.object({
      parts: z.array(
        z.object({
          state: z.enum(['waiting', 'importing', 'complete', 'failed']),
          trouble: z.object({ cause: z.string() }).nullable(),
        }),
      ),
    }),
  }),
});

/** Requests that a pull request costs on average (`npm run requests`), and the hour's share that history comes to: 0.65, less what is lost between two slots. */
const REQUESTS_A_PULL_REQUEST = 0.5;
const SHARE_OF_HISTORY = 0.6;

/** Before so many pull requests the pace says nothing. */
const PULL_REQUESTS_TO_GO_BY = 20;

export interface ImportProgress {
  readonly repositories: number;
  readonly complete: number;
  readonly failed: readonly string[];
  readonly pullRequests: number;
  /** As far as Bitbucket has said; grows while repositories are begun. */
  readonly expected: number;
  /** At the pace so far, and within the hour's limit where it is known; `null` while there is nothing to go by. */
  readonly remainingSeconds: number | null;
}

/** Asks for each repository's completeness; those that are complete are not asked again. Throws for an answer that no waiting mends. */
export class ProgressReader {
  private readonly complete = new Map<string, number>();
  private readonly began = Date.now();
  private atFirst: number | null = null;

  constructor(
    private readonly host: Pick<ForgeHost, 'resolve'>,
    private readonly repositoryUuids: readonly string[],
    /** Who looks: Forge's functions answer nobody else. */
    private readonly accountId: string,
    /** Requests to Bitbucket in an hour; `null` where nobody has to wait for them. */
    private readonly requestsPerHour: () => number | null = () => null,
  ) {}

  /** Milliseconds until the next reading: each repository costs a call, of which Forge allows some a minute. */
  get pause(): number {
    return Math.max(
      SHORTEST_PAUSE_MILLISECONDS,
      PAUSE_A_REPOSITORY_MILLISECONDS * this.repositoryUuids.length,
    );
  }

  async read(): Promise<ImportProgress> {
    let pullRequests = 0;
    let expected = 0;
    const failed: string[] = [];
    for (const uuid of this.repositoryUuids) {
      const known = this.complete.get(uuid);
      if (known !== undefined) {
        pullRequests += known;
        expected += known;
        continue;
      }
      const answer = z.union([overview, notNow]).parse(
        await this.host.resolve({
          moduleKey: 'repository-panel',
          functionKey: 'overview',
          payload: { query: { window: 30 } },
          extension: { repository: { uuid } },
          accountId: this.accountId,
        }),
      );
      if (!answer.ok) {
        if (answer.cause === 'newer-store') throw new UsageError(answer.message);
        if (OVER.some((cause) => cause === answer.cause)) this.complete.set(uuid, 0);
        continue;
      }
      const { completeness } = answer.data;
      pullRequests += completeness.pullRequests;
      expected += completeness.expected ?? 0;
      if (completeness.state === 'complete') this.complete.set(uuid, completeness.pullRequests);
      if (completeness.state === 'failed')
        failed.push(`${uuid}: ${completeness.trouble?.cause ?? 'unknown cause'}`);
    }
    return {
      repositories: this.repositoryUuids.length,
      complete: this.complete.size,
      failed,
      pullRequests,
      expected,
      remainingSeconds: this.remaining(pullRequests, expected),
    };
  }

  /** Whether pipelines, deployments and sizes of every repository are read too, or wait for a permission. */
  async isEveryPartOver(): Promise<boolean> {
    for (const uuid of this.repositoryUuids) {
      const answer = z.union([parts, notNow]).parse(
        await this.host.resolve({
          moduleKey: 'repository-page',
          functionKey: 'progress',
          payload: {},
          extension: { repository: { uuid } },
          accountId: this.accountId,
        }),
      );
      const isOver = answer.ok
        ? answer.data.repository.parts.every(({ state, trouble }) => {
            const isLacking = LACKS_PERMISSION.some((cause) => cause === trouble?.cause);
            return state === 'complete' || state === 'failed' || isLacking;
          })
        : OVER.some((cause) => cause === answer.cause);
      if (!isOver) return false;
    }
    return true;
  }

  private remaining(done: number, expected: number): number | null {
    this.atFirst ??= done;
    const gained = done - this.atFirst;
    const left = expected - done;
    if (gained < PULL_REQUESTS_TO_GO_BY || left <= 0) return null;
    const atThisPace = (left * (Date.now() - this.began)) / gained / 1000;
    const perHour = this.requestsPerHour();
    if (perHour === null) return Math.ceil(atThisPace);
    // What the hour's limit still allows goes at once, and a short pace promises too much.
    const needed = (left * REQUESTS_A_PULL_REQUEST) / (perHour * SHARE_OF_HISTORY);
    return Math.ceil(Math.max(atThisPace, (needed - 1) * 3_600));
  }
}

/** The reader of a run's progress, as whoever looks first. */
export function progressReader({ host, bitbucket }: System): ProgressReader {
  const { repositoryUuids, viewers, requestsPerHour } = bitbucket;
  return new ProgressReader(host, repositoryUuids, viewers.accounts[0].accountId, requestsPerHour);
}

/** Whether nothing more is to come. */
export function isOver(progress: ImportProgress): boolean {
  return progress.complete + progress.failed.length === progress.repositories;
}

/** One line for the terminal and the page. */
export function progressLine(progress: ImportProgress): string {
  const { pullRequests, expected, complete, repositories, remainingSeconds } = progress;
  const remaining = remainingSeconds === null ? '' : `, about ${durationOf(remainingSeconds)} to go`;
  return `Importing: ${pullRequests} of ${Math.max(expected, pullRequests)} pull requests, ${complete} of ${repositories} repositories complete${remaining}`;
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
