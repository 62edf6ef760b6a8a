/** Takes accounts that were closed out of facts: what they did stays, who they were is gone. */
import type { PullRequestFacts } from './pull-request-facts';

/** A uuid stands for an account that has no account id; nobody can ask Atlassian about it. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether this id of a person is an Atlassian account id, so that Atlassian can tell whether it is closed. */
export function isAccountId(id: string): boolean {
  return !UUID.test(id);
}

/** Everybody whom the facts of a pull request name, some of them several times. */
export function peopleIn(facts: PullRequestFacts): readonly string[] {
  const { authorId, closedById, reviews, requestedReviewerIds } = facts;
  const others = [authorId, closedById, ...reviews.map(({ actorId }) => actorId)];
  return [...others.filter((id) => id !== null), ...requestedReviewerIds];
}

/** The facts without these people; the same object where they name none of them. */
export function factsWithout(facts: PullRequestFacts, closed: ReadonlySet<string>): PullRequestFacts {
  if (!peopleIn(facts).some((id) => closed.has(id))) return facts;
  const orNull = (id: string | null): string | null => (id !== null && closed.has(id) ? null : id);
  return {
    ...facts,
    authorId: orNull(facts.authorId),
    closedById: orNull(facts.closedById),
    reviews: facts.reviews.map((review) => ({ ...review, actorId: orNull(review.actorId) })),
    requestedReviewerIds: facts.requestedReviewerIds.filter((id) => !closed.has(id)),
  };
}
