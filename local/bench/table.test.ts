import { header, row } from './table';

it('shows median, middle half, runs, growth and the share of the limit under its headings', () => {
  const measured = { runs: 5, median: 500, lower: 480.4, upper: 9.94 };
  expect(header(10_000).trim().split(/ {2,}/)).toEqual([
    '10,000 pull requests',
    'median ms',
    'middle half',
    'runs',
    'per fact',
    'of 25 s',
  ]);
  expect(row('overview', measured, 1.234).trim().split(/ {2,}/)).toEqual([
    'overview',
    '500',
    '480–9.9',
    '5',
    '× 1.23',
    '2.00 %',
  ]);
  expect(row('overview', measured, 1)).toHaveLength(header(1).length);
});

it('shows a share of several limits whole', () => {
  expect(row('', { runs: 3, median: 80_000, lower: 1, upper: 2 }, 1)).toMatch(/ 320 %$/);
});
