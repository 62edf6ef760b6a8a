/** Summaries of values: mean and exact percentiles. */
import type { Distribution, DistributionUnit } from './figures';

/**
 * The percentile `p` (0 to 1) of values in ascending order, by linear interpolation between order statistics: type 7
 * of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), the
 * default of NumPy and R. `null` for no values.
 */
export function percentile(ascending: ArrayLike<number>, p: number): number | null {
  // In hundredths first: 0.95 has no exact binary form, and a place of 190 must not become 189.99999999999997.
  const position = ((ascending.length - 1) * Math.round(p * 100)) / 100;
  const below = ascending[Math.floor(position)];
  const above = ascending[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Summary of values in any order. Seconds are rounded to whole ones after aggregation; lines, files and counts keep
 * full precision, so that an independent recount of the export agrees to the last bit but one.
 */
export function distributionOf(values: readonly number[], unit: DistributionUnit): Distribution {
  // A typed array sorts by number without calling a comparison function: half the time over 10,000 values.
  const ascending = Float64Array.from(values).sort();
  const round = (value: number | null): number | null => {
    return value === null || unit !== 's' ? value : Math.round(value);
  };
  const sum = ascending.reduce((total, value) => total + value, 0);
  return {
    unit,
    n: ascending.length,
    mean: ascending.length === 0 ? null : round(sum / ascending.length),
    p50: round(percentile(ascending, 0.5)),
    p75: round(percentile(ascending, 0.75)),
    p90: round(percentile(ascending, 0.9)),
    p95: round(percentile(ascending, 0.95)),
  };
}
