/** How evenly review is shared, and on how few people it rests (METRICS 4). */
import type { ReviewEvidence } from './review-load';

/** The figures of team health that `reviewEvidence` gives; `null` where nobody reviewed. */
export interface ReviewConcentration {
  /** `review_load_gini`: 0 where evenly shared, rising to `(people - 1) / people` where one person does it all. */
  readonly gini: number | null;
  /** `bus_factor`: the fewest reviewers who together gave half of all reviews, each act counted. */
  readonly busFactor: number | null;
  /** People who reviewed or authored a pull request merged in the window. */
  readonly people: number;
  readonly reviews: number;
}

/** The concentration of the reviews of the pull requests merged in the window; reviews of gone accounts are nobody's. */
export function reviewConcentration({ reviewers, authorIds }: ReviewEvidence): ReviewConcentration {
  const active = reviewers.filter(({ reviewed }) => reviewed.length > 0);
  const reviewerIds = new Set(active.map(({ reviewerId }) => reviewerId));
  const withoutReview = authorIds.filter((authorId) => !reviewerIds.has(authorId));
  const loads = [...active.map(({ reviewed }) => reviewed.length), ...withoutReview.map(() => 0)];
  const reviewsOfEach = active.map(({ reviewed }) => sum(reviewed.map(({ reviews }) => reviews.length)));
  return {
    gini: giniCoefficient(loads),
    busFactor: fewestForHalf(reviewsOfEach),
    people: loads.length,
    reviews: sum(reviewsOfEach),
  };
}

/**
 * Gini coefficient of amounts of 0 and above, from 0 (all equal) to `(n - 1) / n` (one has all): the mean difference of
 * two of them over twice their mean, as the population's coefficient, without the factor `n / (n - 1)` of a sample
 * (C. Damgaard and J. Weiner, "Describing Inequality in Plant Size or Fecundity", Ecology 81 (2000); `Gini` of R's
 * `ineq`). `null` where the amounts sum to 0, or are none.
 */
export function giniCoefficient(amounts: readonly number[]): number | null {
  const total = sum(amounts);
  if (total === 0) return null;
  const n = amounts.length;
  const weighted = sum(
    amounts.toSorted((a, b) => a - b).map((amount, place) => (2 * (place + 1) - n - 1) * amount),
  );
  return weighted / (n * total);
}

/**
 * The fewest amounts that together reach half of the total (CHAOSS, "Contributor Absence Factor", formerly "Bus
 * Factor"). `null` where the amounts sum to 0, or are none.
 */
export function fewestForHalf(amounts: readonly number[]): number | null {
  const total = sum(amounts);
  if (total === 0) return null;
  const descending = amounts.toSorted((a, b) => b - a);
  let reached = 0;
  let people = 0;
  while (reached * 2 < total) {
    reached += descending[people] ?? 0;
    people += 1;
  }
  return people;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
