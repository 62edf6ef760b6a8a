import { summaryOf } from './measure';
import { comparedRows, rowsAgainst } from './section';

it('measure cases beside a baseline, which comes first and is 1', async () => {
  let asked = 0;
  const other = { name: 'other', sample: () => 6, note: () => `${(asked += 1)} notes` };
  const rows = await rowsAgainst({ name: 'baseline', sample: () => 4 }, [other], { runs: 3, budget: 1_000 });
  expect(rows.map(({ name, ratio, note }) => [name, ratio, note])).toEqual([
    ['baseline', 1, undefined],
    ['other', 1.5, '1 notes'],
  ]);
});

it('are compared by their medians', () => {
  const rows = comparedRows([
    { name: 'a', measured: summaryOf([1, 2, 90]) },
    { name: 'b', measured: summaryOf([5]) },
  ]);
  expect(rows.map(({ ratio }) => ratio)).toEqual([1, 2.5]);
});
