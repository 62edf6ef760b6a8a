/** Tests of the request limit over rolling hours. */
import fc from 'fast-check';
import { RateLimit } from './rate-limit';

const HOUR = 3_600_000;

describe('the request limit', () => {
  it('never lets more than the limit through in any hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: HOUR / 3 }), { maxLength: 80 }),
        (limit, pauses) => {
          const rateLimit = new RateLimit(limit);
          let now = 0;
          const allowed: number[] = [];
          for (const pause of pauses) {
            now += pause;
            if (rateLimit.take('app', now)?.allowed) allowed.push(now);
          }
          for (const end of allowed) {
            expect(allowed.filter((at) => at > end - HOUR && at <= end).length).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });

  it('lets a caller through again when an hour has passed, and says how long that takes', () => {
    const rateLimit = new RateLimit(2);
    expect(rateLimit.take('app', 0)?.allowed).toBe(true);
    expect(rateLimit.take('app', 1000)?.allowed).toBe(true);
    expect(rateLimit.take('app', 2000)).toMatchObject({ allowed: false, secondsToRelief: 3598 });
    expect(rateLimit.take('app', 2000 + HOUR)?.allowed).toBe(true);
  });

  it('counts refused requests: trying again and again keeps the hour full', () => {
    const rateLimit = new RateLimit(1);
    rateLimit.take('app', 0);
    for (let at = HOUR / 2; at < 3 * HOUR; at += HOUR / 2) {
      expect(rateLimit.take('app', at)?.allowed).toBe(false);
    }
  });

  it('says that the limit is near below a fifth', () => {
    const rateLimit = new RateLimit(10);
    const near = Array.from({ length: 10 }, () => rateLimit.take('app', 0)?.nearLimit);
    expect(near).toEqual([...Array<boolean>(8).fill(false), true, true]);
  });

  it('counts each caller apart, and nobody without a limit', () => {
    const rateLimit = new RateLimit(1);
    rateLimit.take('app', 0);
    expect(rateLimit.take('someone', 0)?.allowed).toBe(true);
    expect(new RateLimit(null).take('app', 0)).toBeNull();
  });
});
