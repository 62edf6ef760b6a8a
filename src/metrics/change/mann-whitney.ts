/** Whether one sample tends to hold larger values than another: the Mann-Whitney U test (METRICS 8). */
import { errorFunction, wilcoxonRankSum } from 'simple-statistics';

export interface MannWhitney {
  /** Pairs of a value of each sample in which the first sample's is the larger; a tied pair counts a half. */
  readonly u: number;
  /** Two-sided: the chance of a `u` as far from its mean, were both samples of one distribution. */
  readonly pValue: number;
}

/** By how much a statistic that moves in steps of a half or one is brought nearer to its mean. */
const CONTINUITY_CORRECTION = 0.5;

/**
 * H. B. Mann and D. R. Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the
 * Other", Annals of Mathematical Statistics 18 (1947), by their normal approximation with corrections for ties and for
 * continuity, as R's `wilcox.test(exact = FALSE)` and SciPy's `mannwhitneyu(method="asymptotic")` compute it. `null`
 * where a sample is empty.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney | null {
  const pairs = first.length * second.length;
  if (pairs === 0) return null;
  const u = wilcoxonRankSum([...first], [...second]) - (first.length * (first.length + 1)) / 2;
  const n = first.length + second.length;
  const variance = (pairs / 12) * (n + 1 - tieTerm([...first, ...second]) / (n * (n - 1)));
  // All values the same: there is nothing to tell the samples apart by.
  if (variance === 0) return { u, pValue: 1 };
  const distance = Math.abs(u - pairs / 2) - CONTINUITY_CORRECTION;
  // Above 1 where `u` is its mean, less the correction; the library's error function is exact to 1.2e-7.
  return { u, pValue: Math.min(1, 1 - errorFunction(distance / Math.sqrt(2 * variance))) };
}

/** Sum of t^3 - t over the groups of t equal values. */
function tieTerm(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + (t ** 3 - t), 0);
}
