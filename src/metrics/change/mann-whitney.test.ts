import fc from 'fast-check';
import { mannWhitney } from './mann-whitney';

it("agrees with SciPy's manual on the ages at diagnosis of diabetes", () => {
  // scipy.stats.mannwhitneyu: U of the males is 17, and by the normal approximation p = 0.11134688653314041.
  const found = mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12]);
  expect(found?.u).toBe(17);
  expect(found?.pValue).toBeCloseTo(0.11134688653314041, 6);
});

it("agrees with R's manual on the ozone of May and August, which has ties", () => {
  // R's `wilcox.test(Ozone ~ Month, data = airquality, subset = Month %in% c(5, 8))`: W = 127.5, p-value = 0.0001208.
  const may = [
    41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37,
  ];
  const august = [
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
  ];
  const found = mannWhitney(may, august);
  expect(found?.u).toBe(127.5);
  expect(found?.pValue).toBeCloseTo(0.0001208, 7);
});

it('corrects for ties and for continuity as reckoned by hand', () => {
  // Ranks 1.5, 1.5, 3, 4, 5: u = 0 of 6 pairs, mean 3; variance 6 / 12 * (6 - 6 / 20) = 2.85; z = 2.5 / 1.688 = 1.481.
  const found = mannWhitney([1, 1, 2], [3, 4]);
  expect(found?.u).toBe(0);
  expect(found?.pValue).toBeCloseTo(0.13864, 5);
});

it('finds no difference where all values are the same, or where the samples lie alike', () => {
  expect(mannWhitney([5, 5], [5, 5, 5])).toEqual({ u: 3, pValue: 1 });
  expect(mannWhitney([1, 4], [2, 3])).toMatchObject({ u: 2 });
  expect(mannWhitney([1, 4], [2, 3])?.pValue).toBeCloseTo(1, 6);
});

it('knows nothing of an empty sample', () => {
  expect(mannWhitney([], [1])).toBeNull();
  expect(mannWhitney([1], [])).toBeNull();
});

it('counts the pairs that the first sample wins, and says the same from both sides', () => {
  const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(sample, sample, (first, second) => {
      const wins = first.flatMap((a) => second.map((b) => (Math.sign(a - b) + 1) / 2));
      const found = mannWhitney(first, second);
      expect(found?.u).toBeCloseTo(
        wins.reduce((sum, won) => sum + won, 0),
        9,
      );
      const swapped = mannWhitney(second, first);
      expect(Number(found?.u) + Number(swapped?.u)).toBeCloseTo(first.length * second.length, 9);
      expect(swapped?.pValue).toBeCloseTo(Number(found?.pValue), 9);
      expect(found?.pValue).toBeGreaterThanOrEqual(0);
      expect(found?.pValue).toBeLessThanOrEqual(1);
    }),
  );
});
