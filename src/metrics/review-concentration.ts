/** How evenly review is shared, and on how few people it rests (METRICS 4). */
import type { PlainFigure, Ratio } from './figures';
import type { ReviewedPullRequest, ReviewEvidence } from './review-load';

/** What one person reviewed of what was merged in the window; nothing, of somebody who only authored. */
export interface PersonsReviews {
  readonly personId: string;
  readonly reviewed: readonly ReviewedPullRequest[];
}

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

/** Everybody who reviewed or authored a pull request merged in the window, by id of the account. */
export function peoplesReviews({ reviewers, authorIds }: ReviewEvidence): readonly PersonsReviews[] {
  const reviewedBy = new Map(
    reviewers.flatMap(({ reviewerId, reviewed }) => (reviewed.length > 0 ? [[reviewerId, reviewed]] : [])),
  );
  return [...new Set([...reviewedBy.keys(), ...authorIds])]
    .sort()
    .map((personId) => ({ personId, reviewed: reviewedBy.get(personId) ?? [] }));
}

/** The figures of METRICS 4 that are of all people together. */
export interface ReviewFigures {
  /** `n` is the people. */
  readonly review_load_gini: Ratio;
  /** `n` is the reviews. */
  readonly bus_factor: PlainFigure;
}

/** What enters `review_load_gini`: the pull requests a person reviewed. */
export function pullRequestsOf({ reviewed }: PersonsReviews): number {
  return reviewed.length;
}

/** What enters `bus_factor`: a person's acts of review. */
export function actsOf({ reviewed }: PersonsReviews): number {
  return sum(reviewed.map(({ reviews }) => reviews.length));
}

/** The concentration of the reviews of the pull requests merged in the window; reviews of gone accounts are nobody's. */
export function reviewConcentration(evidence: ReviewEvidence): ReviewConcentration {
  const people = peoplesReviews(evidence);
  const acts = people.map(actsOf);
  return {
    gini: giniCoefficient(people.map(pullRequestsOf)),
    busFactor: fewestForHalf(acts),
    people: people.length,
    reviews: sum(acts),
  };
}

/** The same in the shape of figures. */
export function reviewFigures({ gini, busFactor, people, reviews }: ReviewConcentration): ReviewFigures {
  return {
    review_load_gini: { unit: 'ratio', n: people, value: gini },
    bus_factor: { unit: 'people', n: reviews, value: busFactor },
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
