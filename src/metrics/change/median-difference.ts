/** How far the medians of two samples lie apart, with a bootstrap interval (METRICS 8, "Is the change real?"). */
import { percentile } from '../distribution';
import { medianOfResample } from './median-of-resample';
import { seededRandom } from './seeded-random';

/** All in the unit of the values. */
export interface MedianDifference {
  /** Median after minus median before. */
  readonly difference: number;
  /** The 95 % interval of the difference. */
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 2_000;

/** Of the ordered differences, that many lie at or beyond each end of the interval: 2.5 % of 2,000. */
const IN_EACH_TAIL = RESAMPLES * 0.025;

/**
 * The difference of the medians (Hyndman and Fan type 7) and its 95 % interval by the percentile method of B. Efron and
 * R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 8 and 13: both samples are drawn anew, with
 * replacement, 2,000 times, and the interval goes from the 50th lowest to the 50th highest difference. The same values,
 * in whatever order, and the same seed give the same interval. `null` where a sample is empty.
 */
export function medianDifference(
  before: readonly number[],
  after: readonly number[],
  seed: number,
): MedianDifference | null {
  const earlier = Float64Array.from(before).sort();
  const later = Float64Array.from(after).sort();
  const medianBefore = percentile(earlier, 0.5);
  const medianAfter = percentile(later, 0.5);
  if (medianBefore === null || medianAfter === null) return null;
  const difference = medianAfter - medianBefore;
  const random = seededRandom(seed);
  const differences = new Float64Array(RESAMPLES)
    .map(() => medianOfResample(later, random) - medianOfResample(earlier, random))
    .sort();
  return {
    difference,
    low: differences[IN_EACH_TAIL - 1] ?? difference,
    high: differences[RESAMPLES - IN_EACH_TAIL] ?? difference,
  };
}
