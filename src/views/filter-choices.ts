/** Finds what the filters can be set to: only what occurs among the pull requests that live in the window. */
import { BRANCH_KINDS, type EpochSeconds, type PullRequestFacts } from '../facts/pull-request-facts';
import { livedIn } from '../metrics/closing';
import { isShown } from '../metrics/teams';
import type { RepositoryId } from '../storage/keys';
import { readFigureView } from '../sync/figure-view';
import { authorIn, peopleOf, reviewersIn } from './people';
import type { FilterChoices } from './reports/filter-choices';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** `null` where nothing is stored of the repository. Only the query's window matters here. */
export async function filterChoices(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<FilterChoices | null> {
  const window = windowOf(query, now);
  const view = await readFigureView(repository, window.from, now);
  if (view.record === null && view.importTask === null) return null;
  const { showReviewers, teams } = view.workspaceSettings;
  const facts = view.facts.filter((each) => livedIn(each, window));
  return {
    targetBranches: branchesOf(facts),
    branchKinds: BRANCH_KINDS.filter((kind) => facts.some(({ branchKind }) => branchKind === kind)),
    authors: peopleOf(facts, authorIn),
    // Where figures of single reviewers are switched off, nobody may narrow the figures to one.
    reviewers: showReviewers ? peopleOf(facts, reviewersIn) : [],
    teams: teams.map(({ id, name, members }) => ({
      teamId: id,
      name,
      isShown: isShown(members, window),
    })),
    hasDrafts: facts.some(({ draft }) => draft),
    hasBots: facts.some(({ authorIsBot }) => authorIsBot),
  };
}

/** The busiest first; `''` is a branch that Bitbucket does not name. */
function branchesOf(facts: readonly PullRequestFacts[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { targetBranch } of facts) counts.set(targetBranch, (counts.get(targetBranch) ?? 0) + 1);
  return [...counts]
    .filter(([branch]) => branch !== '')
    .sort(([a, many], [b, others]) => others - many || (a < b ? -1 : 1))
    .map(([branch]) => branch);
}
