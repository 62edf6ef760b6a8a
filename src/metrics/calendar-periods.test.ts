import fc from 'fast-check';
import { CALENDAR_UNITS, groupByPeriod, periodsOf, periodStart, type CalendarUnit } from './calendar-periods';

const utc = (text: string): number => Date.parse(`${text}Z`) / 1000;

it.each<[CalendarUnit, string, string]>([
  ['day', '2026-06-03T23:59:59', '2026-06-03T00:00:00'],
  ['week', '2026-06-07T23:59:59', '2026-06-01T00:00:00'],
  ['week', '2026-06-08T00:00:00', '2026-06-08T00:00:00'],
  ['month', '2024-02-29T12:00:00', '2024-02-01T00:00:00'],
  ['half-year', '2026-06-30T23:59:59', '2026-01-01T00:00:00'],
  ['half-year', '2026-07-01T00:00:00', '2026-07-01T00:00:00'],
  ['half-year', '2026-12-31T23:59:59', '2026-07-01T00:00:00'],
])('the %s of %s begins at %s', (unit, instant, start) => {
  expect(periodStart(utc(instant), unit)).toBe(utc(start));
});

it('lists the periods that a window touches, and which it holds only a part of', () => {
  const window = { from: utc('2026-01-15T00:00:00'), to: utc('2026-04-01T00:00:00') };
  expect(periodsOf(window, 'month')).toEqual([
    { from: utc('2026-01-01T00:00:00'), to: utc('2026-02-01T00:00:00'), partial: true },
    { from: utc('2026-02-01T00:00:00'), to: utc('2026-03-01T00:00:00'), partial: false },
    { from: utc('2026-03-01T00:00:00'), to: utc('2026-04-01T00:00:00'), partial: false },
  ]);
  expect(periodsOf({ from: window.from, to: window.from }, 'month')).toEqual([]);
  expect(periodsOf({ from: window.from, to: window.from - 1 }, 'month')).toEqual([]);
});

it.each(CALENDAR_UNITS)('follow each other without a gap and cover the window: %s', (unit) => {
  const instant = fc.integer({ min: utc('1999-01-01T00:00:00'), max: utc('2030-01-01T00:00:00') });
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 800 * 86_400 }), (from, seconds) => {
      const window = { from, to: from + seconds };
      const periods = periodsOf(window, unit);
      expect(periods[0]?.from).toBeLessThanOrEqual(window.from);
      expect(periods.at(-1)?.to).toBeGreaterThanOrEqual(window.to);
      expect(periods.slice(1).map((each) => each.from)).toEqual(periods.slice(0, -1).map(({ to }) => to));
      expect(periods.map((each) => periodStart(each.from, unit))).toEqual(periods.map((each) => each.from));
      expect(periods.map((each) => periodStart(each.to - 1, unit))).toEqual(periods.map((each) => each.from));
      expect(periods.filter(({ partial }) => partial)).toEqual(
        periods.filter((each) => each.from < window.from || window.to < each.to),
      );
    }),
  );
});

it.each(CALENDAR_UNITS)('group what lies in each %s, in the order given', (unit) => {
  const first = utc('2025-11-01T00:00:00');
  const instants = fc.array(fc.integer({ min: first, max: first + 200 * 86_400 }), { minLength: 1 });
  fc.assert(
    fc.property(instants, (all) => {
      const groups = groupByPeriod(all, unit, (instant) => instant);
      const periods = periodsOf({ from: first, to: first + 200 * 86_400 + 1 }, unit);
      for (const { from, to } of periods) {
        const own = all.filter((instant) => from <= instant && instant < to);
        expect(groups.get(from) ?? []).toEqual(own);
      }
      expect([...groups.values()].flat()).toHaveLength(all.length);
    }),
  );
});
