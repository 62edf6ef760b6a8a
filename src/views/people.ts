/** The people of a repository, each with a pull request on which a viewer finds the name: names are not stored. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import type { PersonChoice } from './reports/filter-choices';

/** Each person once, with the latest pull request that names them, by id: screens sort by name. */
export function peopleOf(
  facts: readonly PullRequestFacts[],
  namedIn: (facts: PullRequestFacts) => readonly string[],
): readonly PersonChoice[] {
  const latest = new Map<string, number>();
  for (const each of facts) {
    for (const personId of namedIn(each)) {
      latest.set(personId, Math.max(latest.get(personId) ?? 0, each.id));
    }
  }
  return [...latest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([personId, pullRequest]) => ({ personId, pullRequest }));
}

/** Its author, unless that is a bot or an account that is gone. */
export function authorIn({ authorId, authorIsBot }: PullRequestFacts): readonly string[] {
  return authorId === null || authorIsBot ? [] : [authorId];
}

/** Whoever reviewed it or, while it is open, is asked to. */
export function reviewersIn({ reviews, requestedReviewerIds, state }: PullRequestFacts): readonly string[] {
  return [
    ...reviews.flatMap(({ actorId }) => actorId ?? []),
    ...(state === 'OPEN' ? requestedReviewerIds : []),
  ];
}
