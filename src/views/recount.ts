/** Has a window read again on demand, and tells what came of it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import { readTasks } from '../storage/tasks';
import { beginRecount } from '../sync/recount/begin-recount';
import { recountProgress } from '../sync/recount/recount-state';
import { remainingSeconds } from '../sync/remaining-time';
import type { RecountAnswer, RecountReport } from './reports/recount-report';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** Of the query only the window matters: all its pull requests are read. `null` where nothing is stored of the repository. */
export async function recountOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<RecountAnswer | null> {
  const outcome = await beginRecount(repository, windowOf(query, now), now);
  return outcome === 'unknown' ? null : { outcome };
}

/** `null` where nothing is stored of the repository. */
export async function recountProgressOf(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<RecountReport | null> {
  const tasks = await readTasks(repository);
  if (!tasks.has('pull-requests')) return null;
  const task = tasks.get('recount');
  if (task === undefined) return { asOf: now, recount: null };
  const progress = recountProgress(task);
  const { state, trouble, window, startedAt, updatedAt, done, expected, requests, result } = progress;
  const { found, differences, completed, gone } = result;
  return {
    asOf: now,
    recount: {
      state,
      trouble,
      window,
      startedAt,
      updatedAt,
      done,
      expected,
      remainingSeconds: remainingSeconds(progress),
      requests,
      found,
      differences,
      completed,
      gone,
    },
  };
}
