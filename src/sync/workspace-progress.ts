/** How far the import of the whole workspace is: counted from the tasks that still wait, and kept for some minutes. */
import { z } from 'zod';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { countDeadLetters } from '../storage/inbox';
import { readBudget } from '../storage/budget';
import { readDiscovery, readKeptProgress, keepProgress } from '../storage/repositories';
import { tasksIn, type Task, type WorkQueue } from '../storage/tasks';
import { importProgress, type ImportProgress } from './import/import-progress';
import { isGood, keptCount } from './kept-counts';
import { hourlyShare, usedThisHour, UNSPENT_BUDGET } from './request-budget';

const counts = keptCount.extend({
  repositories: z.number().int(),
  recentComplete: z.number().int(),
  complete: z.number().int(),
  remainingSeconds: z.number().int().nullable(),
  deadLetters: z.number().int(),
});

export interface WorkspaceProgress {
  /** When the repositories and the dead letters were counted; all else is as it is. */
  readonly countedAt: EpochSeconds;
  readonly repositories: number;
  readonly recentComplete: number;
  readonly complete: number;
  readonly requestsThisHour: number;
  readonly requestsPerHour: number;
  readonly pausedUntil: EpochSeconds | null;
  readonly remainingSeconds: number | null;
  readonly deadLetters: number;
}

/**
 * Counts anew where what is kept is no longer good and nobody counts already; at once where `see` wants to be shown each
 * task of the imports on the way. A request for each hundred tasks that wait.
 */
export async function workspaceProgress(
  now: EpochSeconds,
  see?: (task: Task) => void,
): Promise<WorkspaceProgress> {
  const [budget, stored] = await allEnded([readBudget(UNSPENT_BUDGET), readKeptProgress()]);
  const kept = counts.safeParse(stored);
  const isKept = see === undefined && kept.success && isGood(kept.data, kept.data.repositories, now);
  if (!isKept && kept.success) await keepProgress({ ...kept.data, countingSince: now });
  const counted = isKept ? kept.data : await count(now, hourlyShare(budget, 'history'), see);
  if (!isKept) await keepProgress(counted);
  const { at, repositories, recentComplete, complete, remainingSeconds, deadLetters } = counted;
  return {
    countedAt: at,
    repositories,
    recentComplete,
    complete,
    remainingSeconds,
    deadLetters,
    requestsThisHour: usedThisHour(budget, now),
    requestsPerHour: budget.limit,
    pausedUntil: budget.pausedUntil > now ? budget.pausedUntil : null,
  };
}

async function count(
  now: EpochSeconds,
  requestsAnHour: number,
  see: (task: Task) => void = () => undefined,
): Promise<z.output<typeof counts>> {
  const unfinished: ImportProgress[] = [];
  let recentComplete = 0;
  const countIn = async (queue: WorkQueue): Promise<void> => {
    for await (const task of tasksIn(queue)) {
      see(task);
      if (task.name !== 'pull-requests') continue;
      const progress = importProgress(task);
      // It only comes again to ask for what is refused.
      if (progress.state === 'complete') continue;
      unfinished.push(progress);
      if (progress.isRecentComplete) recentComplete += 1;
    }
  };
  const [discovery, deadLetters] = await allEnded([
    readDiscovery(),
    countDeadLetters(),
    countIn('open'),
    countIn('recent'),
    countIn('history'),
  ]);
  const repositories = Math.max(discovery?.repositories ?? 0, unfinished.length);
  const complete = repositories - unfinished.length;
  return {
    at: now,
    repositories,
    recentComplete: complete + recentComplete,
    complete,
    remainingSeconds: remaining(unfinished, requestsAnHour),
    deadLetters,
  };
}

/**
 * What is left, at the requests a pull request has cost so far and the budget that history may spend. Repositories
 * that Bitbucket has not counted yet are taken to be as large as the others on average; `null` where none is counted.
 */
function remaining(unfinished: readonly ImportProgress[], requestsAnHour: number): number | null {
  if (unfinished.length === 0) return null;
  const counted = unfinished.filter(({ expected }) => expected !== null);
  const done = unfinished.reduce((sum, each) => sum + each.done, 0);
  const requests = unfinished.reduce((sum, each) => sum + each.requests, 0);
  if (counted.length === 0 || done === 0 || requestsAnHour === 0) return null;
  const left = counted.reduce((sum, each) => sum + Math.max(0, (each.expected ?? 0) - each.done), 0);
  const all = (left / counted.length) * unfinished.length;
  return Math.ceil(((all * requests) / done / requestsAnHour) * 3_600);
}
