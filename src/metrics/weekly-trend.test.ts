import fc from 'fast-check';
import { aPullRequest, HOUR, OPENED_AT, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { openWorkAt } from './cumulative-flow';
import { pullRequestFigures } from './pull-request-figures';
import { weeklyTrend } from './weekly-trend';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const MONDAY = Date.UTC(2026, 5, 1) / 1000;
const onDay = (days: number): number => MONDAY + days * SECONDS_A_DAY;

function mergedOn(id: number, days: number): PullRequestFacts {
  return aPullRequest({ id, openedAt: onDay(days) - HOUR, mergedAt: onDay(days) });
}

it('begins weeks on Monday 00:00 UTC, quiet ones included, and counts only what lies in the window', () => {
  const window = { from: onDay(2), to: onDay(16) };
  const weeks = weeklyTrend([mergedOn(1, 1), mergedOn(2, 3), mergedOn(3, 15)], window, OPTIONS);
  expect(weeks.map(({ from, merged, opened }) => [(from - MONDAY) / SECONDS_A_DAY, merged, opened])).toEqual([
    [0, 1, 1],
    [7, 0, 0],
    [14, 1, 1],
  ]);
  expect(weeks.map(({ timeToMerge }) => timeToMerge.p50)).toEqual([HOUR, null, HOUR]);
});

it('puts the last second of a Sunday and the first of a Monday into different weeks, by opening and by merge', () => {
  const facts = aPullRequest({ openedAt: onDay(7) - 1, mergedAt: onDay(7) });
  const weeks = weeklyTrend([facts], { from: MONDAY, to: onDay(14) }, OPTIONS);
  expect(weeks.map(({ opened, merged }) => [opened, merged])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

it.each([
  [0, 14, [false, false]],
  [1, 14, [true, false]],
  [0, 13, [false, true]],
  [2, 4, [true]],
])('from day %d to day %d tells which weeks are partial: %j', (from, to, partial) => {
  const weeks = weeklyTrend([], { from: onDay(from), to: onDay(to) }, OPTIONS);
  expect(weeks.map((week) => week.partial)).toEqual(partial);
});

it('is empty for an empty window', () => {
  expect(weeklyTrend([mergedOn(1, 0)], { from: MONDAY, to: MONDAY }, OPTIONS)).toEqual([]);
});

it('sums to the figures of the window, whatever the order, with or without bots’ pull requests', () => {
  const instant = fc.integer({ min: OPENED_AT - 60 * SECONDS_A_DAY, max: OPENED_AT + 90 * SECONDS_A_DAY });
  fc.assert(
    fc.property(severalFacts(), instant, instant, (facts, one, other) => {
      const window = { from: Math.min(one, other), to: Math.max(one, other) };
      const weeks = weeklyTrend(facts, window, OPTIONS);
      const figures = pullRequestFigures(facts, window, OPTIONS);
      const { merged, opened } = figures;
      expect(weeks.reduce((sum, week) => sum + week.merged, 0)).toBe(merged.value);
      expect(weeks.reduce((sum, week) => sum + week.opened, 0)).toBe(opened.value);
      const reviewed = weeks.reduce((sum, { timeToFirstReview }) => sum + timeToFirstReview.n, 0);
      expect(reviewed).toBe(figures.time_to_first_review.n);
      const unreviewed = weeks.reduce(
        (sum, week) => sum + (week.unreviewed.value ?? 0) * week.unreviewed.n,
        0,
      );
      const { value, n } = figures.unreviewed_merge_rate;
      expect(unreviewed).toBeCloseTo((value ?? 0) * n);
      expect(weeks.at(-1)?.openAtEnd ?? 0).toBe(
        weeks.length === 0 ? 0 : openWorkAt(facts, window.to, OPTIONS).length,
      );
      expect(weeklyTrend(facts.toReversed(), window, OPTIONS)).toEqual(weeks);
      const people = facts.filter(({ authorIsBot }) => !authorIsBot);
      expect(weeklyTrend(people, window, OPTIONS)).toEqual(weeks);
    }),
  );
});
