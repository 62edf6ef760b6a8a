import fc from 'fast-check';
import { seededRandom } from './seeded-random';

it("gives the numbers known of Marsaglia's generator and seed", () => {
  const random = seededRandom(2_463_534_242);
  const numbers = Array.from({ length: 5 }, () => random() * 2 ** 32);
  expect(numbers).toEqual([723_471_715, 2_497_366_906, 2_064_144_800, 2_008_045_182, 3_532_304_609]);
});

it('stays between 0 and 1, and repeats itself for the same seed only', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 2 }), (seed) => {
      const draw = (from: number): number[] => Array.from({ length: 5 }, seededRandom(from));
      expect(draw(seed).every((number) => number > 0 && number < 1)).toBe(true);
      expect(draw(seed)).toEqual(draw(seed));
      expect(draw(seed)).not.toEqual(draw(seed + 1));
    }),
  );
});
