/** The median of values drawn anew with replacement, without drawing each of them. */
import { percentile } from '../distribution';

/**
 * The median (Hyndman and Fan type 7) of as many values drawn with replacement from `ascending`, which is not empty.
 *
 * A draw is the value at place `floor(n * u)` of a uniform `u`, and the place rises with `u`: so the k-th smallest of n
 * draws is the value at the k-th smallest of n uniforms, which has the beta distribution of k and n + 1 - k (H. A. David
 * and H. N. Nagaraja, "Order Statistics", 2003, section 2.3). Two numbers in place of n: over ten thousand values a
 * figure would draw forty million.
 */
export function medianOfResample(ascending: ArrayLike<number>, random: () => number): number {
  const n = ascending.length;
  const k = Math.floor((n + 1) / 2);
  const valueAt = (uniform: number): number =>
    ascending[Math.min(n - 1, Math.floor(n * uniform))] ?? Number.NaN;
  const lower = betaVariate(k, n + 1 - k, random);
  if (n % 2 === 1) return valueAt(lower);
  // The next one is the smallest of those n - k that lie above.
  const upper = 1 - (1 - lower) * random() ** (1 / (n - k));
  return percentile([valueAt(lower), valueAt(upper)], 0.5) ?? Number.NaN;
}

/** A number of the beta distribution: the part of the first in the sum of two of gamma distributions; shapes from 1. */
function betaVariate(a: number, b: number, random: () => number): number {
  const first = gammaVariate(a, random);
  return first / (first + gammaVariate(b, random));
}

/**
 * A number of the gamma distribution of a shape from 1: G. Marsaglia and W. W. Tsang, "A Simple Method for Generating
 * Gamma Variables", ACM Transactions on Mathematical Software 26 (2000).
 */
function gammaVariate(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalVariate(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A number of the standard normal distribution: G. E. P. Box and M. E. Muller, Annals of Mathematical Statistics 29 (1958). */
function normalVariate(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}
