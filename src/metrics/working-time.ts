/** Durations that count working time only: weekends left out, or the working hours of a named time zone (METRICS 2). */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { SECONDS_A_DAY } from './windows';

/** Monday is 1, Sunday 7 (ISO 8601). */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const MONDAY_TO_FRIDAY: readonly IsoWeekday[] = [1, 2, 3, 4, 5];

/** Working hours by the wall clock of a zone, the same on each of the weekdays. */
export interface WorkingHours {
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly weekdays: readonly IsoWeekday[];
  /** Minutes after 00:00, the end not included: 540 and 1,020 are nine to five, 0 and 1,440 the whole day. */
  readonly startMinute: number;
  readonly endMinute: number;
}

/**
 * Seconds from one instant to another, as they count; negative where the second comes first, and
 * `elapsed(a, b) + elapsed(b, c)` is always `elapsed(a, c)`.
 */
export type ElapsedTime = (from: EpochSeconds, to: EpochSeconds) => number;

/** The clock of METRICS 2 by default: 24 hours on 7 days. */
export const calendarTime: ElapsedTime = (from, to) => to - from;

/** Monday to Friday, 24 hours a day, in the zone. Throws a RangeError for an unknown zone. */
export function withoutWeekends(timeZone: string): ElapsedTime {
  return workingTime({ timeZone, weekdays: MONDAY_TO_FRIDAY, startMinute: 0, endMinute: MINUTES_A_DAY });
}

/**
 * A second counts when the zone's wall clock shows a working hour in it. So a working hour that the clocks skip in
 * spring does not exist, and one that they repeat in autumn counts twice: what passed, not what the clock face says.
 * Offsets come from `Intl` and are kept, so make one for many durations. Throws a RangeError for an unknown zone and for
 * hours that do not begin before they end.
 */
export function workingTime(hours: WorkingHours): ElapsedTime {
  const workedAt = workedSince(workedUntil(hours), stretchesOf(hours.timeZone));
  return (from, to) => workedAt(to) - workedAt(from);
}

/**
 * Working seconds between an instant that is always the same and any other. Whole days of UTC are summed up once, from the
 * first that was asked for on in both directions: a duration costs the same, however long it is.
 */
function workedSince(
  worked: (wall: number) => number,
  stretchAt: (at: EpochSeconds) => Stretch,
): (at: EpochSeconds) => number {
  const between = (from: EpochSeconds, to: EpochSeconds): number => {
    let seconds = 0;
    let start = from;
    while (start < to) {
      const { offset, end } = stretchAt(start);
      const stop = Math.min(end, to);
      seconds += worked(stop + offset) - worked(start + offset);
      start = stop;
    }
    return seconds;
  };
  /** Of the midnights from `first` to `last`, both days since the epoch, without a gap. */
  const atMidnight = new Map<number, number>();
  let first: number | null = null;
  let last = 0;
  const untilDay = (day: number): number => {
    if (first === null) {
      [first, last] = [day, day];
      atMidnight.set(day, 0);
    }
    for (; last < day; last += 1) {
      const next = (last + 1) * SECONDS_A_DAY;
      atMidnight.set(last + 1, (atMidnight.get(last) ?? 0) + between(last * SECONDS_A_DAY, next));
    }
    for (; first > day; first -= 1) {
      const next = first * SECONDS_A_DAY;
      atMidnight.set(first - 1, (atMidnight.get(first) ?? 0) - between(next - SECONDS_A_DAY, next));
    }
    return atMidnight.get(day) ?? 0;
  };
  return (at) => {
    const day = Math.floor(at / SECONDS_A_DAY);
    return untilDay(day) + between(day * SECONDS_A_DAY, at);
  };
}

/** Whether `Intl` knows a zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    wallClock(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const MINUTES_A_DAY = 1_440;

const DAYS_A_WEEK = 7;

/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/** Working seconds between the epoch and an instant of the wall clock, both in seconds as if the wall clock were UTC's. */
function workedUntil({ weekdays, startMinute, endMinute }: WorkingHours): (wall: number) => number {
  const isWithinADay = [startMinute, endMinute].every(
    (minute) => Number.isInteger(minute) && 0 <= minute && minute <= MINUTES_A_DAY,
  );
  if (!isWithinADay || startMinute >= endMinute || weekdays.length === 0) {
    throw new RangeError('working hours begin before they end, on one day of the week at least');
  }
  const secondsADay = (endMinute - startMinute) * 60;
  const works = Array.from({ length: DAYS_A_WEEK }, (_, day) =>
    weekdays.some((weekday) => weekday === ((EPOCH_WEEKDAY - 1 + day) % DAYS_A_WEEK) + 1),
  );
  const workdaysBefore = (day: number): number => works.slice(0, day).filter(Boolean).length;
  const before = Array.from({ length: DAYS_A_WEEK }, (_, day) => workdaysBefore(day));
  const workdaysAWeek = workdaysBefore(DAYS_A_WEEK);

  return (wall) => {
    const day = Math.floor(wall / SECONDS_A_DAY);
    const week = Math.floor(day / DAYS_A_WEEK);
    const place = day - week * DAYS_A_WEEK;
    const sinceStart = wall - day * SECONDS_A_DAY - startMinute * 60;
    const today = works[place] === true ? Math.min(Math.max(sinceStart, 0), secondsADay) : 0;
    return (week * workdaysAWeek + (before[place] ?? 0)) * secondsADay + today;
  };
}

/** Seconds to add to UTC for the wall clock, and the instant up to which that stays so. */
interface Stretch {
  readonly offset: number;
  readonly end: EpochSeconds;
}

/** The stretch that holds an instant; none is longer than a day of UTC. */
function stretchesOf(timeZone: string): (at: EpochSeconds) => Stretch {
  const clock = wallClock(timeZone);
  const days = new Map<number, readonly [Stretch, Stretch]>();
  return (at) => {
    const day = Math.floor(at / SECONDS_A_DAY);
    const stretches = days.get(day) ?? stretchesOfDay(clock, day * SECONDS_A_DAY);
    days.set(day, stretches);
    const [first, second] = stretches;
    return at < first.end ? first : second;
  };
}

/** A day of UTC before and after a change of the clocks; zones change theirs at most once a day. */
function stretchesOfDay(clock: Intl.DateTimeFormat, midnight: EpochSeconds): readonly [Stretch, Stretch] {
  const end = midnight + SECONDS_A_DAY;
  const before = offsetAt(clock, midnight);
  const after = offsetAt(clock, end);
  if (before === after)
    return [
      { offset: before, end },
      { offset: after, end },
    ];
  let [unchanged, changed] = [midnight, end];
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (offsetAt(clock, middle) === before) unchanged = middle;
    else changed = middle;
  }
  return [
    { offset: before, end: changed },
    { offset: after, end },
  ];
}

function offsetAt(clock: Intl.DateTimeFormat, at: EpochSeconds): number {
  const parts = clock.formatToParts(at * 1000);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return wall / 1000 - at;
}

function wallClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
