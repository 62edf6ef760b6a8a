import fc from 'fast-check';
import { anOpenPullRequest, aPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { shareBelow, standingsOf, type Standing, type StandingMetric } from './pull-request-standing';

const NOW = OPENED_AT + 50 * HOUR;
const WINDOW = { from: OPENED_AT - 90 * 24 * HOUR, to: NOW };
const OPTIONS = { defaultBranch: 'main' };

/** Merged after so many hours, reviewed after half of them, written in twice as many. */
const merge = (id: number, hours: number): PullRequestFacts =>
  aPullRequest({
    id,
    mergedAt: OPENED_AT + hours * HOUR,
    reviews: [review('comment', hours / 2)],
    commitAuthoredAt: [OPENED_AT - 2 * hours * HOUR],
  });

const MERGES = [2, 4, 6, 8, 10, 12, 14, 16].map((hours, place) => merge(place + 1, hours));

const standing = (
  metric: StandingMetric,
  facts: PullRequestFacts,
  all: readonly PullRequestFacts[] = MERGES,
): Standing | undefined =>
  standingsOf(facts, [...all, facts], WINDOW, NOW, OPTIONS).find((each) => each.metric === metric);

describe('the share of values below', () => {
  // The examples of SciPy's documentation of `percentileofscore`, kind='strict'.
  it.each([
    [[1, 2, 3, 3, 4], 3, 0.4],
    [[1, 2, 3, 4, 5], 3, 0.4],
    [[1, 2, 3, 4, 5], 0, 0],
    [[1, 2, 3, 4, 5], 1, 0],
    [[1, 2, 3, 4, 5], 6, 1],
    [[5, 1, 4, 2, 3], 4.5, 0.8],
    [[7, 7, 7, 7, 7], 7, 0],
    [[1, 2, 3, 4], 3, null],
    [[], 3, null],
  ])('of %j below %f is %f', (values, value, share) => {
    expect(shareBelow(values, value)).toBe(share);
  });

  it('never falls as the value grows', () => {
    const values = fc.array(fc.nat(50), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.nat(60), fc.nat(20), (all, value, more) => {
        expect(shareBelow(all, value + more)).toBeGreaterThanOrEqual(shareBelow(all, value) ?? 1);
      }),
    );
  });
});

it('ranks each duration of a merge among the other merges', () => {
  const facts = merge(9, 11);
  const rows = standingsOf(facts, [...MERGES, facts], WINDOW, NOW, OPTIONS);
  // 2, 4, 6, 8 and 10 of the eight others are less, in each of them.
  expect(rows).toEqual([
    { metric: 'time_to_open', seconds: 22 * HOUR, isRunning: false, others: 8, longerThan: 5 / 8 },
    { metric: 'time_to_first_review', seconds: 5.5 * HOUR, isRunning: false, others: 8, longerThan: 5 / 8 },
    { metric: 'review_time', seconds: 5.5 * HOUR, isRunning: false, others: 8, longerThan: 5 / 8 },
    { metric: 'time_to_merge', seconds: 11 * HOUR, isRunning: false, others: 8, longerThan: 5 / 8 },
  ]);
});

it('counts neither itself nor equal ones', () => {
  expect(standing('time_to_merge', merge(9, 16))).toMatchObject({ others: 8, longerThan: 7 / 8 });
  // The store has it too, and perhaps as it was a moment ago.
  expect(standing('time_to_merge', merge(8, 15))).toMatchObject({ others: 7, longerThan: 1 });
});

it('compares the age of an open one with the time to merge, and its wait with the time to first review', () => {
  const waiting = anOpenPullRequest({ id: 9, openedAt: NOW - 5 * HOUR });
  expect(standing('time_to_merge', waiting)).toMatchObject({
    seconds: 5 * HOUR,
    isRunning: true,
    longerThan: 2 / 8,
  });
  // Reviewed after 1, 2, 3, 4, 5, … hours.
  expect(standing('time_to_first_review', waiting)).toMatchObject({
    seconds: 5 * HOUR,
    isRunning: true,
    longerThan: 4 / 8,
  });
  expect(standing('review_time', waiting)).toMatchObject({ seconds: null, others: 8, longerThan: null });
});

it('lets the review of an open one run, and its first review stand', () => {
  const reviewed = anOpenPullRequest({
    id: 9,
    openedAt: NOW - 9 * HOUR,
    reviews: [{ ...review('comment', 0), at: NOW - 3 * HOUR }],
  });
  expect(standing('time_to_first_review', reviewed)).toMatchObject({
    seconds: 6 * HOUR,
    isRunning: false,
    longerThan: 5 / 8,
  });
  expect(standing('review_time', reviewed)).toMatchObject({
    seconds: 3 * HOUR,
    isRunning: true,
    longerThan: 2 / 8,
  });
});

it('does not wait for the first review of a draft, nor of one whose activity is not read', () => {
  const draft = anOpenPullRequest({ id: 9, draft: true });
  expect(standing('time_to_first_review', draft)).toMatchObject({ seconds: null, isRunning: false });
  const unread = anOpenPullRequest({
    id: 9,
    coverage: { activity: false, commits: false, diffstat: false },
  });
  expect(standing('time_to_first_review', unread)).toMatchObject({ seconds: null });
  expect(standing('time_to_open', unread)).toMatchObject({ seconds: null });
  expect(standing('time_to_merge', unread)).toMatchObject({ seconds: 50 * HOUR, longerThan: 1 });
});

it('has no percentile below five merges, and only a coding time where nothing dates the closing', () => {
  expect(standing('time_to_merge', merge(9, 11), MERGES.slice(0, 4))).toMatchObject({
    seconds: 11 * HOUR,
    others: 4,
    longerThan: null,
  });
  const undated = aPullRequest({
    id: 9,
    state: 'DECLINED',
    mergedAt: null,
    closedAt: null,
    commitAuthoredAt: [OPENED_AT - 3 * HOUR],
  });
  expect(standing('time_to_open', undated)).toMatchObject({ seconds: 3 * HOUR, longerThan: 0 });
  expect(standing('time_to_merge', undated)).toMatchObject({ seconds: null });
});

it('leaves bots and what was merged before the window out of the comparison', () => {
  const bot = { ...merge(20, 1), authorIsBot: true };
  const old = { ...merge(21, 1), mergedAt: WINDOW.from - 1 };
  expect(standing('time_to_merge', merge(9, 11), [...MERGES, bot, old])).toMatchObject({ others: 8 });
});
