/** The second reading's own statistics, against figures worked out by hand and against the definition of type 7. */
import fc from 'fast-check';
import { agrees, statistics } from './expected-figures';

function value(values: readonly number[], name: string): number | null {
  const fraction = statistics(values, 's')[name];
  return typeof fraction === 'object' && fraction !== null ? fraction.numerator / fraction.denominator : null;
}

describe('statistics', () => {
  it('are those worked out by hand', () => {
    expect(['mean', 'p50', 'p75', 'p90', 'p95'].map((name) => value([4, 1, 3, 2], name))).toEqual([
      2.5, 2.5, 3.25, 3.7, 3.85,
    ]);
    expect(['mean', 'p50', 'p95'].map((name) => value([7], name))).toEqual([7, 7, 7]);
    expect(statistics([], 's')).toEqual({
      unit: 's',
      n: 0,
      mean: null,
      p50: null,
      p75: null,
      p90: null,
      p95: null,
    });
  });

  it('of evenly spaced values lie at their own share of the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 1e6 }), (n, step) => {
        const values = Array.from({ length: n }, (_, index) => index * step);
        for (const percent of [50, 75, 90, 95]) {
          expect(value(values, `p${percent}`)).toBeCloseTo(((n - 1) * step * percent) / 100, 6);
        }
      }),
    );
  });
});

describe('agrees', () => {
  it('takes either second where the value lies exactly between two, and no other', () => {
    const half = { numerator: 21, denominator: 2 };
    expect([9, 10, 11, 12, 10.5].map((got) => agrees(half, got, 's'))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    const below = { numerator: 1_049, denominator: 100 };
    expect([10, 11].map((got) => agrees(below, got, 's'))).toEqual([true, false]);
  });

  it('takes a fraction’s last bits, and never a number for what is unknown', () => {
    expect(agrees({ numerator: 1, denominator: 3 }, 0.333_333_333_333_3, 'ratio')).toBe(true);
    expect(agrees({ numerator: 1, denominator: 3 }, 0.333_33, 'ratio')).toBe(false);
    expect(agrees(null, 0, 's')).toBe(false);
    expect(agrees(null, null, 's')).toBe(true);
    expect(agrees({ numerator: 0, denominator: 3 }, null, 's')).toBe(false);
  });
});
