/** Days, ISO weeks, months and half-years in UTC. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { Window } from './figures';
import { SECONDS_A_DAY } from './windows';

export const CALENDAR_UNITS = ['day', 'week', 'month', 'half-year'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

export interface CalendarPeriod extends Window {
  /** The window it was asked for holds only a part of it. */
  readonly partial: boolean;
}

const SECONDS_A_WEEK = 7 * SECONDS_A_DAY;

/** 1970-01-05T00:00:00Z, the first Monday of the epoch. */
const FIRST_MONDAY = 4 * SECONDS_A_DAY;

/** The beginning of the period that an instant lies in; weeks begin on Monday. */
export function periodStart(at: EpochSeconds, unit: CalendarUnit): EpochSeconds {
  switch (unit) {
    case 'day':
      return Math.floor(at / SECONDS_A_DAY) * SECONDS_A_DAY;
    case 'week':
      return Math.floor((at - FIRST_MONDAY) / SECONDS_A_WEEK) * SECONDS_A_WEEK + FIRST_MONDAY;
    case 'month':
      return monthStart(at, 1);
    case 'half-year':
      return monthStart(at, 6);
  }
}

/** The periods that a window touches, ascending and without a gap; none for an empty window. */
export function periodsOf(window: Window, unit: CalendarUnit): readonly CalendarPeriod[] {
  const periods: CalendarPeriod[] = [];
  let from = periodStart(window.from, unit);
  while (from < window.to && window.from < window.to) {
    const to = periodStart(from + LONGEST_SECONDS[unit], unit);
    periods.push({ from, to, partial: from < window.from || window.to < to });
    from = to;
  }
  return periods;
}

/** Things by the beginning of the period that their instant lies in, each group in the order given. */
export function groupByPeriod<Item>(
  items: readonly Item[],
  unit: CalendarUnit,
  instantOf: (item: Item) => EpochSeconds,
): ReadonlyMap<EpochSeconds, readonly Item[]> {
  const groups = new Map<EpochSeconds, Item[]>();
  for (const item of items) {
    const from = periodStart(instantOf(item), unit);
    const group = groups.get(from);
    if (group === undefined) groups.set(from, [item]);
    else group.push(item);
  }
  return groups;
}

/** From a period's beginning, so much leads into the next one and not past it. */
const LONGEST_SECONDS: Readonly<Record<CalendarUnit, number>> = {
  day: SECONDS_A_DAY,
  week: SECONDS_A_WEEK,
  month: 31 * SECONDS_A_DAY,
  'half-year': 184 * SECONDS_A_DAY,
};

/** The beginning of the group of `months` that an instant lies in, counted from January. */
function monthStart(at: EpochSeconds, months: number): EpochSeconds {
  const date = new Date(at * 1000);
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return Date.UTC(date.getUTCFullYear(), month) / 1000;
}
