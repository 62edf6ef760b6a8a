import { isWithin, precedingWindow, SECONDS_A_DAY, windowEndingAt } from './windows';

it('end at now and follow each other without a gap', () => {
  const window = windowEndingAt(1_000_000_000, 90);
  expect(window).toEqual({ from: 1_000_000_000 - 90 * 86_400, to: 1_000_000_000 });
  expect(precedingWindow(window)).toEqual({ from: window.from - 90 * SECONDS_A_DAY, to: window.from });
});

it.each([
  [99, false],
  [100, true],
  [199, true],
  [200, false],
  [null, false],
])('from 100 to 200 hold %s: %s', (at, expected) => {
  expect(isWithin({ from: 100, to: 200 }, at)).toBe(expected);
});
