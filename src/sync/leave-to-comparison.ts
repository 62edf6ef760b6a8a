/** What a message asks for and cannot be done now is left to the next comparison of its repository. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { keepRefreshRequest, withdrawPipelinesRefresh } from '../storage/inbox';
import { saveLastEvent } from '../storage/repositories';
import { advanceTask } from '../storage/tasks';
import type { LiveMessage } from './messages';

/** Keeps which pull request a message tells of; everything else that changed is found by comparing. */
export async function keepForComparison(message: LiveMessage, now: EpochSeconds): Promise<void> {
  const { repository } = message;
  if (message.kind === 'refresh-pull-request') {
    await keepRefreshRequest(repository, message.pullRequest, now);
  }
  if (message.kind === 'refresh-pipelines') await withdrawPipelinesRefresh(repository);
}

/**
 * Keeps what a message asks for and has the repository compared after `wait` seconds: one reading then serves all that
 * happened there, and nothing wakes up meanwhile to find that it cannot be done. Tells whether that is possible: a
 * repository that is not known yet has no comparison, and none finds a new name or a new main branch.
 */
export async function leaveToComparison(
  message: LiveMessage,
  wait: number,
  now: EpochSeconds,
): Promise<boolean> {
  if (!isFoundByComparing(message)) return false;
  await keepForComparison(message, now);
  // Pushes, pipelines and deployments are compared where an event was heard of.
  await saveLastEvent(message.repository, now);
  return advanceTask(message.repository, 'reconciliation', now + wait, now);
}

function isFoundByComparing({ kind }: LiveMessage): boolean {
  return kind === 'refresh-pull-request' || kind === 'refresh-pipelines' || kind === 'refresh-deployment';
}
