/** Ticks of an axis of durations at values that people have words for. */

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
