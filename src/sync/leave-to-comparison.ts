/** Where the hour's requests are scarce, what events tell is left to the next comparison of the repository. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { keepRefreshRequest, withdrawPipelinesRefresh } from '../storage/inbox';
import { saveLastEvent } from '../storage/repositories';
import { advanceTask } from '../storage/tasks';
import type { LiveMessage } from './messages';

/**
 * Keeps what a message asks for and has the repository compared after `wait` seconds: one reading then serves all that
 * happened there, and nothing wakes up meanwhile to find that it cannot be done. Tells whether that is possible: a
 * repository that is not known yet has no comparison.
 */
export async function leaveToComparison(
  message: LiveMessage,
  wait: number,
  now: EpochSeconds,
): Promise<boolean> {
  const { repository } = message;
  if (message.kind === 'refresh-pull-request') {
    await keepRefreshRequest(repository, message.pullRequest, now);
  }
  if (message.kind === 'refresh-pipelines') await withdrawPipelinesRefresh(repository);
  // Pushes, pipelines and deployments are compared where an event was heard of.
  await saveLastEvent(repository, now);
  return advanceTask(repository, 'reconciliation', now + wait, now);
}
