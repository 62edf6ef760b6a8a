/** Finds a pull request's own commits among those that Bitbucket lists for it (METRICS 1). */

/** What a commit list tells of one commit; `at` is its date in milliseconds, `null` where unreadable. */
export interface ListedCommit {
  readonly hash: string;
  readonly at: number | null;
  readonly parents: readonly string[];
}

/** Before Git and Bitbucket existed: such dates come from broken clocks and converters. */
const YEAR_2000 = Date.UTC(2000, 0, 1);

const NULL_REVISION = /^0+$/;

/**
 * Dates (milliseconds, ascending) of the own commits: listed, but not the merge commit, not a merge of two or more
 * parents, not the null revision, and dated between 2000 and `now`. Hashes are compared by prefix, since a pull
 * request names its merge commit with 12 characters.
 */
export function ownCommitDates(
  listed: readonly ListedCommit[],
  mergeCommit: string | null,
  now: number,
): readonly number[] {
  return listed
    .filter((commit) => commit.parents.length < 2)
    .filter((commit) => !NULL_REVISION.test(commit.hash))
    .filter((commit) => mergeCommit === null || !samePrefix(commit.hash, mergeCommit))
    .flatMap((commit) => (commit.at === null ? [] : [commit.at]))
    .filter((at) => at >= YEAR_2000 && at <= now)
    .sort((a, b) => a - b);
}

function samePrefix(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
