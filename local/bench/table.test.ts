import { linesOf } from './table';

const measured = { runs: 5, median: 5_000.4, lower: 48.04, upper: 0.994 };

it('shows median, middle half, runs, ratio and note under their headings, and what the ratio is to', () => {
  const table = {
    title: 'Panel',
    unit: 'ms',
    baseline: 'an empty page',
    rows: [
      { name: 'cold', measured, ratio: 1 },
      { name: 'warm', measured, ratio: 0.126, note: '3 requests' },
    ],
  };
  const [heading = '', cold = '', warm = '', baseline] = linesOf(table);
  expect(heading.trim().split(/ {2,}/)).toEqual(['Panel', 'ms', 'middle half', 'runs', 'ratio']);
  expect(cold.trim().split(/ {2,}/)).toEqual(['cold', '5,000', '48.0–0.994', '5', '× 1.00']);
  expect(warm.trim().split(/ {2,}/)).toEqual(['warm', '5,000', '48.0–0.994', '5', '× 0.13', '3 requests']);
  expect(cold).toHaveLength(heading.length);
  expect(baseline?.trim()).toBe('Ratio: to an empty page.');
});

it('has no ratio to nothing', () => {
  const table = { title: '', unit: 'ms', baseline: '', rows: [{ name: '', measured, ratio: Infinity }] };
  expect(linesOf(table)[1]).toMatch(/ –$/);
});
