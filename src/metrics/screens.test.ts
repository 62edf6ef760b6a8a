import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import { arbitraryFacts } from '../storage/testing';
import type { MergedFacts } from './population';
import { SPANS } from './pull-request-values';
import { stageFigures, stagesOf } from './stages';
import { timeToMergeBars } from './time-to-merge-histogram';
import { weeklyTrend } from './weekly-trend';
import { precedingWindow, SECONDS_A_DAY, windowEndingAt } from './windows';
import { workInProgress } from './work-in-progress';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

describe('windows', () => {
  it('end at now and follow each other without a gap', () => {
    const window = windowEndingAt(1_000_000_000, 90);
    expect(window).toEqual({ from: 1_000_000_000 - 90 * 86_400, to: 1_000_000_000 });
    expect(precedingWindow(window)).toEqual({ from: window.from - 90 * 86_400, to: window.from });
  });
});

describe('stages', () => {
  it('sum to the cycle time for every pull request', () => {
    /** As the derivation gives them: reviews between opening and merge, ascending. */
    const plausible = arbitraryFacts.map((facts): MergedFacts => {
      const mergedAt = Math.max(facts.openedAt, facts.mergedAt ?? facts.openedAt);
      return {
        ...facts,
        mergedAt,
        commitAuthoredAt: facts.commitAuthoredAt.toSorted((a, b) => a - b),
        reviews: facts.reviews
          .map((each) => ({ ...each, at: Math.min(Math.max(each.at, facts.openedAt), mergedAt) }))
          .toSorted((a, b) => a.at - b.at),
        coverage: { activity: true, commits: true, diffstat: false },
      };
    });
    fc.assert(
      fc.property(plausible, (facts) => {
        const stages = Object.values(stagesOf(facts) ?? {});
        const cycle = SPANS.cycle_time(facts);
        expect(stages.reduce((sum, seconds) => sum + seconds, 0)).toBe(
          Number(cycle?.to.at) - Number(cycle?.from.at),
        );
        expect(Math.min(...stages)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are shares of all cycle time', () => {
    const facts = [
      aPullRequest({ commitAuthoredAt: [at(-6)], reviews: [review('comment', 4), review('approval', 10)] }),
      aPullRequest({ id: 2, mergedAt: at(20) }),
    ];
    const stages = stageFigures(facts, WINDOW, OPTIONS);
    expect(stages.map(({ stage, total, share }) => [stage, total / HOUR, share])).toEqual([
      ['coding', 6, 0.12],
      ['pickup', 4, 0.08],
      ['review', 6, 0.12],
      ['merge_wait', 14, 0.28],
      ['unreviewed', 20, 0.4],
    ]);
  });

  it('have no share where nothing was merged', () => {
    expect(stageFigures([], WINDOW, OPTIONS).every(({ share }) => share === null)).toBe(true);
  });
});

describe('the weekly trend', () => {
  it('begins weeks on Monday 00:00 UTC, quiet ones included, and counts only what lies in the window', () => {
    const monday = Date.UTC(2026, 5, 1) / 1000;
    const window = { from: monday + 2 * SECONDS_A_DAY, to: monday + 16 * SECONDS_A_DAY };
    const merged = (id: number, day: number) =>
      aPullRequest({
        id,
        openedAt: monday + day * SECONDS_A_DAY - HOUR,
        mergedAt: monday + day * SECONDS_A_DAY,
      });
    const weeks = weeklyTrend([merged(1, 1), merged(2, 3), merged(3, 15)], window, OPTIONS);
    expect(weeks.map((week) => [(week.from - monday) / SECONDS_A_DAY, week.merged, week.opened])).toEqual([
      [0, 1, 1],
      [7, 0, 0],
      [14, 1, 1],
    ]);
    expect(weeks[1]?.timeToMerge.p50).toBeNull();
  });
});

it('puts every merge into one bar of the histogram', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 * SECONDS_A_DAY }), { maxLength: 40 }),
      (durations) => {
        const facts = durations.map((seconds, id) =>
          aPullRequest({ id, openedAt: WINDOW.to - 1 - seconds, mergedAt: WINDOW.to - 1 }),
        );
        const bars = timeToMergeBars(facts, WINDOW, OPTIONS);
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(durations.length);
        expect(bars.every((bar, place) => bar.to === (bars[place + 1]?.from ?? null))).toBe(true);
      },
    ),
  );
});

describe('work in progress', () => {
  const now = at(10 * 24);

  it('tells phase, on whom each waits, and what is stale', () => {
    const { pullRequests, byPhase, stale } = workInProgress(
      [
        anOpenPullRequest({ id: 1, draft: true, lastActivityAt: at(9 * 24) }),
        anOpenPullRequest({ id: 2, lastActivityAt: at(0) }),
        anOpenPullRequest({ id: 3, reviews: [review('comment', 5)], lastActivityAt: at(9 * 24) }),
        anOpenPullRequest({
          id: 4,
          reviews: [review('changes_requested', 5)],
          lastAuthorActivityAt: at(8),
          lastActivityAt: at(9 * 24),
        }),
        anOpenPullRequest({ id: 5, reviews: [review('approval', 6)], lastActivityAt: at(9 * 24) }),
        anOpenPullRequest({ id: 6, authorIsBot: true }),
        aPullRequest({ id: 7 }),
      ],
      now,
      OPTIONS,
    );
    expect(byPhase).toEqual({ draft: 1, open: 1, reviewed: 2, approved: 1 });
    expect(pullRequests.map(({ id, waitingOn }) => [id, waitingOn])).toEqual([
      [1, 'author'],
      [2, 'reviewers'],
      [3, 'author'],
      [4, 'reviewers'],
      [5, 'author'],
    ]);
    expect(stale).toBe(1);
  });

  it('compares ages with the 85th percentile of recent merges, from five merges on', () => {
    const merges = [1, 2, 3, 4, 5].map((days, id) => aPullRequest({ id: 10 + id, mergedAt: at(days * 24) }));
    const open = anOpenPullRequest({ id: 1, openedAt: now - 5 * SECONDS_A_DAY });
    expect(workInProgress([...merges, open], now, OPTIONS)).toMatchObject({
      p85Seconds: Math.round(4.4 * SECONDS_A_DAY),
      overP85: 1,
    });
    expect(workInProgress([...merges.slice(1), open], now, OPTIONS)).toMatchObject({
      p85Seconds: null,
      overP85: 0,
    });
  });
});
