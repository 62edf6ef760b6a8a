import fc from 'fast-check';
import { distributionOf, percentile } from './distribution';

/**
 * The first two are published: in NumPy's manual under `percentile`, and in Gnumeric's under PERCENTILE, which is the
 * same type. The others are what NumPy answers.
 */
it.each([
  [[1, 2, 3, 4, 7, 10], 0.5, 3.5],
  [[11.4, 17.3, 21.3, 25.9, 40.1], 0.42, 20.02],
  [[2, 3, 4, 7, 8, 10], 0.5, 5.5],
  [[1, 2, 3, 4], 0.25, 1.75],
  [[1, 2, 3, 4], 0.4, 2.2],
  [[15, 20, 35, 40, 50], 0.4, 29],
  [[7], 0.95, 7],
])('takes the percentile of %j at %d as NumPy does', (values, p, expected) => {
  expect(percentile(values, p)).toBeCloseTo(expected, 12);
});

it('names each percentile by its share of the values', () => {
  const hundredAndOne = Array.from({ length: 101 }, (_, value) => value);
  expect(distributionOf(hundredAndOne, 's')).toMatchObject({ mean: 50, p50: 50, p75: 75, p90: 90, p95: 95 });
});

it('knows nothing of no values', () => {
  expect(distributionOf([], 's')).toEqual({
    unit: 's',
    n: 0,
    mean: null,
    p50: null,
    p75: null,
    p90: null,
    p95: null,
  });
});

it('rounds seconds after aggregation, and nothing else', () => {
  expect(distributionOf([1, 2], 's')).toMatchObject({ mean: 2, p50: 2, p75: 2 });
  expect(distributionOf([1, 2], 'lines')).toMatchObject({ mean: 1.5, p50: 1.5, p75: 1.75 });
  expect(distributionOf([1, 1, 2], 'count').mean).toBe(4 / 3);
});

it('stays between the smallest and the largest value, and rises with p', () => {
  const values = fc.array(fc.integer({ min: -1_000, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, (numbers) => {
      const { p50, p75, p90, p95 } = distributionOf(numbers, 'count');
      const line = [Math.min(...numbers), p50, p75, p90, p95, Math.max(...numbers)].map(Number);
      expect(line).toEqual(line.toSorted((a, b) => a - b));
    }),
  );
});

it('does not depend on the order of the values', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      expect(distributionOf(numbers.toReversed(), 's')).toEqual(distributionOf(numbers, 's'));
    }),
  );
});
