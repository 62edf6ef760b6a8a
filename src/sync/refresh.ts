/** Refreshes one pull request: takes its request back, reads what is true now, stores the facts and their ledger. */
import { readPullRequest } from '../bitbucket/bitbucket';
import { allEnded } from '../concurrency/all-ended';
import { NOTHING_OBSERVED } from '../facts/observations';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withdrawRefreshRequest } from '../storage/inbox';
import { withBraces, type RepositoryId } from '../storage/keys';
import { readObservations } from '../storage/observations';
import { pullRequestReadAt, savePullRequests } from '../storage/pull-requests';
import { saveLastEvent } from '../storage/repositories';
import { readFacts } from './read-facts';
import { knownRepository } from './repository-record';

/**
 * Whatever event asked for it, and however many: the result is what Bitbucket says now. Throws the causes of
 * `bitbucket/errors` and `storage/errors`; BitbucketNotFound where the pull request is gone.
 */
export async function refreshPullRequest(
  request: {
    readonly workspaceUuid: string;
    readonly repository: RepositoryId;
    readonly pullRequest: number;
    readonly requestedAt: EpochSeconds;
  },
  now: EpochSeconds,
): Promise<void> {
  const { workspaceUuid, repository, pullRequest: id, requestedAt } = request;
  // First of all: an event that arrives from here on may be newer than what is read below, and must ask again.
  await withdrawRefreshRequest(repository, id);
  if ((await knownRepository(workspaceUuid, repository, now)) === 'removed') return;
  const readAt = await pullRequestReadAt(repository, id);
  if (readAt !== null && readAt > requestedAt) return;
  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  const [pullRequest, observations] = await allEnded([
    readPullRequest(address, id),
    readObservations(repository, [id]),
  ]);
  const read = await readFacts(address, pullRequest, observations.get(id) ?? NOTHING_OBSERVED, now);
  await savePullRequests(repository, [read]);
  await saveLastEvent(repository, now);
}
