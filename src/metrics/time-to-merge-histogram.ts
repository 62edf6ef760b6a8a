/** The distribution of time to merge, in bars that people have words for. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import type { HistogramBar, Window } from './figures';
import { clockOf, mergedIn, type FigureOptions } from './population';
import { SECONDS_A_DAY } from './windows';

const MINUTE = 60;
const HOUR = 3_600;

/** Each about two to four times the one before: times to merge spread over five orders of magnitude. */
const EDGES: readonly number[] = [
  0,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  SECONDS_A_DAY,
  2 * SECONDS_A_DAY,
  4 * SECONDS_A_DAY,
  7 * SECONDS_A_DAY,
  14 * SECONDS_A_DAY,
  30 * SECONDS_A_DAY,
  90 * SECONDS_A_DAY,
];

/** All bars, empty ones included, their edges in seconds; the counts sum to the pull requests merged in the window. */
export function timeToMergeBars(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly HistogramBar[] {
  const elapsed = clockOf(options);
  const durations = mergedIn(facts, window, options).map((each) =>
    Math.max(0, elapsed(each.openedAt, each.mergedAt)),
  );
  return EDGES.map((from, place) => {
    const to = EDGES[place + 1] ?? null;
    const count = durations.filter((seconds) => from <= seconds && (to === null || seconds < to)).length;
    return { from, to, count };
  });
}
