import fc from 'fast-check';
import { medianDifference, RESAMPLES } from './median-difference';

/** Survival of mice in days, B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), table 2.1. */
const CONTROL = [52, 104, 146, 10, 51, 30, 40, 27, 46];
const TREATMENT = [94, 197, 16, 38, 99, 141, 23];

it('gives the published difference of medians of the mouse data: 94 - 46 days', () => {
  expect(medianDifference(CONTROL, TREATMENT, 1)?.difference).toBe(48);
});

it.each([1, 2, 3, 20_260_601])(
  'comes near the exact bootstrap interval of the mouse data: seed %d',
  (seed) => {
    // Three standard errors of a share of 2.5 % among 2,000 resamples.
    const sampling = 3 * Math.sqrt((0.025 * 0.975) / RESAMPLES);
    const found = medianDifference(CONTROL, TREATMENT, seed);
    const [low, high] = [Number(found?.low), Number(found?.high)];
    const exact = exactDifferences(CONTROL, TREATMENT);
    const chance = (counts: (difference: number) => boolean): number =>
      exact.reduce((sum, [difference, probability]) => sum + (counts(difference) ? probability : 0), 0);
    expect(chance((difference) => difference < low)).toBeLessThan(0.025 + sampling);
    expect(chance((difference) => difference <= low)).toBeGreaterThan(0.025 - sampling);
    expect(chance((difference) => difference > high)).toBeLessThan(0.025 + sampling);
    expect(chance((difference) => difference >= high)).toBeGreaterThan(0.025 - sampling);
  },
);

it('takes the middle between two medians as type 7 does', () => {
  expect(medianDifference([1, 2, 3, 4], [10, 20], 1)?.difference).toBe(12.5);
});

it('takes the middle between two medians of a resample too', () => {
  // Of six draws, three or more give the 2 with a chance of 6.2 %, which makes the median 1; four or more with 0.9 %.
  expect(medianDifference([0], [0, 0, 0, 0, 0, 2], 1)).toEqual({ difference: 0, low: 0, high: 1 });
});

it('knows nothing of an empty sample', () => {
  expect(medianDifference([], [1], 1)).toBeNull();
  expect(medianDifference([1], [], 1)).toBeNull();
});

it('has no width where nothing varies', () => {
  expect(medianDifference([3, 3, 3], [5, 5], 1)).toEqual({ difference: 2, low: 2, high: 2 });
});

const sample = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 12 });

it('stays within what the samples allow, and does not depend on their order', () => {
  fc.assert(
    fc.property(sample, sample, (before, after) => {
      const found = medianDifference(before, after, 7);
      expect(found?.low).toBeLessThanOrEqual(Number(found?.high));
      expect(found?.low).toBeGreaterThanOrEqual(Math.min(...after) - Math.max(...before));
      expect(found?.high).toBeLessThanOrEqual(Math.max(...after) - Math.min(...before));
      expect(medianDifference(before.toReversed(), after.toReversed(), 7)).toEqual(found);
    }),
    { numRuns: 25 },
  );
});

it('moves with the values', () => {
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: -500, max: 500 }), (before, after, shift) => {
      const found = medianDifference(before, after, 7);
      const shifted = medianDifference(
        before,
        after.map((value) => value + shift),
        7,
      );
      expect(shifted?.low).toBe(Number(found?.low) + shift);
      expect(shifted?.high).toBe(Number(found?.high) + shift);
    }),
    { numRuns: 25 },
  );
});

/**
 * The exact bootstrap distribution of a difference of medians of odd samples, with no resampling: the median of a
 * resample is at most the k-th of n values when at least (n + 1) / 2 draws are (B. Efron, "Bootstrap Methods: Another
 * Look at the Jackknife", Annals of Statistics 7 (1979), section 3).
 */
function exactDifferences(before: readonly number[], after: readonly number[]): readonly [number, number][] {
  return exactMedians(after).flatMap(([later, p]) =>
    exactMedians(before).map(([earlier, q]): [number, number] => [later - earlier, p * q]),
  );
}

function exactMedians(values: readonly number[]): readonly [number, number][] {
  const n = values.length;
  const atMost = (k: number): number => {
    let sum = 0;
    for (let j = (n + 1) / 2; j <= n; j += 1) sum += choose(n, j) * (k / n) ** j * (1 - k / n) ** (n - j);
    return sum;
  };
  return values
    .toSorted((a, b) => a - b)
    .map((value, place): [number, number] => [value, atMost(place + 1) - atMost(place)]);
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}
