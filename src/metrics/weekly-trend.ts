/** The trend by week. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { groupByPeriod, periodsOf } from './calendar-periods';
import { openCountsAt } from './cumulative-flow';
import type { WeekFigures, Window } from './figures';
import { counted, mergedIn, type FigureOptions } from './population';
import { figuresOf } from './pull-request-figures';
import { isWithin } from './windows';

const METRICS = ['time_to_merge', 'time_to_first_review', 'unreviewed_merge_rate'] as const;

/**
 * One element for each ISO week (Monday 00:00 UTC) that the window touches, quiet ones included. Only what lies in the
 * window counts, so the first and the last may be parts of weeks, and say so.
 */
export function weeklyTrend(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly WeekFigures[] {
  const opened = counted(facts, options).filter(({ openedAt }) => isWithin(window, openedAt));
  const openedByWeek = groupByPeriod(opened, 'week', ({ openedAt }) => openedAt);
  const mergedByWeek = groupByPeriod(mergedIn(facts, window, options), 'week', ({ mergedAt }) => mergedAt);
  const weeks = periodsOf(window, 'week');
  const ends = weeks.map(({ to }) => Math.min(to, window.to));
  const openAtEnds = openCountsAt(facts, ends, options);
  return weeks.map(({ from, partial }, place) => {
    const merged = mergedByWeek.get(from) ?? [];
    const figures = figuresOf(METRICS, merged, window, options);
    return {
      from,
      partial,
      opened: openedByWeek.get(from)?.length ?? 0,
      merged: merged.length,
      timeToMerge: figures.time_to_merge,
      timeToFirstReview: figures.time_to_first_review,
      unreviewed: figures.unreviewed_merge_rate,
      openAtEnd: openAtEnds[place] ?? 0,
    };
  });
}
