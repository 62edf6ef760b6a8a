import fc from 'fast-check';
import {
  calendarTime,
  isTimeZone,
  MONDAY_TO_FRIDAY,
  withoutWeekends,
  workingTime,
  type IsoWeekday,
  type WorkingHours,
} from './working-time';
import { SECONDS_A_DAY } from './windows';

const HOUR = 3_600;
const instant = (iso: string): number => Date.parse(iso) / 1000;

const NINE_TO_FIVE = { weekdays: MONDAY_TO_FRIDAY, startMinute: 9 * 60, endMinute: 17 * 60 };
const EVERY_DAY: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7];

function hoursOf(hours: WorkingHours, from: string, to: string): number {
  return workingTime(hours)(instant(from), instant(to)) / HOUR;
}

describe('nine to five in UTC, Monday to Friday', () => {
  const hours = { ...NINE_TO_FIVE, timeZone: 'UTC' };
  // 2026-06-01 is a Monday.
  it.each([
    ['within a day', '2026-06-01T10:00Z', '2026-06-01T11:30Z', 1.5],
    ['from before work to after it', '2026-06-01T03:00Z', '2026-06-01T23:00Z', 8],
    ['from one day to the next', '2026-06-01T16:00Z', '2026-06-02T10:00Z', 2],
    ['over a weekend', '2026-06-05T16:00Z', '2026-06-08T10:00Z', 2],
    ['within a weekend', '2026-06-06T10:00Z', '2026-06-07T18:00Z', 0],
    ['in the evening', '2026-06-01T17:00Z', '2026-06-02T09:00Z', 0],
    ['of two weeks', '2026-06-01T00:00Z', '2026-06-15T00:00Z', 80],
    ['backwards', '2026-06-02T10:00Z', '2026-06-01T16:00Z', -2],
    ['of no time', '2026-06-01T10:00Z', '2026-06-01T10:00Z', 0],
  ])('%s', (_, from, to, expected) => {
    expect(hoursOf(hours, from, to)).toBe(expected);
  });
});

describe('weekends', () => {
  it.each([
    ['UTC', '2026-06-05T22:00Z', '2026-06-08T02:00Z', 4],
    // Friday 18:00 to Sunday 22:00 in New York: six hours of the Friday are left.
    ['America/New_York', '2026-06-05T22:00Z', '2026-06-08T02:00Z', 6],
    // Saturday 10:00 to Monday 14:00 in Auckland.
    ['Pacific/Auckland', '2026-06-05T22:00Z', '2026-06-08T02:00Z', 14],
  ])('lie where %s has them', (timeZone, from, to, expected) => {
    expect(withoutWeekends(timeZone)(instant(from), instant(to)) / HOUR).toBe(expected);
  });

  it('may be other days', () => {
    const sundayToThursday: readonly IsoWeekday[] = [7, 1, 2, 3, 4];
    const hours = { timeZone: 'Asia/Riyadh', weekdays: sundayToThursday, startMinute: 0, endMinute: 1_440 };
    expect(hoursOf(hours, '2026-06-04T21:00Z', '2026-06-06T21:00Z')).toBe(0);
    expect(hoursOf(hours, '2026-06-06T21:00Z', '2026-06-07T21:00Z')).toBe(24);
  });
});

/** Changes as the IANA time zone database has them. */
describe('where the clocks change', () => {
  it.each([
    ['nine o’clock comes an hour earlier', 'Europe/Berlin', '2026-03-27T15:00Z', '2026-03-30T08:00Z', 2],
    ['nine o’clock comes an hour later', 'Europe/Berlin', '2026-10-23T14:00Z', '2026-10-26T09:00Z', 2],
    [
      'two weeks keep eighty hours in spring',
      'America/New_York',
      '2026-03-02T05:00Z',
      '2026-03-16T04:00Z',
      80,
    ],
    [
      'two weeks keep eighty hours in autumn',
      'America/New_York',
      '2026-10-26T04:00Z',
      '2026-11-09T05:00Z',
      80,
    ],
  ])('%s in %s', (_, timeZone, from, to, expected) => {
    expect(hoursOf({ ...NINE_TO_FIVE, timeZone }, from, to)).toBe(expected);
  });

  const allDay = { weekdays: EVERY_DAY, startMinute: 0, endMinute: 1_440 };
  const sundays = { ...allDay, weekdays: [7] as const };
  it.each([
    [
      'a Sunday in spring has 23 hours',
      'Europe/Berlin',
      sundays,
      '2026-03-27T00:00Z',
      '2026-04-01T00:00Z',
      23,
    ],
    ['a Sunday in autumn has 25', 'Europe/Berlin', sundays, '2026-10-23T00:00Z', '2026-10-28T00:00Z', 25],
    ['by half an hour', 'Australia/Lord_Howe', sundays, '2026-04-03T00:00Z', '2026-04-07T00:00Z', 24.5],
    ['at midnight', 'America/Sao_Paulo', sundays, '2018-11-02T00:00Z', '2018-11-07T00:00Z', 23],
    [
      'back over midnight',
      'America/Sao_Paulo',
      { ...sundays, weekdays: [6] },
      '2018-02-15T00:00Z',
      '2018-02-21T00:00Z',
      25,
    ],
    [
      'a night shift loses the hour that is skipped',
      'Europe/Berlin',
      { ...sundays, startMinute: 60, endMinute: 300 },
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      3,
    ],
    [
      'and works the one that is repeated',
      'Europe/Berlin',
      { ...sundays, startMinute: 60, endMinute: 300 },
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      5,
    ],
    [
      'shift that ends within the repeated hour',
      'Europe/Berlin',
      { ...sundays, startMinute: 120, endMinute: 150 },
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      1,
    ],
    // Samoa went from Thursday to Saturday: 2011-12-30 was none of its days.
    ['by a day', 'Pacific/Apia', { ...allDay, weekdays: [5] }, '2011-12-29T00:00Z', '2012-01-02T00:00Z', 0],
    ['for a month only', 'Africa/Casablanca', allDay, '2026-02-01T00:00Z', '2026-04-01T00:00Z', 59 * 24],
  ] as const)('%s (%s)', (_, timeZone, hours, from, to, expected) => {
    expect(hoursOf({ ...hours, timeZone }, from, to)).toBe(expected);
  });
});

