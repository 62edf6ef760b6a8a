/** How many cases are tried and from which seed: `FUZZ_CASES` and `FUZZ_SEED` choose a longer run, or one case again. */

const DEFAULT_CASES = 100_000;
const DEFAULT_SEED = 1;

export const SEED = numberFrom('FUZZ_SEED', DEFAULT_SEED);

/** A part of all cases, in hundredths. */
export function casesOf(hundredths: number): number {
  return Math.ceil((numberFrom('FUZZ_CASES', DEFAULT_CASES) * hundredths) / 100);
}

function numberFrom(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${name} must be a whole number above 0.`);
}
