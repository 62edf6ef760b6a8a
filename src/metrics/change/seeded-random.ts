/** A sequence of random numbers that a seed decides, so that a resampled figure is the same wherever it is computed. */

const TWO_TO_32 = 2 ** 32;

/**
 * Numbers above 0 and below 1, decided by `seed` (a whole number from 1 to 2^32 - 1): the 32-bit generator with shifts
 * 13, 17 and 5 of G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003). It repeats itself after
 * 2^32 - 1 numbers, a thousand times what a figure draws.
 */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / TWO_TO_32;
  };
}
