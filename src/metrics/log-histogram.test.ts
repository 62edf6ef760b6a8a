import fc from 'fast-check';
import { logHistogram } from './log-histogram';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const seconds = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 4 * HOUR }),
  fc.integer({ min: 0, max: 2_000 * DAY }),
);

it('has bounds that people have words for, each bar about as wide as the others on the scale', () => {
  const bars = logHistogram([MINUTE, 5 * MINUTE, HOUR, HOUR, 30 * DAY]);
  expect(bars.map(({ from }) => from)).toEqual([
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    18 * HOUR,
    2 * DAY,
    4 * DAY,
    10 * DAY,
    21 * DAY,
  ]);
  expect(bars.filter(({ count }) => count > 0)).toEqual([
    { from: MINUTE, to: 2 * MINUTE, count: 1 },
    { from: 5 * MINUTE, to: 10 * MINUTE, count: 1 },
    { from: HOUR, to: 2 * HOUR, count: 2 },
    { from: 21 * DAY, to: 45 * DAY, count: 1 },
  ]);
});

it('gives what took no time a bar of its own', () => {
  expect(logHistogram([0, 0, 0.4, 1])).toEqual([
    { from: 0, to: 1, count: 3 },
    { from: 1, to: 2, count: 1 },
  ]);
  // A merge that Bitbucket dates before the opening took none either.
  expect(logHistogram([-5])).toEqual([{ from: 0, to: 1, count: 1 }]);
});

it('has no bar for no values', () => {
  expect(logHistogram([])).toEqual([]);
});

it('counts a value at a bound with the bar that begins there', () => {
  expect(logHistogram([4 * HOUR])).toEqual([{ from: 4 * HOUR, to: 6 * HOUR, count: 1 }]);
});

it('has every value in exactly one of at most 15 bars, which follow each other', () => {
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 60 }), (values) => {
      const bars = logHistogram(values);
      expect(bars.length).toBeLessThanOrEqual(15);
      for (const { from, to, count } of bars) {
        expect(count).toBe(values.filter((value) => from <= value && value < (to ?? from)).length);
      }
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      const onScale = bars.filter(({ from }) => from > 0);
      for (const [place, { from }] of onScale.slice(1).entries()) expect(from).toBe(onScale[place]?.to);
    }),
  );
});

it('begins and ends with a bar that holds a value', () => {
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 60 }), (values) => {
      const bars = logHistogram(values);
      expect(bars[0]?.count).toBeGreaterThan(0);
      expect(bars.at(-1)?.count).toBeGreaterThan(0);
    }),
  );
});
