import { measure, measureInTurn, summaryOf } from './measure';

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

it('tells the median and the quartiles of the runs after the first', async () => {
  const { work, now } = slowing(10);
  expect(await measure(work, { runs: 5, budget: 1_000, now })).toEqual({
    runs: 5,
    median: 30,
    lower: 20,
    upper: 40,
  });
});

it('stops when the budget is spent, but not before there are three', async () => {
  const { work, now } = slowing(100);
  expect(await measure(work, { runs: 50, budget: 650, now })).toMatchObject({ runs: 4, median: 250 });
  const slow = slowing(100);
  expect((await measure(slow.work, { runs: 50, budget: 250, now: slow.now })).runs).toBe(3);
});

it('measures what takes several budgets once', async () => {
  const { work, now } = slowing(100);
  expect(await measure(work, { runs: 50, budget: 10, now })).toMatchObject({ runs: 1, median: 100 });
  let instant = 0;
  const long = (): void => {
    instant += 1_000;
  };
  expect(await measure(long, { runs: 50, budget: 300, now: () => instant })).toMatchObject({ runs: 1 });
});

it('waits for each, and takes those that are compared in turn', async () => {
  const order: string[] = [];
  const sampler = (name: string, value: number) => async (): Promise<number> => {
    await Promise.resolve();
    order.push(name);
    return value;
  };
  const measured = await measureInTurn([sampler('first', 1), sampler('second', 5)], {
    runs: 3,
    budget: 1_000,
  });
  expect(measured.map(({ runs, median }) => [runs, median])).toEqual([
    [3, 1],
    [3, 5],
  ]);
  expect(order.join(' ')).toBe('first second first second first second first second');
});

it('sums values up in whatever order they come', () => {
  expect(summaryOf([9, 1, 5])).toEqual({ runs: 3, median: 5, lower: 3, upper: 7 });
});