it('knows the names of zones', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Kathmandu'].every(isTimeZone)).toBe(true);
  expect(['', 'Mars/Olympus', 'Europe/Berlin '].some(isTimeZone)).toBe(false);
});

it.each([
  ['an unknown zone', { timeZone: 'Mars/Olympus' }],
  ['an end before the beginning', { startMinute: 600, endMinute: 540 }],
  ['no hours', { startMinute: 600, endMinute: 600 }],
  ['minutes beyond the day', { endMinute: 1_441 }],
  ['parts of minutes', { startMinute: 0.5 }],
  ['no days', { weekdays: [] }],
])('refuses %s', (_, wrong) => {
  expect(() => workingTime({ ...NINE_TO_FIVE, timeZone: 'UTC', ...wrong })).toThrow(RangeError);
});

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Havana',
];
const QUARTER = 900;
const YEAR_2026 = instant('2026-01-01T00:00Z');
const quarters = fc.integer({ min: 0, max: 365 * 96 });
const schedules = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    weekdays: fc.subarray([...EVERY_DAY], { minLength: 1 }),
    edges: fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ timeZone, weekdays, edges }): WorkingHours => {
    return { timeZone, weekdays, startMinute: Math.min(...edges) * 15, endMinute: Math.max(...edges) * 15 };
  });

/** One quarter of an hour after another by the wall clock: all offsets of these zones are whole quarters. */
function countQuarters(hours: WorkingHours, from: number, to: number): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  let seconds = 0;
  for (let at = from; at < to; at += QUARTER) {
    const [weekday = '', hour = '', minute = ''] = clock.format(at * 1000).split(/[^A-Za-z0-9]+/);
    const minutes = Number(hour) * 60 + Number(minute);
    const isWorkday = hours.weekdays.some((each) => names[each - 1] === weekday);
    if (isWorkday && hours.startMinute <= minutes && minutes < hours.endMinute) seconds += QUARTER;
  }
  return seconds;
}

it('counts what a clock on the wall would show, quarter by quarter, at any time of a year', () => {
  fc.assert(
    fc.property(schedules, quarters, fc.integer({ min: 0, max: 20 * 96 }), (hours, start, length) => {
      const from = YEAR_2026 + start * QUARTER;
      const to = from + length * QUARTER;
      expect(workingTime(hours)(from, to)).toBe(countQuarters(hours, from, to));
    }),
    { numRuns: 150 },
  );
});

it('counts what a clock on the wall would show around each change of 2026', () => {
  const changes = [
    '2026-02-15',
    '2026-03-08',
    '2026-03-22',
    '2026-03-29',
    '2026-04-04',
    '2026-10-03',
    '2026-10-25',
    '2026-11-01',
  ];
  fc.assert(
    fc.property(schedules, fc.constantFrom(...changes), (hours, day) => {
      const from = instant(`${day}T00:00Z`) - SECONDS_A_DAY;
      const to = from + 3 * SECONDS_A_DAY;
      expect(workingTime(hours)(from, to)).toBe(countQuarters(hours, from, to));
    }),
    { numRuns: 150 },
  );
});

it('adds up, turns its sign with the direction, and never exceeds the calendar', () => {
  const anyInstant = fc.integer({ min: YEAR_2026, max: instant('2028-01-01T00:00Z') });
  fc.assert(
    fc.property(schedules, anyInstant, anyInstant, anyInstant, (hours, a, b, c) => {
      const elapsed = workingTime(hours);
      expect(elapsed(a, b) + elapsed(b, c)).toBe(elapsed(a, c));
      expect(elapsed(a, b) + elapsed(b, a)).toBe(0);
      expect(Math.abs(elapsed(a, b))).toBeLessThanOrEqual(Math.abs(calendarTime(a, b)));
      const always = workingTime({
        timeZone: hours.timeZone,
        weekdays: EVERY_DAY,
        startMinute: 0,
        endMinute: 1_440,
      });
      expect(always(a, b)).toBe(calendarTime(a, b));
    }),
    { numRuns: 40 },
  );
});
