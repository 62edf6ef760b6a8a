/** Reads everything Bitbucket knows of one pull request and derives its facts. */
import { readActivity, readDiffstat, readOwnCommits } from '../bitbucket/pull-requests';
import type { Caller, RepositoryAddress, Whole } from '../bitbucket/requests';
import type { PullRequestAnswer } from '../bitbucket/answers';
import { BitbucketForbidden, BitbucketNotFound } from '../bitbucket/errors';
import { allEnded } from '../concurrency/all-ended';
import { deriveFacts } from '../facts/derive-facts';
import type { Observations } from '../facts/observations';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { log } from '../runtime/log';
import type { ReadFacts } from '../storage/pull-requests';

/**
 * The facts of a pull request whose own answer is at hand: activity, commits and diffstat are one request each (more
 * where they are long). One that Bitbucket no longer has, as for a deleted fork, leaves its facts unread.
 */
export async function readFacts(
  caller: Caller,
  address: RepositoryAddress,
  pullRequest: PullRequestAnswer,
  observations: Observations,
  now: EpochSeconds,
): Promise<ReadFacts> {
  const [activity, commits, diffstat] = await allEnded([
    unlessGone(pullRequest.id, 'activity', readActivity(caller, address, pullRequest.id)),
    unlessGone(pullRequest.id, 'commits', readOwnCommits(caller, address, pullRequest.id)),
    unlessGone(pullRequest.id, 'diffstat', readDiffstat(caller, address, pullRequest.id)),
  ]);
  const facts = deriveFacts({ pullRequest, activity, commits, diffstat, observations, now: now * 1000 });
  return { facts, readAt: now };
}

/** The list, or `null` where it is gone or cut short by the page limit: half a list would pass for the whole. */
async function unlessGone<T>(
  id: number,
  list: string,
  reading: Promise<Whole<T>>,
): Promise<readonly T[] | null> {
  try {
    const { values, refused, cut } = await reading;
    if (refused > 0) log.warn('elements of an unknown form', { pullRequest: id, list, refused });
    if (cut) log.warn('longer than the page limit', { pullRequest: id, list, read: values.length });
    return cut ? null : values;
  } catch (error) {
    if (error instanceof BitbucketNotFound) return null;
    if (error instanceof BitbucketForbidden && error.status === 403) return null;
    throw error;
  }
}
