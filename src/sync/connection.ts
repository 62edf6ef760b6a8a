/** How the connection with Bitbucket is over all repositories: counted from the store, and kept for some minutes. */
import { z } from 'zod';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { countRefusals } from '../storage/inbox';
import type { RepositoryId } from '../storage/keys';
import { tasksIn, type Task, type WorkQueue } from '../storage/tasks';
import { keepConnection, readKeptConnection, readLatestEvent } from '../storage/workspace-counts';
import { isGood, keptCount } from './kept-counts';
import { reconciliationProgress } from './reconcile/reconciliation-state';
import { stateOf } from './task-progress';
import { asTrouble, type Trouble } from './trouble';
import { workspaceProgress, type WorkspaceProgress } from './workspace-progress';

const instant = z.number().int();

const counts = keptCount.extend({
  /** So many were counted; absent where a version without it wrote the row. */
  repositories: z.number().int().default(0),
  troubles: z.array(
    z.object({ cause: z.string(), scope: z.string().nullable(), repositories: z.number().int() }),
  ),
  lastEventAt: instant.nullable(),
  lastReconciledAt: instant.nullable(),
  refusedEvents: z.number().int(),
});

/** What holds up how many repositories. */
export interface CountedTrouble {
  readonly trouble: Trouble;
  readonly repositories: number;
}

export interface WorkspaceConnection extends WorkspaceProgress {
  /** What concerns the most repositories first. */
  readonly troubles: readonly CountedTrouble[];
  readonly lastEventAt: EpochSeconds | null;
  readonly lastReconciledAt: EpochSeconds | null;
  readonly refusedEvents: number;
}

/**
 * Counts anew where what is kept is no longer good and nobody counts already: a request for each hundred repositories,
 * and one for each hundred pieces of work that wait.
 */
export async function workspaceConnection(now: EpochSeconds): Promise<WorkspaceConnection> {
  const kept = counts.safeParse(await readKeptConnection());
  if (kept.success) {
    const { data } = kept;
    if (isGood(data, data.repositories, now)) return { ...(await workspaceProgress(now)), ...readable(data) };
    await keepConnection({ ...data, countingSince: now });
  }
  const heldUp = new HeldUp();
  const reconciled: EpochSeconds[] = [];
  const [progress, lastEventAt, refusedEvents] = await allEnded([
    workspaceProgress(now, (task) => heldUp.see(task)),
    readLatestEvent(),
    countRefusals(),
    eachIn('reconciliation', (task) => {
      heldUp.see(task);
      if (task.name === 'reconciliation') reconciled.push(reconciliationProgress(task).lastAt ?? 0);
    }),
    eachIn('sizes', (task) => heldUp.see(task)),
  ]);
  const latest = reconciled.reduce((one, other) => Math.max(one, other), 0);
  const counted = {
    at: now,
    repositories: progress.repositories,
    troubles: heldUp.troubles(),
    lastEventAt,
    lastReconciledAt: latest === 0 ? null : latest,
    refusedEvents,
  };
  await keepConnection(counted);
  return { ...progress, ...readable(counted) };
}

async function eachIn(queue: WorkQueue, see: (task: Task) => void): Promise<void> {
  for await (const task of tasksIn(queue)) see(task);
}

function readable({
  at,
  troubles,
  lastEventAt,
  lastReconciledAt,
  refusedEvents,
}: z.output<typeof counts>): Omit<WorkspaceConnection, Exclude<keyof WorkspaceProgress, 'countedAt'>> {
  return {
    countedAt: at,
    troubles: troubles.flatMap(({ repositories, ...kept }) => {
      const trouble = asTrouble(kept);
      return trouble === null ? [] : [{ trouble, repositories }];
    }),
    lastEventAt,
    lastReconciledAt,
    refusedEvents,
  };
}

/** Which repositories each trouble holds up; one whose work waits for several reasons counts for each. */
class HeldUp {
  private readonly byTrouble = new Map<string, { trouble: Trouble; repositories: Set<RepositoryId> }>();

  see(task: Task): void {
    // What a screen of the repository itself would tell: a fault that may pass is nobody's concern yet.
    const { trouble } = stateOf(task, { isComplete: false, hasBegun: true, notice: null });
    if (trouble === null) return;
    const name = `${trouble.cause} ${trouble.scope ?? ''}`;
    const known = this.byTrouble.get(name) ?? { trouble, repositories: new Set() };
    this.byTrouble.set(name, { trouble, repositories: known.repositories.add(task.repository) });
  }

  troubles(): z.output<typeof counts>['troubles'] {
    return [...this.byTrouble.values()]
      .map(({ trouble, repositories }) => ({ ...trouble, repositories: repositories.size }))
      .sort((a, b) => b.repositories - a.repositories);
  }
}
