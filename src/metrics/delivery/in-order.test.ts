import fc from 'fast-check';
import { countBefore, firstPlace } from './in-order';

const ascending = fc.array(fc.nat(30)).map((all) => all.sort((a, b) => a - b));

it('counts what comes before an instant, not at it', () => {
  const deployments = [3, 5, 5, 9].map((at) => ({ at }));
  expect([2, 3, 4, 5, 6, 9, 10].map((instant) => countBefore(deployments, instant))).toEqual([
    0, 0, 1, 1, 3, 3, 4,
  ]);
  expect(countBefore([], 5)).toBe(0);
});

it('is what a look at each would count', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -1, max: 31 }), (all, instant) => {
      const before = all.filter((at) => at < instant).length;
      expect(
        countBefore(
          all.map((at) => ({ at })),
          instant,
        ),
      ).toBe(before);
      expect(firstPlace(all.length, (place) => Number(all[place]) >= instant)).toBe(before);
    }),
  );
});
