/**
 * What an inactive licence stops: import, reconciliation and refreshes. Figures stay, events are kept; once it is active
 * again, everything is compared with Bitbucket.
 */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { mapLimited } from '../concurrency/map-limited';
import { log } from '../runtime/log';
import { inactiveSince, readLicence, saveLicence } from '../storage/licence';
import { readTask, restartTask, tasksIn } from '../storage/tasks';
import { keepForComparison } from './leave-to-comparison';
import { sendWork, type LiveMessage } from './messages';
import { reconciliationAnew } from './reconcile/reconciliation-state';

/** Repositories whose comparison is made due at the same time. */
const WRITERS = 5;

/** Long enough to note that the licence is active. */
const NOTED_SECONDS = 30;

/** Keeps what Forge says of the licence, where that changed; one that is active again sends for what was missed. */
export async function noteLicence(
  isActive: boolean,
  workspaceUuid: string,
  now: EpochSeconds,
): Promise<void> {
  const known = await readLicence();
  if ((known?.isActive ?? true) === isActive) return;
  log.warn('licence changed', { isActive });
  // Sent before it is noted: killed between the two, the next tick sends again. It comes when it is noted.
  if (isActive) await sendWork({ version: 1, kind: 'catch-up', workspaceUuid }, NOTED_SECONDS);
  await saveLicence({ isActive, since: now });
}

/** Whether nothing is to be read now. */
export async function isLicenceInactive(): Promise<boolean> {
  return inactiveSince(await readLicence()) !== null;
}

/** Keeps for later which pull request an event told of; everything else is found by comparing. */
export async function leaveUndone(message: LiveMessage, now: EpochSeconds): Promise<void> {
  log.info('left undone while the licence is inactive', { kind: message.kind });
  await keepForComparison(message, now);
}

/** Compares every repository with Bitbucket now, in full, and looks for new ones. */
export async function catchUp(workspaceUuid: string, now: EpochSeconds): Promise<void> {
  const repositories: string[] = [];
  for await (const { name, repository } of tasksIn('reconciliation')) {
    if (name === 'reconciliation') repositories.push(repository);
  }
  await mapLimited(repositories, WRITERS, async (repository) => {
    const task = await readTask(repository, 'reconciliation');
    if (task === null) return;
    const place = { queue: 'reconciliation', rank: now } as const;
    await restartTask(repository, 'reconciliation', place, reconciliationAnew(task));
  });
  await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0 });
}
