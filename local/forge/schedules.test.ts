/** When scheduled triggers run. */
import fc from 'fast-check';
import { nextRun } from './schedules';

const FIRST = 5 * 60_000;
const intervals = [5, 60, 24 * 60, 7 * 24 * 60].map((minutes) => minutes * 60_000);

describe('nextRun', () => {
  it('is five minutes after the start, then every interval, never now and never made up for', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.constantFrom(...intervals),
        fc.nat(30 * 24 * 60 * 60_000),
        (start, interval, passed) => {
          const now = start + passed;
          const next = nextRun(start, interval, now);
          expect(next).toBeGreaterThan(now - (passed === 0 ? 1 : 0));
          expect((next - start - FIRST) % interval).toBe(0);
          expect(next).toBeGreaterThanOrEqual(start + FIRST);
          expect(next - now).toBeLessThanOrEqual(Math.max(interval, FIRST));
        },
      ),
    );
  });

  it('goes on from run to run', () => {
    expect([0, FIRST, FIRST + 1, FIRST + 60 * 60_000].map((now) => nextRun(0, 60 * 60_000, now))).toEqual([
      FIRST,
      FIRST + 60 * 60_000,
      FIRST + 60 * 60_000,
      FIRST + 2 * 60 * 60_000,
    ]);
  });
});
