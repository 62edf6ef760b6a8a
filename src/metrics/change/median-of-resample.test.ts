import { medianOfResample } from './median-of-resample';
import { seededRandom } from './seeded-random';

const DRAWS = 40_000;

/** How often each value was the median of a resample of 0, 1, 2, … up to `n` - 1. */
function frequencies(
  n: number,
  drawMedian: (ascending: Float64Array) => number,
): ReadonlyMap<number, number> {
  const ascending = Float64Array.from({ length: n }, (_, place) => place);
  const found = new Map<number, number>();
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const median = drawMedian(ascending);
    found.set(median, (found.get(median) ?? 0) + 1 / DRAWS);
  }
  return found;
}

/** The median by drawing every value and sorting them, with a generator that has nothing to do with the other. */
function byDrawingAll(random: () => number): (ascending: Float64Array) => number {
  return (ascending) => {
    const n = ascending.length;
    const drawn = ascending.map(() => ascending[Math.floor(random() * n)] ?? Number.NaN).sort();
    return ((drawn[Math.floor((n - 1) / 2)] ?? 0) + (drawn[Math.ceil((n - 1) / 2)] ?? 0)) / 2;
  };
}

it.each([1, 2, 3, 5, 6, 9, 12])('falls on each value as often as if all %d were drawn', (n) => {
  const random = seededRandom(11);
  const direct = frequencies(n, (ascending) => medianOfResample(ascending, random));
  const drawn = frequencies(n, byDrawingAll(seededRandom(4_321)));
  for (const median of new Set([...direct.keys(), ...drawn.keys()])) {
    const [one, other] = [direct.get(median) ?? 0, drawn.get(median) ?? 0];
    const standardError = Math.sqrt((2 * Math.max(one, other)) / DRAWS);
    expect(Math.abs(one - other)).toBeLessThan(4 * standardError);
  }
});

it('of five values falls on each with its exact chance', () => {
  const random = seededRandom(5);
  const found = frequencies(5, (ascending) => medianOfResample(ascending, random));
  // At most the k-th of n: at least three of five draws are, each with a chance of k / 5.
  const atMost = [0, 0.05792, 0.31744, 0.68256, 0.94208, 1];
  for (const [place, chance] of atMost.slice(1).entries()) {
    const exact = chance - Number(atMost[place]);
    expect(Math.abs(Number(found.get(place)) - exact)).toBeLessThan(
      4 * Math.sqrt((exact * (1 - exact)) / DRAWS),
    );
  }
});

it('of many values varies as the theory of large samples says', () => {
  const n = 10_001;
  const random = seededRandom(3);
  const ascending = Float64Array.from({ length: n }, (_, place) => place / n);
  const medians = Array.from({ length: 4_000 }, () => medianOfResample(ascending, random));
  const mean = medians.reduce((sum, each) => sum + each, 0) / medians.length;
  const deviation = Math.sqrt(
    medians.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (medians.length - 1),
  );
  // 1 / (2 f sqrt(n)), where the density f is 1; known to 1.1 % from 4,000 of them.
  const expected = 1 / (2 * Math.sqrt(n));
  expect(Math.abs(mean - 0.5)).toBeLessThan((4 * expected) / Math.sqrt(4_000));
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(4 * 0.0112);
});
