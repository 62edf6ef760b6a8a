import { measure } from './measure';

/** Work of which each run takes so many milliseconds more than the one before; the first is 0. */
function slowing(step: number) {
  let now = 0;
  let runs = -1;
  return {
    work: () => {
      runs += 1;
      now += runs * step;
    },
    now: () => now,
  };
}

it('tells the median and the quartiles of the runs after the first', () => {
  const { work, now } = slowing(10);
  expect(measure(work, { runs: 5, budget: 1_000, now })).toEqual({
    runs: 5,
    median: 30,
    lower: 20,
    upper: 40,
  });
});

it('stops when the budget is spent, but not before there are three', () => {
  const { work, now } = slowing(100);
  expect(measure(work, { runs: 50, budget: 650, now })).toMatchObject({ runs: 4, median: 250 });
  const slow = slowing(100);
  expect(measure(slow.work, { runs: 50, budget: 1, now: slow.now }).runs).toBe(3);
});
