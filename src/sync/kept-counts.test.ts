import { isGood } from './kept-counts';

const NOW = 1_790_000_000;

it.each([
  [10, 59, true],
  [10, 60, false],
  [500, 60, false],
  [5_000, 599, true],
  [5_000, 600, false],
  [1_000_000, 3_599, true],
  [1_000_000, 3_600, false],
  // Clocks of two functions may differ.
  [10, -1, false],
])('a count of %i repositories is good after %i s: %p', (repositories, age, expected) => {
  expect(isGood({ at: NOW - age }, repositories, NOW)).toBe(expected);
});

it.each([
  [24, 120, true],
  [25, 120, false],
  [24, 3_600, false],
  [-1, 120, false],
])('while somebody counts since %i s, one of %i s before is good: %p', (counting, age, expected) => {
  expect(isGood({ at: NOW - age, countingSince: NOW - counting }, 10, NOW)).toBe(expected);
});
