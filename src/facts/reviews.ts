/** Gathers the reviews of a pull request from the activity, its participants, and the events that were seen. */
import type { FactSources } from './derive-facts';
import type { Review, ReviewKind } from './pull-request-facts';

/** Two sightings of one verdict closer than this are the same: an event's clock and the API's differ a little. */
const SAME_VERDICT_MILLISECONDS = 60_000;

interface ReviewSources extends FactSources {
  /** Milliseconds; `null` while open. */
  readonly closedAt: number | null;
}

/**
 * Reviews by others than the author and bots, from opening to closing, ascending; `at` in milliseconds. Activity
 * lists the verdicts that stand; participants repeat them; events also know those that were withdrawn since.
 */
export function deriveReviews(sources: ReviewSources): readonly Review[] {
  const { pullRequest, activity, observations, closedAt } = sources;
  const bots = new Set(
    pullRequest.participants.flatMap(({ account }) => (account.isBot ? [account.id] : [])),
  );
  const reviews: Review[] = [];
  const known = (actorId: string | null, kind: ReviewKind, at: number): boolean =>
    reviews.some(
      (review) =>
        review.actorId === actorId &&
        review.kind === kind &&
        Math.abs(review.at - at) < SAME_VERDICT_MILLISECONDS,
    );

  for (const entry of activity ?? []) {
    if (entry.kind === 'update' || entry.actor.isBot) continue;
    if (entry.kind === 'comment' && entry.deleted) continue;
    reviews.push({
      actorId: entry.actor.id,
      kind: entry.kind,
      at: entry.at,
      inline: entry.kind === 'comment' && entry.inline,
    });
  }
  for (const { account, approved, changesRequested, at } of pullRequest.participants) {
    if (at === null || account.isBot || !(approved || changesRequested)) continue;
    const kind = approved ? 'approval' : 'changes_requested';
    if (!known(account.id, kind, at)) reviews.push({ actorId: account.id, kind, at, inline: false });
  }
  for (const { actorId, status, at } of observations.sightings.flatMap(({ statuses }) => statuses)) {
    if (bots.has(actorId) || (status !== 'approved' && status !== 'changes_requested')) continue;
    const kind = status === 'approved' ? 'approval' : 'changes_requested';
    if (!known(actorId, kind, at)) reviews.push({ actorId, kind, at, inline: false });
  }
  return reviews
    .filter((review) => review.actorId !== pullRequest.author.id || review.actorId === null)
    .filter((review) => pullRequest.createdAt <= review.at && (closedAt === null || review.at <= closedAt))
    .sort((a, b) => a.at - b.at);
}
