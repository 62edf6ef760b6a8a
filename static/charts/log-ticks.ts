/** Ticks of a logarithmic axis of durations at values that people have words for. */

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The first ones matter most: those in between are left out before them. */
const WORDED: readonly number[] = [
  ...[HOUR, DAY, 7 * DAY, MINUTE, 30 * DAY, 365 * DAY],
  ...[
    10 * MINUTE,
    4 * HOUR,
    1,
    10,
    90 * DAY,
    12 * HOUR,
    3 * DAY,
    30,
    30 * MINUTE,
    2 * HOUR,
    2 * DAY,
    14 * DAY,
  ],
];

/**
 * Ascending, within the ends of the axis (seconds, above 0), and so far apart that their names do not touch: `least` is
 * the part of the axis that a name takes.
 */
export function logTicks(from: number, to: number, least: number): readonly number[] {
  const placeOf = (seconds: number): number => Math.log(seconds / from) / Math.log(to / from);
  const chosen: number[] = [];
  for (const seconds of WORDED.filter((each) => from <= each && each <= to)) {
    const isFree = chosen.every((other) => Math.abs(placeOf(other) - placeOf(seconds)) >= least);
    if (isFree) chosen.push(seconds);
  }
  return chosen.sort((a, b) => a - b);
}
