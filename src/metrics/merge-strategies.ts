/** The share of merges by how they came into the main branch (METRICS 7). */
import { MERGE_STRATEGIES, type MergeStrategy, type PullRequestFacts } from '../facts/pull-request-facts';
import type { Window } from './figures';
import { mergedIn, type FigureOptions } from './population';

/** What the main branch's history tells of one merge. */
export interface KnownMerge {
  /** The commit that the branch then ended in. */
  readonly commit: string | null;
  readonly strategy: MergeStrategy | null;
}

export interface StrategyShare {
  readonly name: MergeStrategy;
  readonly merged: number;
  /** Of those whose strategy is known; `null` where none is. */
  readonly share: number | null;
  /** By number, ascending: what stands behind it. */
  readonly pullRequests: readonly number[];
}

export interface MergeStrategies {
  /** In the order of `MERGE_STRATEGIES`. */
  readonly shares: readonly StrategyShare[];
  /** Merged in the window into the main branch, but not yet compared with its history. */
  readonly leftOut: number;
}

/** Hashes are compared by the digits that Bitbucket's pull requests name. */
const HASH_LENGTH = 12;

/** Of the pull requests merged into the main branch in the window; those into other branches are not compared. */
export function mergeStrategies(
  facts: readonly PullRequestFacts[],
  known: readonly KnownMerge[],
  window: Window,
  options: FigureOptions,
): MergeStrategies {
  const byCommit = new Map(
    known.flatMap(({ commit, strategy }) =>
      commit === null || strategy === null ? [] : [[commit.slice(0, HASH_LENGTH), strategy] as const],
    ),
  );
  const merged = mergedIn(facts, window, options).filter(
    ({ targetBranch }) => targetBranch === options.defaultBranch,
  );
  const told = merged.flatMap(({ id, mergeCommit }) => {
    const strategy = mergeCommit === null ? undefined : byCommit.get(mergeCommit.slice(0, HASH_LENGTH));
    return strategy === undefined ? [] : [{ id, strategy }];
  });
  return {
    shares: MERGE_STRATEGIES.map((name) => {
      const own = told.filter(({ strategy }) => strategy === name);
      return {
        name,
        merged: own.length,
        share: told.length === 0 ? null : own.length / told.length,
        pullRequests: own.map(({ id }) => id).toSorted((a, b) => a - b),
      };
    }),
    leftOut: merged.length - told.length,
  };
}
