/** The trend by week. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { groupByPeriod, periodsOf } from './calendar-periods';
import { distributionOf } from './distribution';
import type { WeekFigures, Window } from './figures';
import { clockOf, counted, mergedIn, type FigureOptions } from './population';
import { isWithin } from './windows';

/**
 * One element for each ISO week (Monday 00:00 UTC) that the window touches, quiet ones included. Only what lies in the
 * window counts, so the first and the last may be parts of weeks, and say so.
 */
export function weeklyTrend(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly WeekFigures[] {
  const elapsed = clockOf(options);
  const opened = counted(facts, options).filter(({ openedAt }) => isWithin(window, openedAt));
  const openedByWeek = groupByPeriod(opened, 'week', ({ openedAt }) => openedAt);
  const mergedByWeek = groupByPeriod(mergedIn(facts, window, options), 'week', ({ mergedAt }) => mergedAt);
  return periodsOf(window, 'week').map(({ from, partial }) => {
    const merged = mergedByWeek.get(from) ?? [];
    return {
      from,
      partial,
      opened: openedByWeek.get(from)?.length ?? 0,
      merged: merged.length,
      timeToMerge: distributionOf(
        merged.map(({ openedAt, mergedAt }) => elapsed(openedAt, mergedAt)),
        's',
      ),
    };
  });
}
