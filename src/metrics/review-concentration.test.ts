import fc from 'fast-check';
import { aPullRequest, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { fewestForHalf, giniCoefficient, reviewConcentration } from './review-concentration';
import { reviewEvidence } from './review-load';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };

const concentrationOf = (...facts: readonly PullRequestFacts[]): ReturnType<typeof reviewConcentration> =>
  reviewConcentration(reviewEvidence(facts, WINDOW, WINDOW.to, OPTIONS));

const amounts = fc.array(fc.nat(1_000), { maxLength: 30 });

describe('the Gini coefficient', () => {
  /** Published: the manuals of R's `ineq` (and `acid`, with the answer) and `phylotools`; statology.org, by `DescTools`. */
  it.each([
    [[541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], 0.4620911, 7],
    [[1, 3, 2, 1, 1, 1, 4], 0.3076923, 7],
    [[50, 50, 70, 70, 70, 90, 150, 150, 150, 150], 0.226, 3],
  ])('of %j is %s', (values, expected, digits) => {
    expect(giniCoefficient(values)).toBeCloseTo(expected, digits);
  });

  it.each([
    [[7], 0],
    [[3, 3, 3], 0],
    [[0, 5], 0.5],
    [[0, 0, 0, 8], 0.75],
    [[], null],
    [[0, 0], null],
  ])('of %j is %s', (values, expected) => {
    expect(giniCoefficient(values)).toBe(expected);
  });

  it('is the mean difference over twice the mean, in any order and any unit', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 9 }), (values, factor) => {
        const gini = giniCoefficient(values);
        if (gini === null) return;
        const n = values.length;
        const mean = values.reduce((sum, each) => sum + each, 0) / n;
        const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b)));
        const meanDifference = differences.reduce((sum, each) => sum + each, 0) / n ** 2;
        expect(gini).toBeCloseTo(meanDifference / (2 * mean), 12);
        expect(gini).toBeGreaterThanOrEqual(0);
        expect(gini).toBeLessThanOrEqual((n - 1) / n);
        expect(giniCoefficient(values.toReversed())).toBe(gini);
        expect(giniCoefficient(values.map((each) => each * factor))).toBeCloseTo(gini, 12);
      }),
    );
  });
});

describe('the fewest for half', () => {
  /** The first is published: CHAOSS, "Contributor Absence Factor" (formerly "Bus Factor"). */
  it.each([
    [[1000, 202, 90, 33, 332, 343, 42, 433], 2],
    [[5, 5], 1],
    [[4, 3, 3], 2],
    [[1, 1, 1, 1, 1], 3],
    [[0, 9], 1],
    [[], null],
    [[0, 0], null],
  ])('of %j are %s', (values, expected) => {
    expect(fewestForHalf(values)).toBe(expected);
  });

  it('reach half, and no smaller group does', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const fewest = fewestForHalf(values);
        if (fewest === null) return;
        const largest = (count: number): number =>
          values
            .toSorted((a, b) => b - a)
            .slice(0, count)
            .reduce((sum, each) => sum + each, 0);
        const half = largest(values.length) / 2;
        expect(largest(fewest)).toBeGreaterThanOrEqual(half);
        expect(largest(fewest - 1)).toBeLessThan(half);
      }),
    );
  });
});

describe('of the reviews in a window', () => {
  it('counts authors who reviewed nothing, pull requests for the Gini and acts of review for the bus factor', () => {
    const concentration = concentrationOf(
      aPullRequest({
        reviews: [review('comment', 1, 'ann'), review('comment', 2, 'ann'), review('comment', 3, 'ann')],
      }),
      aPullRequest({ id: 2, reviews: [review('approval', 1, 'ann'), review('approval', 2, 'ben')] }),
      aPullRequest({ id: 3, authorId: 'ben', reviews: [review('approval', 1, 'cid')] }),
    );
    // Pull requests reviewed: ann 2, ben 1, cid 1, author 0. Of 6 reviews ann gave 4.
    expect(concentration).toEqual({ gini: 0.375, busFactor: 1, people: 4, reviews: 6 });
  });

  it('is not known where nobody reviewed', () => {
    expect(concentrationOf(aPullRequest())).toEqual({ gini: null, busFactor: null, people: 1, reviews: 0 });
  });

  it('is over all people who reviewed or authored what was read', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const evidence = reviewEvidence(facts, WINDOW, WINDOW.to, OPTIONS);
        const reviewed = evidence.reviewers.filter((each) => each.reviewed.length > 0);
        const people = new Set([...evidence.authorIds, ...reviewed.map(({ reviewerId }) => reviewerId)]);
        const loads = [...people].map(
          (id) => reviewed.find(({ reviewerId }) => reviewerId === id)?.reviewed.length ?? 0,
        );
        const acts = reviewed.map((each) => each.reviewed.flatMap(({ reviews }) => reviews).length);
        expect(reviewConcentration(evidence)).toEqual({
          gini: giniCoefficient(loads),
          busFactor: fewestForHalf(acts),
          people: people.size,
          reviews: acts.reduce((sum, each) => sum + each, 0),
        });
      }),
    );
  });
});
