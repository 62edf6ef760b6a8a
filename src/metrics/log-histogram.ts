/** A distribution in bars that widen with their values, for durations that spread over orders of magnitude. */
import type { HistogramBar } from './figures';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const YEAR = 365 * DAY;

/** Below this, in seconds, a duration is none. */
const SHORTEST = 1;

/** Bounds that people have words for, ascending and at most twice as far as the one before; the last is beyond any instant that is stored. */
const BOUNDS: readonly number[] = [
  ...[1, 2, 3, 5, 8, 10, 15, 20, 30, 45],
  ...[1, 2, 3, 5, 8, 10, 15, 20, 30, 45].map((minutes) => minutes * MINUTE),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 18].map((hours) => hours * HOUR),
  ...[1, 1.5, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270].map((days) => days * DAY),
  ...[1, 2, 3, 5, 10, 20, 40, 80].map((years) => years * YEAR),
];

/** As many as a screen has room for, and enough to show a shape. */
const MOST_BARS = 14;

/**
 * Bars of about the same width on a logarithmic scale, from the smallest to the largest of the values (seconds), with
 * bounds rounded to such that people have words for; empty ones in between included. What took less than a second has a
 * bar `[0, 1)` of its own before them, since 0 has no place on such a scale. Every value lies in one bar: the counts sum to
 * the number of values. None for no values.
 */
export function logHistogram(seconds: readonly number[]): readonly HistogramBar[] {
  const longer = seconds.filter((value) => value >= SHORTEST);
  const none = { from: 0, to: SHORTEST, count: seconds.length - longer.length };
  return [...(none.count === 0 ? [] : [none]), ...barsOf(longer)];
}

function barsOf(values: readonly number[]): readonly HistogramBar[] {
  const edges = edgesOf(values);
  const counts = edges.slice(1).map(() => 0);
  for (const value of values) {
    const place = edges.findLastIndex((edge) => edge <= value);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count, place) => ({ from: edges[place] ?? 0, to: edges[place + 1] ?? null, count }));
}

/** From the last bound at or below the smallest value to the first above the largest; none for no values. */
function edgesOf(values: readonly number[]): readonly number[] {
  const smallest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const first = BOUNDS.findLastIndex((bound) => bound <= smallest);
  const last = BOUNDS.findIndex((bound) => bound > largest);
  if (values.length === 0) return [];
  const within = BOUNDS.slice(first, last + 1);
  const [low, high] = [within.at(0) ?? SHORTEST, within.at(-1) ?? SHORTEST];
  const even = Array.from({ length: MOST_BARS + 1 }, (_, place) => low * (high / low) ** (place / MOST_BARS));
  return [...new Set(even.map((edge) => nearest(within, edge)))];
}

/** The bound that lies nearest on the logarithmic scale. */
function nearest(bounds: readonly number[], edge: number): number {
  const distance = (bound: number): number => Math.abs(Math.log(bound / edge));
  return bounds.reduce((best, bound) => (distance(bound) < distance(best) ? bound : best));
}
