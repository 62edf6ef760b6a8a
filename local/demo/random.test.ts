/** Chance: reproducible, within its bounds, and of the distribution it names. */
import fc from 'fast-check';
import { chance } from './random';
import { percentile } from './testing';

it('is the same for a seed, and a fork leaves its origin as it was', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(50), (seed, draws) => {
      const [one, other] = [chance(seed), chance(seed)];
      const fork = one.fork();
      other.fork();
      for (let draw = 0; draw < draws; draw += 1) fork.unit();
      expect(one.unit()).toBe(other.unit());
    }),
  );
});

it('keeps its bounds', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -9, max: 9 }), fc.nat(9), (seed, low, more) => {
      const luck = chance(seed);
      const drawn = luck.integer(low, low + more);
      expect(drawn).toBeGreaterThanOrEqual(low);
      expect(drawn).toBeLessThanOrEqual(low + more);
      expect(luck.unit()).toBeLessThan(1);
      expect(luck.hex(40)).toMatch(/^[0-9a-f]{40}$/);
      const chosen = luck.some([1, 2, 3, 4], more);
      expect(new Set(chosen).size).toBe(Math.min(4, more));
    }),
  );
});

it('spreads with the median and the 95th percentile that are asked for', () => {
  const luck = chance(1);
  const drawn = Array.from({ length: 20_000 }, () => luck.spread({ median: 47, p95: 1_028 }));
  expect(percentile(drawn, 0.5)).toBeGreaterThan(44);
  expect(percentile(drawn, 0.5)).toBeLessThan(50);
  expect(percentile(drawn, 0.95)).toBeGreaterThan(940);
  expect(percentile(drawn, 0.95)).toBeLessThan(1_120);
});

it('refuses to pick from nothing', () => {
  expect(() => chance(1).pick([])).toThrow(RangeError);
});
