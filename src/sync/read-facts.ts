/** Reads everything Bitbucket knows of one pull request and derives its facts. */
import { routeOfDiffstat } from '../bitbucket/diffstat-link';
import { readActivity, readDiffstat, readOwnCommits, readPullRequest } from '../bitbucket/pull-requests';
import type { Caller, RepositoryAddress, Whole } from '../bitbucket/requests';
import type { ActivityEntry, PullRequestAnswer } from '../bitbucket/answers';
import { BitbucketForbidden, BitbucketNotFound } from '../bitbucket/errors';
import { allEnded } from '../concurrency/all-ended';
import { deriveFacts } from '../facts/derive-facts';
import type { Observations } from '../facts/observations';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { log } from '../runtime/log';
import { headOf, type ReadFacts } from '../storage/pull-requests';

/** What the facts of a pull request are read with beside Bitbucket's answers. */
export interface Reading {
  readonly observations: Observations;
  readonly now: EpochSeconds;
  /** What is stored of it: its commits and diffstat are not asked for again where they cannot have changed. */
  readonly stored: ReadFacts | null;
}

const COMMITS_REQUESTS = 1;

/** Without a link to it the diffstat is one request and a redirect. */
const DIFFSTAT_REQUESTS = { linked: 1, redirected: 2 } as const;

/**
 * The facts of a pull request. Itself and its activity are one request each, commits and diffstat one (more where
 * they are long); the last two only where the source commit, the target branch or the state is another than at the last
 * reading. A list that Bitbucket no longer has, as for a deleted fork, leaves its facts unread. Throws BitbucketNotFound
 * where the pull request itself is gone.
 */
export async function readFacts(
  caller: Caller,
  address: RepositoryAddress,
  id: number,
  { observations, now, stored }: Reading,
): Promise<ReadFacts> {
  await caller.reserve(2, 'a pull request');
  const readIt = (): Promise<PullRequestAnswer> => readPullRequest(caller, address, id);
  const readItsActivity = (): Promise<readonly ActivityEntry[] | null> =>
    unlessGone(id, 'activity', readActivity(caller, address, id));
  const [pullRequest, activity] = caller.hadTrouble
    ? [await readIt(), await readItsActivity()]
    : await allEnded([readIt(), readItsActivity()]);
  // More is held than could be read: the next comparison finds it as old as it is, and reads it again.
  if (activity === null && stored?.facts.coverage.activity === true) return stored;
  const known = stored !== null && isOfSameCommits(stored, pullRequest) ? stored.facts : null;
  const withCommits = known?.coverage.commits === true ? known : null;
  const withDiffstat = known?.coverage.diffstat === true ? known : null;
  const { diffstatLink } = pullRequest;
  const ofDiffstat =
    DIFFSTAT_REQUESTS[routeOfDiffstat(diffstatLink ?? '') === null ? 'redirected' : 'linked'];
  const needed = (withCommits ? 0 : COMMITS_REQUESTS) + (withDiffstat ? 0 : ofDiffstat);
  if (needed > 0) await caller.reserve(needed, 'the commits and sizes of a pull request');
  const [listed, diffstat] = await allEnded([
    withCommits ? notAsked() : unlessGone(id, 'commits', readOwnCommits(caller, address, id)),
    withDiffstat ? notAsked() : unlessGone(id, 'diffstat', readDiffstat(caller, address, id, diffstatLink)),
  ]);
  // What was read once and is gone now, as with a fork, is kept as it was.
  const keptCommits =
    withCommits ?? (listed === null && stored?.facts.coverage.commits ? stored.facts : null);
  const keptSizes =
    withDiffstat ?? (diffstat === null && stored?.facts.coverage.diffstat ? stored.facts : null);
  const commits = keptCommits ? { ownDates: keptCommits.commitAuthoredAt.map((at) => at * 1000) } : listed;
  const facts = deriveFacts({ pullRequest, activity, commits, diffstat, observations, now: now * 1000 });
  const isKept = keptCommits !== withCommits || keptSizes !== withDiffstat;
  return {
    facts: keptSizes ? withSizesOf(keptSizes, facts) : facts,
    // What a clock that was ahead dated into the future must not outlive what is read now.
    readAt: Math.max(now, stored?.readAt ?? 0),
    // Of the answer that was read before them: a push in between makes it another, and they are read again.
    head: isKept ? null : headOf(pullRequest.sourceCommit),
  };
}

function notAsked(): Promise<null> {
  return Promise.resolve(null);
}

/** Closing freezes them as they are then, so what was read while it was open is read once more. */
function isOfSameCommits({ facts, head }: ReadFacts, pullRequest: PullRequestAnswer): boolean {
  return (
    head !== undefined &&
    head !== null &&
    head === headOf(pullRequest.sourceCommit) &&
    facts.state === pullRequest.state &&
    facts.targetBranch === (pullRequest.targetBranch ?? '')
  );
}

function withSizesOf(
  { linesAdded, linesRemoved, filesChanged }: PullRequestFacts,
  facts: PullRequestFacts,
): PullRequestFacts {
  const coverage = { ...facts.coverage, diffstat: true };
  return { ...facts, linesAdded, linesRemoved, filesChanged, coverage };
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
