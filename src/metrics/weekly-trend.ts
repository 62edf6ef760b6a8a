/** The trend by week. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import type { WeekFigures, Window } from './figures';
import { counted, mergedIn, type FigureOptions } from './population';
import { isWithin, SECONDS_A_DAY } from './windows';

const SECONDS_A_WEEK = 7 * SECONDS_A_DAY;

/** 1970-01-05T00:00:00Z, the first Monday of the epoch. */
const FIRST_MONDAY = 4 * SECONDS_A_DAY;

/**
 * One element for each ISO week (Monday 00:00 UTC) that the window touches, quiet ones included. Only what lies in the
 * window counts, so the first and the last may be parts of weeks, and say so.
 */
export function weeklyTrend(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly WeekFigures[] {
  const first = mondayOf(window.from);
  const weeks = Math.max(0, Math.ceil((window.to - first) / SECONDS_A_WEEK));
  const opened = new Array<number>(weeks).fill(0);
  const durations = Array.from({ length: weeks }, (): number[] => []);
  const weekOf = (at: EpochSeconds): number => Math.floor((at - first) / SECONDS_A_WEEK);
  for (const each of counted(facts, options)) {
    if (!isWithin(window, each.openedAt)) continue;
    const week = weekOf(each.openedAt);
    opened[week] = (opened[week] ?? 0) + 1;
  }
  for (const each of mergedIn(facts, window, options)) {
    durations[weekOf(each.mergedAt)]?.push(each.mergedAt - each.openedAt);
  }
  return durations.map((values, week) => {
    const from = first + week * SECONDS_A_WEEK;
    return {
      from,
      partial: from < window.from || window.to < from + SECONDS_A_WEEK,
      opened: opened[week] ?? 0,
      merged: values.length,
      timeToMerge: distributionOf(values, 's'),
    };
  });
}

function mondayOf(at: EpochSeconds): EpochSeconds {
  return Math.floor((at - FIRST_MONDAY) / SECONDS_A_WEEK) * SECONDS_A_WEEK + FIRST_MONDAY;
}
