import fc from 'fast-check';
import { aPullRequest, HOUR, OPENED_AT, severalFacts } from '../facts/testing';
import { pullRequestFigures } from './pull-request-figures';
import { timeToMergeBars } from './time-to-merge-histogram';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };

/** The bar of one pull request that took this many seconds. */
function barOf(seconds: number): readonly (number | null)[] {
  const facts = aPullRequest({ openedAt: WINDOW.to - 1 - seconds, mergedAt: WINDOW.to - 1 });
  return timeToMergeBars([facts], WINDOW, OPTIONS).flatMap(({ from, to, count }) =>
    count === 1 ? [from, to] : [],
  );
}

it.each([
  [0, [0, 15 * 60]],
  [15 * 60 - 1, [0, 15 * 60]],
  [15 * 60, [15 * 60, HOUR]],
  [HOUR, [HOUR, 4 * HOUR]],
  [12 * HOUR, [12 * HOUR, SECONDS_A_DAY]],
  [7 * SECONDS_A_DAY - 1, [4 * SECONDS_A_DAY, 7 * SECONDS_A_DAY]],
  [7 * SECONDS_A_DAY, [7 * SECONDS_A_DAY, 14 * SECONDS_A_DAY]],
  [30 * SECONDS_A_DAY, [30 * SECONDS_A_DAY, 90 * SECONDS_A_DAY]],
  [90 * SECONDS_A_DAY, [90 * SECONDS_A_DAY, null]],
  [9_000 * SECONDS_A_DAY, [90 * SECONDS_A_DAY, null]],
])('puts a merge after %d seconds into the bar %j', (seconds, bar) => {
  expect(barOf(seconds)).toEqual(bar);
});

it('puts a merge whose recorded instant lies before the opening into the first bar', () => {
  expect(barOf(-5)).toEqual([0, 15 * 60]);
});

it('puts every merge into one of twelve bars that touch, with or without bots’ pull requests', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const bars = timeToMergeBars(facts, WINDOW, OPTIONS);
      expect(bars).toHaveLength(12);
      expect(bars.every((bar, place) => bar.to === (bars[place + 1]?.from ?? null))).toBe(true);
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(
        pullRequestFigures(facts, WINDOW, OPTIONS).merged.value,
      );
      const people = facts.filter(({ authorIsBot }) => !authorIsBot);
      expect(timeToMergeBars(people, WINDOW, OPTIONS)).toEqual(bars);
    }),
  );
});
