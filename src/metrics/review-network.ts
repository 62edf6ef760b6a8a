/** Who reviews whom (METRICS 4). */
import type { ReviewedPullRequest, ReviewerEvidence, ReviewEvidence } from './review-load';

/** An author's pull requests that one reviewer reviewed: a line of the network, a cell of its matrix. */
export interface ReviewPair {
  readonly authorId: string;
  readonly reviewerId: string;
  /** Pull requests of the author's that the reviewer reviewed. */
  readonly pullRequests: number;
  /** Acts of review on them. */
  readonly reviews: number;
  /** What stands behind the counts, by id. */
  readonly reviewed: readonly ReviewedPullRequest[];
}

export interface ReviewNetwork {
  /** By author, then by reviewer (ids of accounts). */
  readonly pairs: readonly ReviewPair[];
  /** Reviewers' pull requests whose author's account is gone: they belong to no pair. */
  readonly withoutAuthor: number;
}

/** The pairs of author and reviewer among the pull requests merged in the window. */
export function reviewNetwork({ reviewers }: ReviewEvidence): ReviewNetwork {
  const all = reviewers.flatMap(({ reviewed }) => reviewed);
  const authorIds = [...new Set(all.flatMap(({ authorId }) => authorId ?? []))].sort();
  return {
    pairs: authorIds.flatMap((authorId) => reviewers.flatMap((reviewer) => pairOf(authorId, reviewer) ?? [])),
    withoutAuthor: all.filter(({ authorId }) => authorId === null).length,
  };
}

function pairOf(authorId: string, { reviewerId, reviewed }: ReviewerEvidence): ReviewPair | null {
  const own = reviewed.filter((each) => each.authorId === authorId);
  if (own.length === 0) return null;
  return {
    authorId,
    reviewerId,
    pullRequests: own.length,
    reviews: own.reduce((total, { reviews }) => total + reviews.length, 0),
    reviewed: own,
  };
}
