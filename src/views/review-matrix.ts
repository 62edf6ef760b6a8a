/** The review network as a matrix that fits a screen: all pairs, or those among the busiest people. */
import type { ReviewNetwork, ReviewPair } from '../metrics/review-network';
import type { ReviewMatrix } from './reports/reviews-report';

/** More rows and columns than these nobody reads. */
export const MOST_IN_MATRIX = 20;

/** Who is in it is chosen by how much they were reviewed or reviewed; the order says nothing. */
export function reviewMatrix({ pairs, withoutAuthor }: ReviewNetwork, most = MOST_IN_MATRIX): ReviewMatrix {
  const authors = busiest(pairs, ({ authorId }) => authorId);
  const reviewers = busiest(pairs, ({ reviewerId }) => reviewerId);
  const authorIds = authors.slice(0, most).sort();
  const reviewerIds = reviewers.slice(0, most).sort();
  return {
    authorIds,
    reviewerIds,
    pairs: pairs
      .filter(({ authorId, reviewerId }) => authorIds.includes(authorId) && reviewerIds.includes(reviewerId))
      .map(({ authorId, reviewerId, pullRequests, reviews }) => ({
        authorId,
        reviewerId,
        pullRequests,
        reviews,
      })),
    authors: authors.length,
    reviewers: reviewers.length,
    withoutAuthor,
  };
}

/** People by the pull requests of their pairs, the most first; of as many by id. */
function busiest(pairs: readonly ReviewPair[], personOf: (pair: ReviewPair) => string): string[] {
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    const personId = personOf(pair);
    counts.set(personId, (counts.get(personId) ?? 0) + pair.pullRequests);
  }
  return [...counts]
    .sort(([a, many], [b, others]) => others - many || (a < b ? -1 : 1))
    .map(([personId]) => personId);
}
