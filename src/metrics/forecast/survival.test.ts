import fc from 'fast-check';
import { survivalAt, survivalCurve, survivalsAt, type Lifetime } from './survival';

/** Lifetimes from numbers of which those with a plus are censored, as textbooks write them. */
function lifetimes(text: string): readonly Lifetime[] {
  return text.split(' ').map((each) => ({ seconds: Number.parseInt(each, 10), ended: !each.endsWith('+') }));
}

it('gives the published curve of the remissions under 6-mercaptopurine', () => {
  // E. J. Freireich et al., Blood 21 (1963); the estimate is tabled in D. R. Cox and D. Oakes, "Analysis of Survival
  // Data" (1984), and in D. Collett, "Modelling Survival Data in Medical Research".
  const { steps } = survivalCurve(
    lifetimes('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'),
  );
  expect(steps.map(({ seconds, atRisk, ended }) => [seconds, atRisk, ended])).toEqual([
    [6, 21, 3],
    [7, 17, 1],
    [10, 15, 1],
    [13, 12, 1],
    [16, 11, 1],
    [22, 7, 1],
    [23, 6, 1],
  ]);
  expect(steps.map(({ survival }) => survival.toFixed(3))).toEqual([
    '0.857',
    '0.807',
    '0.753',
    '0.690',
    '0.627',
    '0.538',
    '0.448',
  ]);
});

it.each([
  [0, 1],
  [1, 1],
  [2, 0.75],
  [4, 0.75],
  [5, 0.375],
  [6, 0.375],
  [7, null],
])('reads the curve of 2 3+ 5 6+ at %d as %d', (seconds, survival) => {
  expect(survivalAt(survivalCurve(lifetimes('2 3+ 5 6+')), seconds)).toBe(survival);
});

it('knows that nobody waits once it has happened to all', () => {
  expect(survivalAt(survivalCurve(lifetimes('2 3')), 100)).toBe(0);
});

it('knows nothing of nobody', () => {
  expect(survivalAt(survivalCurve([]), 1)).toBeNull();
});

it('is the share still waiting where all are observed to the end', () => {
  const observed = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(observed, fc.integer({ min: 0, max: 25 }), (all, seconds) => {
      const curve = survivalCurve(all.map((each) => ({ seconds: each, ended: true })));
      const waiting = all.filter((each) => each > seconds).length;
      expect(survivalAt(curve, seconds)).toBeCloseTo(waiting / all.length, 12);
    }),
  );
});

it('falls and never rises, whatever the order of the lifetimes', () => {
  const any = fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 20 }), ended: fc.boolean() }));
  fc.assert(
    fc.property(any, (all) => {
      const curve = survivalCurve(all);
      const line = [1, ...curve.steps.map(({ survival }) => survival)];
      expect(line).toEqual(line.toSorted((a, b) => b - a));
      expect(survivalCurve(all.toReversed())).toEqual(curve);
    }),
  );
});

it('tells several times at once what the curve tells of each, though later lifetimes are counted only', () => {
  const any = fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 20 }), ended: fc.boolean() }));
  fc.assert(
    fc.property(any, fc.uniqueArray(fc.integer({ min: 0, max: 22 }), { minLength: 1 }), (all, times) => {
      const until = Math.max(...times);
      const listed = (wanted: boolean): Float64Array =>
        Float64Array.from(
          all.flatMap(({ seconds, ended }) => (ended === wanted && seconds <= until ? seconds : [])),
        ).sort();
      const longest = Math.max(0, ...all.map(({ seconds }) => seconds));
      const lifetimes = { endings: listed(true), censored: listed(false), members: all.length, longest };
      const curve = survivalCurve(all);
      expect(survivalsAt(lifetimes, times)).toEqual(times.map((time) => survivalAt(curve, time)));
    }),
  );
});
