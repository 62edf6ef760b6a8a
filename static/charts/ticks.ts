/** Ticks of an axis of durations at values that people have words for. */

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const STEPS: readonly number[] = [
  900,
  1_800,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  20 * DAY,
  50 * DAY,
  100 * DAY,
];

/** Ascending from 0 to at least `highest` seconds, at most six. */
export function durationTicks(highest: number): number[] {
  const step = STEPS.find((each) => highest / each <= 5) ?? 365 * DAY;
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, place) => place * step);
}

/** Ascending. */
const WORDED: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  20 * DAY,
  50 * DAY,
  100 * DAY,
  200 * DAY,
  400 * DAY,
  800 * DAY,
];

/** The part of the axis that two ticks must lie apart, so that their names do. */
const LEAST_APART = 0.11;

/** Ascending from 0, for an axis whose places are the square roots of its values up to `highest` seconds. */
export function compressedTicks(highest: number): number[] {
  const placeOf = (seconds: number): number => Math.sqrt(seconds / highest);
  // From above: what is large says more of where a duration lies than another tick near 0.
  let last = Number.POSITIVE_INFINITY;
  const chosen: number[] = [];
  for (const seconds of WORDED.filter((each) => each <= highest).toReversed()) {
    const place = placeOf(seconds);
    if (last - place < LEAST_APART || place < LEAST_APART) continue;
    chosen.push(seconds);
    last = place;
  }
  return [0, ...chosen.toReversed()];
}
