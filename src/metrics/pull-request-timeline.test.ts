import fc from 'fast-check';
import { anOpenPullRequest, aPullRequest, derivableFacts, HOUR, OPENED_AT, review } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { pullRequestTimeline } from './pull-request-timeline';
import { stagesOf } from './stages';
import { calendarTime } from './working-time';

const NOW = OPENED_AT + 100 * HOUR;

/** Stage, hours it took, and whether it goes on. */
const hours = (facts: PullRequestFacts): readonly (readonly [string, number, boolean])[] =>
  pullRequestTimeline(facts, NOW).stages.map(({ stage, seconds, isRunning }) => [
    stage,
    seconds / HOUR,
    isRunning,
  ]);

const WRITTEN = { commitAuthoredAt: [OPENED_AT - 5 * HOUR, OPENED_AT - HOUR] };

it('divides a merge as the figures do', () => {
  const reviews = [review('comment', 2), review('approval', 7), review('approval', 9)];
  const facts = aPullRequest({ ...WRITTEN, reviews });
  expect(hours(facts)).toEqual([
    ['coding', 5, false],
    ['pickup', 2, false],
    ['review', 7, false],
    ['merge_wait', 15, false],
  ]);
  expect(pullRequestTimeline(facts, NOW).instants).toEqual([
    { name: 'firstCommitAt', at: OPENED_AT - 5 * HOUR, source: 'commits' },
    { name: 'openedAt', at: OPENED_AT, source: 'pull request' },
    { name: 'firstReviewAt', at: OPENED_AT + 2 * HOUR, source: 'activity' },
    { name: 'firstApprovedAt', at: OPENED_AT + 7 * HOUR, source: 'activity' },
    { name: 'lastApprovedAt', at: OPENED_AT + 9 * HOUR, source: 'activity' },
    { name: 'mergedAt', at: OPENED_AT + 24 * HOUR, source: 'activity' },
  ]);
});

it.each([
  ['pickup', [], [['pickup', 100, true]]],
  [
    'review',
    [review('comment', 30)],
    [
      ['pickup', 30, false],
      ['review', 70, true],
    ],
  ],
  [
    'merge_wait',
    [review('comment', 30), review('approval', 60)],
    [
      ['pickup', 30, false],
      ['review', 30, false],
      ['merge_wait', 40, true],
    ],
  ],
])('lets %s run while it is open', (_, reviews, after) => {
  expect(hours(anOpenPullRequest({ ...WRITTEN, reviews }))).toEqual([['coding', 5, false], ...after]);
});

it('ends with the decline of one that nobody reviewed', () => {
  const facts = aPullRequest({
    state: 'DECLINED',
    mergedAt: null,
    closedAt: OPENED_AT + 8 * HOUR,
    ...WRITTEN,
  });
  expect(hours(facts)).toEqual([
    ['coding', 5, false],
    ['unreviewed', 8, false],
  ]);
  expect(pullRequestTimeline(facts, NOW).instants.at(-1)).toEqual({
    name: 'closedAt',
    at: OPENED_AT + 8 * HOUR,
    source: 'activity',
  });
});

it('shows what each answer tells while another is not read', () => {
  const coverage = { activity: true, commits: true, diffstat: false };
  // Without the activity only the verdicts of the participants are known: the first review may be another.
  const unread = { reviews: [review('approval', 6)], coverage: { ...coverage, activity: false } };
  expect(hours(aPullRequest({ ...WRITTEN, ...unread }))).toEqual([
    ['coding', 5, false],
    ['undivided', 24, false],
  ]);
  expect(hours(anOpenPullRequest({ ...WRITTEN, ...unread }))).toEqual([
    ['coding', 5, false],
    ['undivided', 100, true],
  ]);
  const withoutCommits = { reviews: [review('comment', 6)], coverage: { ...coverage, commits: false } };
  expect(hours(anOpenPullRequest(withoutCommits))).toEqual([
    ['pickup', 6, false],
    ['review', 94, true],
  ]);
});

it('knows nothing after the opening where nothing dates the closing', () => {
  const facts = aPullRequest({ ...WRITTEN, state: 'SUPERSEDED', mergedAt: null, closedAt: null });
  expect(hours(facts)).toEqual([['coding', 5, false]]);
  expect(hours({ ...facts, commitAuthoredAt: [] })).toEqual([]);
});

it('takes no negative time where the first commit came after the opening', () => {
  const facts = anOpenPullRequest({ commitAuthoredAt: [OPENED_AT + HOUR] });
  expect(hours(facts)).toEqual([
    ['coding', 0, false],
    ['pickup', 100, true],
  ]);
});

it('is without gaps, runs in its last stage only while it is open, and is a merge’s stages where it is merged', () => {
  fc.assert(
    fc.property(derivableFacts, fc.integer({ min: 0, max: 200 * 24 }), (facts, later) => {
      const now = facts.openedAt + later * HOUR;
      const { stages } = pullRequestTimeline(facts, now);
      for (const [place, { from, to, isRunning }] of stages.entries()) {
        expect(from).toBe(stages[place - 1]?.to ?? from);
        expect(isRunning).toBe(facts.state === 'OPEN' && place === stages.length - 1);
        if (isRunning) expect(to).toBe(now);
      }
      const { mergedAt, coverage } = facts;
      if (mergedAt === null || !coverage.activity || !coverage.commits) return;
      expect(Object.fromEntries(stages.map(({ stage, seconds }) => [stage, seconds]))).toEqual(
        stagesOf({ ...facts, mergedAt }, calendarTime),
      );
    }),
  );
});
