/** What each reviewer did and how fast they responded, and the reviews that wait for them (METRICS 4). */
import type { EpochSeconds, PullRequestFacts, Review, ReviewKind } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import type { Distribution, Window } from './figures';
import { clockOf, counted, mergedIn, type FigureOptions, type MergedFacts } from './population';
import type { ElapsedTime } from './working-time';

/** Since when a reviewer is expected to respond: the opening, or a push that followed the reviewer's last review. */
export interface ResponseStart {
  readonly name: 'openedAt' | 'sourceUpdatedAt';
  readonly at: EpochSeconds;
}

/** One response of a reviewer. */
export interface ReviewResponse {
  readonly start: ResponseStart;
  readonly reviewedAt: EpochSeconds;
  /** `time_to_respond`: from `start.at` to `reviewedAt` by the options' clock. */
  readonly seconds: number;
}

/** A pull request merged in the window, as one person reviewed it. */
export interface ReviewedPullRequest {
  readonly id: number;
  readonly authorId: string | null;
  readonly mergedAt: EpochSeconds;
  /** This person's, ascending; at least one. */
  readonly reviews: readonly Review[];
  readonly responses: readonly ReviewResponse[];
}

/** An open pull request that waits for one person's review. */
export interface WaitingReview {
  readonly id: number;
  readonly start: ResponseStart;
}

/** What stands behind one person's `review_load`: whoever reviewed in the window, or is waited for. */
export interface ReviewerEvidence {
  readonly reviewerId: string;
  /** By id. */
  readonly reviewed: readonly ReviewedPullRequest[];
  /** By id. */
  readonly waiting: readonly WaitingReview[];
}

/** What stands behind every figure of METRICS 4. */
export interface ReviewEvidence {
  /** By id of the account; screens sort by name, which is read as the viewer. Never a ranking. */
  readonly reviewers: readonly ReviewerEvidence[];
  /** The people whose pull requests were merged in the window, ascending. */
  readonly authorIds: readonly string[];
  /** Reviews of accounts that are gone: they are nobody's load. */
  readonly unattributed: number;
  /** Pull requests whose activity was not read: without it nobody's reviews are complete, so none of them count. */
  readonly leftOut: { readonly merged: number; readonly open: number };
}

/** One person's `review_load`. */
export interface ReviewLoad {
  readonly reviewerId: string;
  readonly pullRequestsReviewed: number;
  readonly approvals: number;
  readonly changesRequested: number;
  readonly comments: number;
  /** In seconds, one value a response; `p50` is the headline. */
  readonly timeToRespond: Distribution;
  readonly openReviewsWaiting: number;
}

/**
 * The reviews of the pull requests merged in the window, by reviewer, and those that the pull requests open at `now`
 * wait for. Whom a review waits for: somebody asked who has not reviewed, and anybody whose last review a push
 * followed: those whose `time_to_respond` is running. A draft waits for nobody.
 */
export function reviewEvidence(
  facts: readonly PullRequestFacts[],
  window: Window,
  now: EpochSeconds,
  options: FigureOptions,
): ReviewEvidence {
  const elapsed = clockOf(options);
  const merged = mergedIn(facts, window, options);
  const open = counted(facts, options).filter(
    (each) => each.state === 'OPEN' && !each.draft && each.openedAt <= now,
  );
  const mergedRead = merged.filter(isActivityRead);
  const openRead = open.filter(isActivityRead);

  const reviewed = groupByReviewer(mergedRead, (each) =>
    reviewersOf(each).map((reviewerId) => [reviewerId, reviewedBy(reviewerId, each, elapsed)]),
  );
  const waiting = groupByReviewer(openRead, waitingReviews);
  const reviewerIds = [...new Set([...reviewed.keys(), ...waiting.keys()])].sort();
  const people = mergedRead.filter(({ authorIsBot }) => !authorIsBot);
  return {
    reviewers: reviewerIds.map((reviewerId) => ({
      reviewerId,
      reviewed: reviewed.get(reviewerId) ?? [],
      waiting: waiting.get(reviewerId) ?? [],
    })),
    authorIds: [...new Set(people.flatMap(({ authorId }) => authorId ?? []))].sort(),
    unattributed: mergedRead.flatMap(({ reviews }) => reviews).filter(({ actorId }) => actorId === null)
      .length,
    leftOut: { merged: merged.length - mergedRead.length, open: open.length - openRead.length },
  };
}

/** The figures that this evidence gives; a person without a response has a `timeToRespond` of `n` 0. */
export function reviewLoadOf({ reviewerId, reviewed, waiting }: ReviewerEvidence): ReviewLoad {
  const reviews = reviewed.flatMap((each) => each.reviews);
  const ofKind = (kind: ReviewKind): number => reviews.filter((each) => each.kind === kind).length;
  const responses = reviewed.flatMap((each) => each.responses);
  return {
    reviewerId,
    pullRequestsReviewed: reviewed.length,
    approvals: ofKind('approval'),
    changesRequested: ofKind('changes_requested'),
    comments: ofKind('comment'),
    timeToRespond: distributionOf(
      responses.map(({ seconds }) => seconds),
      's',
    ),
    openReviewsWaiting: waiting.length,
  };
}

function isActivityRead({ coverage }: PullRequestFacts): boolean {
  return coverage.activity;
}

function reviewersOf({ reviews }: PullRequestFacts): readonly string[] {
  return [...new Set(reviews.flatMap(({ actorId }) => actorId ?? []))];
}

function reviewsBy(reviewerId: string, { reviews }: PullRequestFacts): readonly Review[] {
  return reviews.filter(({ actorId }) => actorId === reviewerId);
}

function reviewedBy(reviewerId: string, facts: MergedFacts, elapsed: ElapsedTime): ReviewedPullRequest {
  const reviews = reviewsBy(reviewerId, facts);
  const responses = reviews.flatMap((review, place) => {
    const start = responseStart(facts, reviews[place - 1]);
    // Another review before the next push goes on with the same response.
    if (start === null || start.at > review.at) return [];
    return { start, reviewedAt: review.at, seconds: elapsed(start.at, review.at) };
  });
  return { id: facts.id, authorId: facts.authorId, mergedAt: facts.mergedAt, reviews, responses };
}

function waitingReviews(facts: PullRequestFacts): readonly (readonly [string, WaitingReview])[] {
  const candidates = new Set([...facts.requestedReviewerIds, ...reviewersOf(facts)]);
  return [...candidates].flatMap((reviewerId) => {
    const start = responseStart(facts, reviewsBy(reviewerId, facts).at(-1));
    return start === null || reviewerId === facts.authorId
      ? []
      : [[reviewerId, { id: facts.id, start }] as const];
  });
}

/**
 * Since when a response is due after a person's last review: the first push that followed it, `null` where none did; and
 * without a review the opening. A push in the second of a review came before it, as in `rework_cycles`.
 */
function responseStart(facts: PullRequestFacts, last: Review | undefined): ResponseStart | null {
  if (last === undefined) return { name: 'openedAt', at: facts.openedAt };
  const push = facts.sourceUpdatedAt.find((at) => at > last.at);
  return push === undefined ? null : { name: 'sourceUpdatedAt', at: push };
}

function groupByReviewer<F extends PullRequestFacts, Item>(
  facts: readonly F[],
  itemsOf: (facts: F) => readonly (readonly [string, Item])[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const each of facts.toSorted((a, b) => a.id - b.id)) {
    for (const [reviewerId, item] of itemsOf(each)) {
      const group = groups.get(reviewerId) ?? [];
      group.push(item);
      groups.set(reviewerId, group);
    }
  }
  return groups;
}
