/** Working hours: the mornings, nights and weekends of a zone. */
import fc from 'fast-check';
import { chance } from './random';
import { intoWorkingHours, isWorkingHour, someWorkingHour } from './working-hours';

const DAY = 86_400_000;
const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
const zones = fc.constantFrom(-5, 0, 1, 5.5);

it('knows nights and weekends', () => {
  // 2026-11-20 was a Friday.
  expect(isWorkingHour(Date.UTC(2026, 10, 20, 12), 0)).toBe(true);
  expect(isWorkingHour(Date.UTC(2026, 10, 20, 7, 59), 0)).toBe(false);
  expect(isWorkingHour(Date.UTC(2026, 10, 20, 7, 59), 1)).toBe(true);
  expect(isWorkingHour(Date.UTC(2026, 10, 20, 19), 0)).toBe(false);
  expect(isWorkingHour(Date.UTC(2026, 10, 21, 12), 0)).toBe(false);
  expect(isWorkingHour(Date.UTC(2026, 10, 20, 22), 5.5)).toBe(false);
});

it('moves an instant forward into the next working hours, and leaves one that is in them', () => {
  fc.assert(
    fc.property(instants, zones, (at, zone) => {
      const moved = intoWorkingHours(at, zone);
      expect(isWorkingHour(moved, zone)).toBe(true);
      expect(moved).toBeGreaterThanOrEqual(at);
      expect(moved - at).toBeLessThan(4 * DAY);
      if (isWorkingHour(at, zone)) expect(moved).toBe(at);
    }),
  );
});

it('keeps the order of what it moves', () => {
  fc.assert(
    fc.property(instants, fc.nat(3 * DAY), zones, (at, later, zone) => {
      const night = intoWorkingHours(at, zone);
      const isSameNight = !isWorkingHour(at, zone) && !isWorkingHour(at + later, zone) && later < DAY / 24;
      if (isSameNight) expect(intoWorkingHours(at + later, zone)).toBeGreaterThanOrEqual(night - DAY / 2);
    }),
  );
});

it('draws working hours of a span', () => {
  fc.assert(
    fc.property(fc.integer(), instants, zones, (seed, from, zone) => {
      const drawn = someWorkingHour(chance(seed), from, from + 7 * DAY, zone, 1.3);
      expect(isWorkingHour(drawn, zone)).toBe(true);
      expect(drawn).toBeGreaterThanOrEqual(from);
      expect(drawn).toBeLessThanOrEqual(from + 7 * DAY);
    }),
  );
});
