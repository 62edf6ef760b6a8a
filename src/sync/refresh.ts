/** Reads one pull request again and stores what is true now: because an event asked for it, or reconciliation did. */
import { BitbucketNotFound } from '../bitbucket/errors';
import { readPullRequest } from '../bitbucket/pull-requests';
import type { Caller, RepositoryAddress } from '../bitbucket/requests';
import { allEnded } from '../concurrency/all-ended';
import { NOTHING_OBSERVED } from '../facts/observations';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { canonicalJson } from '../storage/canonical-json';
import { withdrawRefreshRequest } from '../storage/inbox';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { readObservations } from '../storage/observations';
import { readPullRequests, savePullRequests, type ReadFacts } from '../storage/pull-requests';
import { isRecord, saveLastEvent } from '../storage/repositories';
import { readFacts } from './read-facts';
import { knownRepository } from './repository-record';

/**
 * Whatever event asked for it, and however many: the result is what Bitbucket says now. Throws the causes of
 * `bitbucket/errors` and `storage/errors`; BitbucketNotFound where the pull request is gone.
 */
export async function refreshPullRequest(
  caller: Caller,
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
  if (!isRecord(await knownRepository(caller, workspaceUuid, repository, now))) return;
  const stored = (await readPullRequests(repository, [id])).get(id) ?? null;
  if (stored !== null && stored.readAt > requestedAt) return;
  await readAndSave(caller, { workspaceUuid, repositoryUuid: withBraces(repository) }, id, stored, now);
  await saveLastEvent(repository, now);
}

/** Reads a pull request that may have changed unnoticed; tells whether it had. One that is gone has not. */
export async function refreshStale(
  caller: Caller,
  address: RepositoryAddress,
  id: number,
  now: EpochSeconds,
): Promise<boolean> {
  const repository = withoutBraces(address.repositoryUuid);
  const before = (await readPullRequests(repository, [id])).get(id) ?? null;
  try {
    await readAndSave(caller, address, id, before, now);
  } catch (error) {
    if (error instanceof BitbucketNotFound) return false;
    throw error;
  }
  const after = (await readPullRequests(repository, [id])).get(id) ?? null;
  return canonicalJson(before?.facts ?? null) !== canonicalJson(after?.facts ?? null);
}

async function readAndSave(
  caller: Caller,
  address: RepositoryAddress,
  id: number,
  stored: ReadFacts | null,
  now: EpochSeconds,
): Promise<void> {
  const repository = withoutBraces(address.repositoryUuid);
  const [pullRequest, observations] = await allEnded([
    readPullRequest(caller, address, id),
    readObservations(repository, [id]),
  ]);
  const reading = { observations: observations.get(id) ?? NOTHING_OBSERVED, stored, now };
  await savePullRequests(repository, [await readFacts(caller, address, pullRequest, reading)]);
}
