import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { pullRequestFigures } from './pull-request-figures';
import { summariseFigures, summarySince, SUMMARY_WEEKS } from './repository-summary';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const NOW = OPENED_AT + 200 * SECONDS_A_DAY;

/** Merged so many days before now after so many hours; reviewed after half of them where it was. */
function merged(id: number, daysAgo: number, hours: number, isReviewed = true): PullRequestFacts {
  const mergedAt = NOW - daysAgo * SECONDS_A_DAY;
  const openedAt = mergedAt - hours * HOUR;
  const reviews = isReviewed ? [{ ...review('approval', 0), at: openedAt + (hours / 2) * HOUR }] : [];
  return aPullRequest({ id, openedAt, mergedAt, reviews });
}

it('compares the last 90 days with the 90 before', () => {
  const facts = [
    merged(1, 1, 2),
    merged(2, 20, 4),
    merged(3, 89, 8, false),
    merged(4, 91, 20),
    merged(5, 179, 40, false),
    merged(6, 181, 1_000),
  ];
  const { figures, previousFigures, isChange } = summariseFigures(facts, NOW, OPTIONS);
  expect(figures).toEqual({
    merged: 3,
    time_to_merge: { n: 3, p50: 4 * HOUR },
    time_to_first_review: { n: 2, p50: 1.5 * HOUR },
    unreviewed_merge_rate: { n: 3, value: 1 / 3 },
  });
  expect(previousFigures).toEqual({
    merged: 2,
    time_to_merge: { n: 2, p50: 30 * HOUR },
    time_to_first_review: { n: 1, p50: 10 * HOUR },
    unreviewed_merge_rate: { n: 2, value: 1 / 2 },
  });
  // Fewer than five values say nothing of a change.
  expect(isChange).toEqual({ time_to_merge: null, time_to_first_review: null });
});

it('tells a change of the medians from chance', () => {
  const slower = [10, 12, 14, 16, 18, 20].map((hours, index) => merged(index + 1, 10 + index, hours));
  const faster = [1, 1.2, 1.4, 1.6, 1.8, 2].map((hours, index) => merged(index + 7, 100 + index, hours));
  const alike = slower.map((facts, index) => ({
    ...facts,
    ...merged(index + 7, 100 + index, 10 + 2 * index),
  }));
  expect(summariseFigures([...slower, ...faster], NOW, OPTIONS).isChange).toEqual({
    time_to_merge: true,
    time_to_first_review: true,
  });
  expect(summariseFigures([...slower, ...alike], NOW, OPTIONS).isChange.time_to_merge).toBe(false);
});

it('counts the merges of 13 times 7 days, the last up to now', () => {
  const { mergesByWeek } = summariseFigures(
    [merged(1, 0.5, 1), merged(2, 6.9, 1), merged(3, 7.1, 1), merged(4, 90.9, 1), merged(5, 91.1, 1)],
    NOW,
    OPTIONS,
  );
  expect(mergesByWeek).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
});

it('counts what is open, and what is open for longer than 85 of 100 merges took', () => {
  const open = [3, 30].map((hours, index) =>
    anOpenPullRequest({ id: 90 + index, openedAt: NOW - hours * HOUR }),
  );
  const enough = [1, 2, 3, 4, 5].map((hours, index) => merged(index + 1, 100 + index, hours));
  expect(summariseFigures([...open, ...enough], NOW, OPTIONS)).toMatchObject({ open: 2, openOverP85: 1 });
  expect(summariseFigures([...open, ...enough.slice(1)], NOW, OPTIONS)).toMatchObject({
    open: 2,
    openOverP85: null,
  });
});

it('says the same of the facts that it asks for as of all, and the same as the figures of the window', () => {
  const instant = fc.integer({ min: OPENED_AT, max: OPENED_AT + 250 * SECONDS_A_DAY });
  fc.assert(
    fc.property(severalFacts(), instant, (facts, now) => {
      const summary = summariseFigures(facts, now, OPTIONS);
      const since = summarySince(now);
      const needed = facts.filter(({ closedAt }) => closedAt === null || closedAt >= since);
      expect(summariseFigures(needed, now, OPTIONS)).toEqual(summary);
      const window = { from: now - 90 * SECONDS_A_DAY, to: now };
      const figures = pullRequestFigures(facts, window, OPTIONS);
      expect(summary.figures.merged).toBe(figures.merged.value);
      expect(summary.figures.time_to_first_review.p50).toBe(figures.time_to_first_review.p50);
      expect(summary.mergesByWeek).toHaveLength(SUMMARY_WEEKS);
      // 91 days hold the window.
      expect(summary.mergesByWeek.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(
        summary.figures.merged,
      );
    }),
  );
});
