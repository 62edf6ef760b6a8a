/** Where merges go and where they come from, and the pull requests behind each part of it. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import {
  branchLifetime,
  mergedByBranchKind,
  mergedByTargetBranch,
  type MergedShare,
} from '../metrics/branch-strategy';
import type { ExplainedPullRequest, Window } from '../metrics/figures';
import type { FigureOptions } from '../metrics/population';
import type { RepositoryId } from '../storage/keys';
import { cutList } from './cut-list';
import type { BranchPart, BranchStrategy, ListedNumber, ReportedShare } from './reports/pull-requests-report';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** A repository that merges into more branches than these shows the rest together. */
const MOST_BRANCHES = 12;

export function branchStrategy(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): BranchStrategy {
  const targets = mergedByTargetBranch(facts, window, options);
  const others = targets.slice(MOST_BRANCHES);
  const { figure, leftOut } = branchLifetime(facts, window, options);
  return {
    byTargetBranch: targets.slice(0, MOST_BRANCHES).map(reported),
    otherBranches:
      others.length === 0
        ? null
        : {
            branches: others.length,
            merged: others.reduce((sum, { merged }) => sum + merged, 0),
            share: others.reduce((sum, { share }) => sum + (share ?? 0), 0),
          },
    byBranchKind: mergedByBranchKind(facts, window, options).map(reported),
    lifetime: figure,
    lifetimeLeftOut: leftOut,
  };
}

/** The pull requests behind one part of it; `null` where nothing is stored of the repository. */
export async function explainBranches(
  repository: RepositoryId,
  query: ViewQuery,
  part: BranchPart,
  now: EpochSeconds,
): Promise<ListedNumber | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  const { facts, window, options } = selection;
  switch (part.kind) {
    case 'target-branch':
      return listOf(mergedByTargetBranch(facts, window, options), part.name);
    case 'branch-kind':
      return listOf(mergedByBranchKind(facts, window, options), part.name);
    case 'lifetime': {
      const { figure, pullRequests, leftOut } = branchLifetime(facts, window, options);
      return { figure, ...cutList(pullRequests.map(itemOf)), leftOut, days: null };
    }
  }
}

function reported<Name>({ name, merged, share }: MergedShare<Name>): ReportedShare<Name> {
  return { name, merged, share };
}

/** A branch that nothing was merged to in the window has an empty list. */
function listOf<Name>(shares: readonly MergedShare<Name>[], wanted: Name): ListedNumber {
  const items = shares.find(({ name }) => name === wanted)?.pullRequests.map(itemOf) ?? [];
  return {
    figure: { unit: 'count', n: items.length, value: items.length },
    ...cutList(items),
    leftOut: 0,
    days: null,
  };
}

function itemOf({ id, value, instants }: ExplainedPullRequest): ListedNumber['items'][number] {
  return { kind: 'pull-request', id: String(id), value, instants };
}
