/** Where merges go, from what kind of branch, and how long source branches live (METRICS 7). */
import { BRANCH_KINDS, type BranchKind, type PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import type { ExplainedDurations, ExplainedPullRequest, Window } from './figures';
import { clockOf, closedIn, mergedIn, type FigureOptions, type MergedFacts } from './population';
import { begun, closed, lengthOf, span } from './pull-request-instants';
import { instantsOf } from './pull-request-values';
import type { ElapsedTime } from './working-time';

/** The pull requests merged in the window to one branch, or from branches of one kind. */
export interface MergedShare<Name> {
  readonly name: Name;
  readonly merged: number;
  /** Of all merged in the window; `null` where none were. */
  readonly share: number | null;
  /** What stands behind it, each with value 1, by id. */
  readonly pullRequests: readonly ExplainedPullRequest[];
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
 * How long the source branches of the pull requests closed in the window lived: from the first own commit or the opening, whichever came first, to the merge, decline or supersession: a branch's work
 * ends there, whether or not Bitbucket then deletes it. Unread, a merge's instant is often known from the list and a
 * decline's is not, so both are left out, as of `merge_rate`. Over merged ones alone this is `cycle_time`.
 */
export function branchLifetime(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): ExplainedDurations {
  const elapsed = clockOf(options);
  const population = closedIn(facts, window, options);
  const pullRequests = population
    .flatMap((each) => lifetimeOf(each, elapsed) ?? [])
    .sort((a, b) => b.value - a.value || b.id - a.id);
  return {
    figure: distributionOf(
      pullRequests.map(({ value }) => value),
      's',
    ),
    pullRequests,
    leftOut: population.length - pullRequests.length,
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

function lifetimeOf(facts: PullRequestFacts, elapsed: ElapsedTime): ExplainedPullRequest | null {
  if (!facts.coverage.activity || !facts.coverage.commits) return null;
  const life = span(begun(facts), closed(facts));
  if (life === null) return null;
  return { id: facts.id, value: lengthOf(life, elapsed), instants: [life.from, life.to] };
}
