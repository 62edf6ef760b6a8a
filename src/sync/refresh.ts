/** Reads one pull request again and stores what is true now: because an event asked for it, or reconciliation did. */
import { BitbucketNotFound } from '../bitbucket/errors';
import type { Caller, RepositoryAddress } from '../bitbucket/requests';
import { allEnded } from '../concurrency/all-ended';
import { NOTHING_OBSERVED, type Observations } from '../facts/observations';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { canonicalJson } from '../storage/canonical-json';
import { withdrawRefreshRequest } from '../storage/inbox';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { readObservations } from '../storage/observations';
import { isReadSince, readPullRequests, savePullRequests, type ReadFacts } from '../storage/pull-requests';
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
  const [record, known] = await allEnded([
    knownRepository(caller, workspaceUuid, repository, now),
    whatIsKnown(repository, id),
  ]);
  if (!isRecord(record)) return;
  if (known.stored !== null && isReadSince(requestedAt, known.stored.readAt, now)) return;
  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  await savePullRequests(repository, [await readFacts(caller, address, id, { ...known, now })]);
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
  const known = await whatIsKnown(repository, id);
  try {
    await savePullRequests(repository, [await readFacts(caller, address, id, { ...known, now })]);
  } catch (error) {
    if (error instanceof BitbucketNotFound) return false;
    throw error;
  }
  const after = (await readPullRequests(repository, [id])).get(id) ?? null;
  return canonicalJson(known.stored?.facts ?? null) !== canonicalJson(after?.facts ?? null);
}

async function whatIsKnown(
  repository: RepositoryId,
  id: number,
): Promise<{ readonly stored: ReadFacts | null; readonly observations: Observations }> {
  const [stored, observations] = await allEnded([
    readPullRequests(repository, [id]),
    readObservations(repository, [id]),
  ]);
  return { stored: stored.get(id) ?? null, observations: observations.get(id) ?? NOTHING_OBSERVED };
}
