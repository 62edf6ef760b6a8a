/** The tasks that every repository has, and in which order they come among those of the others. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import { createTask, readTask, restartTask } from '../storage/tasks';
import { deliveryBeginning } from './delivery/delivery-state';
import { importBeginning, missingBeginning } from './import/import-state';
import { reconciliationBeginning } from './reconcile/reconciliation-state';

/** What changed while the import ran is compared a day after it began. */
const FIRST_COMPARISON_SECONDS = 24 * 3_600;

/** Begins the import of a repository anew: what Bitbucket says now replaces what is stored, nothing is removed first. */
export async function restartImport(repository: RepositoryId, now: EpochSeconds): Promise<void> {
  // Somebody waits for it: before what only was updated lately.
  const rank = -now;
  await restartTask(repository, 'pull-requests', { queue: 'open', rank }, importBeginning(now));
  await restartTask(repository, 'pipelines', { queue: 'recent', rank }, deliveryBeginning(now));
  // Where there were none so far, the pipelines begin them.
  if ((await readTask(repository, 'deployments')) === null) return;
  await restartTask(repository, 'deployments', { queue: 'recent', rank }, deliveryBeginning(now));
}

/**
 * Has read what ended before `readSince` (epoch seconds) and is to be kept since the retention was raised. Its place is
 * that of history; what is stored already is listed, and not read again.
 */
export async function importMissing(
  repository: RepositoryId,
  readSince: EpochSeconds,
  now: EpochSeconds,
): Promise<void> {
  const place = { queue: 'history', rank: -now } as const;
  await restartTask(repository, 'pull-requests', place, missingBeginning(readSince, now));
  await restartTask(repository, 'pipelines', place, deliveryBeginning(now));
  if ((await readTask(repository, 'deployments')) === null) return;
  await restartTask(repository, 'deployments', place, deliveryBeginning(now));
}

/** Creates those that do not exist; `updatedAt` is the repository's last update (epoch seconds). */
export async function createTasks(
  repository: RepositoryId,
  updatedAt: EpochSeconds,
  now: EpochSeconds,
): Promise<void> {
  // Ascending ranks: the latest updated comes first, and all of them before anything that waits for an instant.
  const rank = -updatedAt;
  await createTask(repository, 'pull-requests', { queue: 'open', rank }, importBeginning(now));
  await createTask(repository, 'pipelines', { queue: 'recent', rank }, deliveryBeginning(now));
  const dueAt = now + FIRST_COMPARISON_SECONDS;
  const firstComparison = { queue: 'reconciliation', rank: dueAt } as const;
  await createTask(repository, 'reconciliation', firstComparison, reconciliationBeginning(now, dueAt));
}
