import { unitsOf } from './units';

it.each([
  [[], 1],
  [[{}], 1],
  [['x'.repeat(9_998)], 1],
  [['x'.repeat(9_999)], 2],
  // Of one request together, rounded up once.
  [Array.from({ length: 30 }, () => 'x'.repeat(998)), 3],
])('counts characters by ten thousand (case %#)', (values, units) => {
  expect(unitsOf(values)).toBe(units);
});
