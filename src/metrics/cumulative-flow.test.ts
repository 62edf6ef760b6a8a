import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { cumulativeFlow, flowIn, openCountsAt, openWorkAt } from './cumulative-flow';
import { PHASES } from './figures';
import { SECONDS_A_DAY } from './windows';
import { workInProgress } from './work-in-progress';

const OPTIONS = { defaultBranch: 'main' };
/** The day of `OPENED_AT`, which is nine o'clock. */
const MONDAY = OPENED_AT - 9 * HOUR;
const onDay = (days: number): number => MONDAY + days * SECONDS_A_DAY;
const DECLINED = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;

/** Of each day: draft, open, reviewed, approved; opened and closed so far. */
function flowOf(
  facts: readonly PullRequestFacts[],
  from: number,
  to: number,
): readonly (readonly number[])[] {
  const { days } = cumulativeFlow(facts, { from: onDay(from), to: onDay(to) }, OPTIONS);
  return days.map(({ byPhase, opened, closed }) => [
    ...PHASES.map((phase) => byPhase[phase]),
    opened,
    closed,
  ]);
}

it('follows a pull request through its phases, day by day', () => {
  const facts = aPullRequest({
    reviews: [review('comment', 24), review('comment', 25), review('approval', 48)],
    mergedAt: OPENED_AT + 72 * HOUR,
    closedAt: OPENED_AT + 72 * HOUR,
  });
  expect(flowOf([facts], -1, 5)).toEqual([
    [0, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 1, 0],
    [0, 0, 1, 0, 1, 0],
    [0, 0, 0, 1, 1, 0],
    [0, 0, 0, 0, 1, 1],
    [0, 0, 0, 0, 1, 1],
  ]);
});

it('puts what happens at midnight into the day that begins', () => {
  const openedAt = onDay(1);
  const facts = aPullRequest({
    openedAt,
    reviews: [{ ...review('approval', 0), at: onDay(2) }],
    mergedAt: onDay(3),
  });
  expect(flowOf([facts], 0, 4)).toEqual([
    [0, 0, 0, 0, 0, 0],
    [0, 1, 0, 0, 1, 0],
    [0, 0, 0, 1, 1, 0],
    [0, 0, 0, 0, 1, 1],
  ]);
});

it('begins and ends with the window, whose parts of days are days', () => {
  const window = { from: onDay(0) + HOUR, to: onDay(1) + 2 * HOUR };
  const { days, openAtStart } = cumulativeFlow([anOpenPullRequest({ openedAt: onDay(0) })], window, OPTIONS);
  expect(days.map(({ day, at }) => [day, at])).toEqual([
    [onDay(0), onDay(1)],
    [onDay(1), onDay(1) + 2 * HOUR],
  ]);
  expect([openAtStart, days[0]?.opened]).toEqual([1, 0]);
});

it.each([
  [0, 0],
  [0.5, 0.5],
  [1, 0],
])('has no days from day %d to day %d', (from, to) => {
  expect(flowOf([anOpenPullRequest()], from, to)).toEqual([]);
});

it('keeps what is a draft apart, and lets declines leave', () => {
  const facts = [
    anOpenPullRequest({ draft: true, reviews: [review('approval', 1)] }),
    aPullRequest({ ...DECLINED, id: 2, closedAt: onDay(1) }),
    anOpenPullRequest({ id: 3, authorIsBot: true }),
  ];
  expect(flowOf(facts, 0, 2)).toEqual([
    [1, 1, 0, 0, 2, 0],
    [1, 0, 0, 0, 2, 1],
  ]);
});

it('tells of what is nowhere in the diagram, and of what it can only half place', () => {
  const facts = [
    aPullRequest({ ...DECLINED, closedAt: null }),
    aPullRequest({ ...DECLINED, id: 2, closedAt: null, openedAt: onDay(9) }),
    anOpenPullRequest({ id: 3, coverage: { activity: false, commits: true, diffstat: true } }),
  ];
  const { days, leftOut } = cumulativeFlow(facts, { from: onDay(0), to: onDay(2) }, OPTIONS);
  expect(leftOut).toBe(1);
  expect(days.map(({ activityUnread }) => activityUnread)).toEqual([1, 1]);
});

it('gives no time to a merge that is dated before the opening', () => {
  expect(flowOf([aPullRequest({ mergedAt: onDay(-1) })], -2, 1)).toEqual([
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 1],
  ]);
});

const instant = fc.integer({ min: OPENED_AT - 70 * SECONDS_A_DAY, max: OPENED_AT + 70 * SECONDS_A_DAY });
const length = fc.integer({ min: 1, max: 40 * SECONDS_A_DAY });

it('holds on every day what was open, plus what came, minus what went, and these never fall', () => {
  fc.assert(
    fc.property(severalFacts(), instant, length, (facts, from, seconds) => {
      const { openAtStart, days } = cumulativeFlow(facts, { from, to: from + seconds }, OPTIONS);
      for (const [place, { byPhase, opened, closed }] of days.entries()) {
        const open = Object.values(byPhase).reduce((sum, count) => sum + count, 0);
        expect(open).toBe(openAtStart + opened - closed);
        const before = days[place - 1] ?? { opened: 0, closed: 0 };
        expect(opened >= before.opened && closed >= before.closed).toBe(true);
      }
    }),
  );
});

it('counts at each instant what was open just before it', () => {
  const facts = [aPullRequest(), anOpenPullRequest({ id: 2, openedAt: OPENED_AT + HOUR })];
  const hours = [0, 1, 24, 25];
  const around = hours.flatMap((hour) => [OPENED_AT + hour * HOUR, OPENED_AT + hour * HOUR + 1]);
  expect(openCountsAt(facts, around, OPTIONS)).toEqual([0, 1, 1, 2, 2, 1, 1, 1]);
});

it('can be reckoned again from what was open at the end of a day, and what came and went until then', () => {
  fc.assert(
    fc.property(severalFacts(), instant, length, (facts, from, seconds) => {
      const { openAtStart, days } = cumulativeFlow(facts, { from, to: from + seconds }, OPTIONS);
      expect(openWorkAt(facts, from, OPTIONS)).toHaveLength(openAtStart);
      const instants = days.map(({ at }) => at);
      expect(openCountsAt(facts, instants, OPTIONS)).toEqual(
        instants.map((at) => openWorkAt(facts, at, OPTIONS).length),
      );
      for (const { at, byPhase, activityUnread, opened, closed } of days) {
        const work = openWorkAt(facts, at, OPTIONS);
        const flow = flowIn(facts, { from, to: at }, OPTIONS);
        for (const phase of PHASES)
          expect(work.filter((each) => each.phase === phase)).toHaveLength(byPhase[phase]);
        expect(work.filter(({ activityRead }) => !activityRead)).toHaveLength(activityUnread);
        expect([flow.opened.length, flow.closed.length]).toEqual([opened, closed]);
      }
    }),
    { numRuns: 30 },
  );
});

it('ends with the work in progress, by phase', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const now = OPENED_AT + 365 * SECONDS_A_DAY;
      const { days } = cumulativeFlow(facts, { from: now - SECONDS_A_DAY, to: now }, OPTIONS);
      expect(days.at(-1)?.byPhase).toEqual(workInProgress(facts, now, OPTIONS).byPhase);
      expect(
        cumulativeFlow(facts.toReversed(), { from: now - SECONDS_A_DAY, to: now }, OPTIONS).days,
      ).toEqual(days);
    }),
  );
});
