/** Where merges go, from what kind of branch, and how long source branches live (METRICS 7). */
import { BRANCH_KINDS, type BranchKind, type PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import type { Distribution, ExplainedInstant, ExplainedPullRequest, Window } from './figures';
import { closedIn, mergedIn, type FigureOptions, type MergedFacts } from './population';
import { instantsOf } from './pull-request-values';

/** The pull requests merged in the window to one branch, or from branches of one kind. */
export interface MergedShare<Name> {
  readonly name: Name;
  readonly merged: number;
  /** Of all merged in the window; `null` where none were. */
  readonly share: number | null;
  /** What stands behind it, each with value 1, by id. */
  readonly pullRequests: readonly ExplainedPullRequest[];
}

/** How long the source branches of the pull requests closed in the window lived. */
export interface BranchLifetime {
  /** In seconds. */
  readonly figure: Distribution;
  /** What stands behind it, longest first. */
  readonly pullRequests: readonly ExplainedPullRequest[];
  /** Closed in the window, but activity or commits not read. */
  readonly leftOut: number;
}

/** Merges by target branch, most first; `name` is `null` where Bitbucket does not say. */
export function mergedByTargetBranch(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly MergedShare<string | null>[] {
  const merged = mergedIn(facts, window, options);
  const branches = [...new Set(merged.map(({ targetBranch }) => targetBranch))].sort();
  return branches
    .map((branch) =>
      shareOf(branch === '' ? null : branch, merged, ({ targetBranch }) => targetBranch === branch),
    )
    .sort((a, b) => b.merged - a.merged);
}

/** Merges by kind of source branch, in the order of `BRANCH_KINDS`, kinds without a merge included. */
export function mergedByBranchKind(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly MergedShare<BranchKind>[] {
  const merged = mergedIn(facts, window, options);
  return BRANCH_KINDS.map((kind) => shareOf(kind, merged, ({ branchKind }) => branchKind === kind));
}

/**
 * From the first own commit or the opening, whichever came first, to the merge, decline or supersession: a branch's work
 * ends there, whether or not Bitbucket then deletes it. Unread, a merge's instant is often known from the list and a
 * decline's is not, so both are left out, as of `merge_rate`. Over merged ones alone this is `cycle_time`.
 */
export function branchLifetime(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): BranchLifetime {
  const closed = closedIn(facts, window, options);
  const pullRequests = closed
    .flatMap((each) => lifetimeOf(each) ?? [])
    .sort((a, b) => b.value - a.value || b.id - a.id);
  return {
    figure: distributionOf(
      pullRequests.map(({ value }) => value),
      's',
    ),
    pullRequests,
    leftOut: closed.length - pullRequests.length,
  };
}

function shareOf<Name>(
  name: Name,
  merged: readonly MergedFacts[],
  belongs: (facts: MergedFacts) => boolean,
): MergedShare<Name> {
  const own = merged.filter(belongs).sort((a, b) => a.id - b.id);
  return {
    name,
    merged: own.length,
    share: merged.length === 0 ? null : own.length / merged.length,
    pullRequests: own.map((each) => ({ id: each.id, value: 1, instants: instantsOf('merged', each) })),
  };
}

function lifetimeOf(facts: PullRequestFacts): ExplainedPullRequest | null {
  if (!facts.coverage.activity || !facts.coverage.commits) return null;
  // Of a pull request closed in the window these are its opening and its closing.
  const [openedAt, closedAt] = instantsOf('merged', facts);
  if (openedAt === undefined || closedAt === undefined) return null;
  const begun = firstCommitBefore(facts) ?? openedAt;
  return { id: facts.id, value: closedAt.at - begun.at, instants: [begun, closedAt] };
}

function firstCommitBefore({ commitAuthoredAt, openedAt }: PullRequestFacts): ExplainedInstant | null {
  const at = commitAuthoredAt[0];
  return at === undefined || at >= openedAt ? null : { name: 'firstCommitAt', at, source: 'commits' };
}
