import fc from 'fast-check';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, HOUR, OPENED_AT, severalFacts } from '../../facts/testing';
import { DEFAULT_DELIVERY_SETTINGS } from '../delivery/delivery-settings';
import { explainAny } from '../explained/explain-any';
import { AMOUNT_METRICS, DURATION_METRICS, type Window } from '../figures';
import { precedingWindow } from '../windows';
import { changeBetween, isChangeReal, type ComparableMetric } from './is-change-real';

const DAY = 24 * HOUR;
const WINDOW = { from: OPENED_AT, to: OPENED_AT + 30 * DAY };
const OPTIONS = { defaultBranch: 'main' };

/** Pull requests merged on the first days of a period, each after one of these numbers of hours. */
function merges(from: number, hours: readonly number[]): readonly PullRequestFacts[] {
  return hours.map((each, place) => {
    const mergedAt = from + place * HOUR;
    return aPullRequest({ id: from + place, openedAt: mergedAt - each * HOUR, mergedAt });
  });
}

function timeToMerge(before: readonly number[], after: readonly number[]) {
  const facts = [...merges(precedingWindow(WINDOW).from, before), ...merges(WINDOW.from, after)];
  return isChangeReal('time_to_merge', facts, WINDOW, OPTIONS);
}

it('calls a change what lies beyond chance', () => {
  const change = timeToMerge([40, 41, 42, 43, 44, 45, 46], [10, 11, 12, 13, 14, 15, 16]);
  expect(change.medians?.difference).toBe(-30 * HOUR);
  expect(change.medians?.high).toBeLessThan(0);
  expect(change.isChange).toBe(true);
  // Complete separation of 7 and 7: u = 0, z = (24.5 - 0.5) / sqrt(49 * 15 / 12) = 3.0667.
  expect(change.pValue).toBeCloseTo(0.002165, 5);
});

it('calls no change what the interval allows to be none', () => {
  const change = timeToMerge([5, 10, 20, 40, 80], [6, 9, 30, 35, 90]);
  expect(change.medians?.difference).toBe(10 * HOUR);
  expect(change.medians?.low).toBeLessThanOrEqual(0);
  expect(change.medians?.high).toBeGreaterThanOrEqual(0);
  expect(change.isChange).toBe(false);
});

it.each([
  [
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ],
  [
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4],
  ],
  [[], []],
])('concludes nothing from fewer than five values: %j and %j', (before, after) => {
  const change = timeToMerge(before, after);
  expect(change).toMatchObject({ medians: null, pValue: null, isChange: null });
  expect([change.before.n, change.after.n]).toEqual([before.length, after.length]);
});

it('rounds seconds to whole ones, and decides on them', () => {
  const from = precedingWindow(WINDOW).from;
  const seconds = (start: number, values: readonly number[]): readonly PullRequestFacts[] =>
    values.map((value, id) =>
      aPullRequest({ id: start + id, openedAt: start + 900 - value, mergedAt: start + 900 }),
    );
  const facts = [...seconds(from, [2, 2, 2, 3, 3, 3]), ...seconds(WINDOW.from, [2, 2, 2, 2, 2, 2])];
  const { medians, isChange } = isChangeReal('time_to_merge', facts, WINDOW, OPTIONS);
  // The medians differ by -0.5 s, which is shown as 0.
  expect(medians).toEqual({ difference: 0, low: -1, high: 0 });
  expect(isChange).toBe(false);
});

/** A figure and its values, from what is listed behind it. */
function listed(metric: ComparableMetric, facts: readonly PullRequestFacts[], window: Window) {
  const known = { pullRequests: facts, deployments: [], pipelines: [], pushes: [], tags: [] };
  const { figure, items } = explainAny(metric, known, window, window.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
  return { figure, values: items.map(({ value }) => value) };
}

it('is the same from whatever is listed behind its two figures, in any order of facts', () => {
  const metric = fc.constantFrom(...DURATION_METRICS, ...AMOUNT_METRICS);
  const window = { from: OPENED_AT - 20 * DAY, to: OPENED_AT + 60 * DAY };
  fc.assert(
    fc.property(metric, severalFacts(60), (each, facts) => {
      const change = isChangeReal(each, facts, window, OPTIONS);
      const before = listed(each, facts, precedingWindow(window));
      const after = listed(each, facts, window);
      expect([change.before, change.after]).toEqual([before.figure, after.figure]);
      const again = changeBetween(
        { figure: change.before, values: before.values },
        { figure: change.after, values: after.values.toReversed() },
      );
      expect(again).toEqual(change);
      expect(isChangeReal(each, facts.toReversed(), window, OPTIONS)).toEqual(change);
      if (change.medians !== null) {
        const { low, high } = change.medians;
        expect(change.isChange).toBe(!(low <= 0 && 0 <= high));
      }
    }),
    { numRuns: 40 },
  );
});
