import fc from 'fast-check';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../../facts/testing';
import { censusAt, phaseInstants, phaseStays, type PhaseStay } from './phase-stays';

const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

/** Phase, begin, end and merge of each stay, in hours after the opening. */
function stays(facts: PullRequestFacts, hours: number): readonly unknown[] {
  const since = (instant: number | null): number | null =>
    instant === null ? null : (instant - OPENED_AT) / HOUR;
  return phaseStays(phaseInstants([facts], OPTIONS), at(hours)).map(({ phase, from, to, mergedAt }) => [
    phase,
    since(from),
    since(to),
    since(mergedAt),
  ]);
}

describe('the phases of a pull request reviewed after 2 hours, approved after 5, merged after 24', () => {
  const facts = aPullRequest({
    reviews: [review('comment', 2), review('approval', 5), review('comment', 6)],
  });

  it.each([
    [-1, []],
    [1, [['open', 0, null, null]]],
    [
      2,
      [
        ['open', 0, 2, null],
        ['reviewed', 2, null, null],
      ],
    ],
    [
      23,
      [
        ['open', 0, 2, null],
        ['reviewed', 2, 5, null],
        ['approved', 5, null, null],
      ],
    ],
    [
      24,
      [
        ['open', 0, 2, 24],
        ['reviewed', 2, 5, 24],
        ['approved', 5, 24, 24],
      ],
    ],
  ])('as known after %d hours', (hours, expected) => {
    expect(stays(facts, hours)).toEqual(expected);
  });
});

it('goes from open to approved where the first review approves', () => {
  expect(stays(anOpenPullRequest({ reviews: [review('approval', 3)] }), 9)).toEqual([
    ['open', 0, 3, null],
    ['approved', 3, null, null],
  ]);
});

it('ends the last phase with a decline, which is no merge', () => {
  const declined = aPullRequest({ state: 'DECLINED', mergedAt: null, closedAt: at(7) });
  expect(stays(declined, 6)).toEqual([['open', 0, null, null]]);
  expect(stays(declined, 8)).toEqual([['open', 0, 7, null]]);
});

it.each([
  ['a draft', anOpenPullRequest({ draft: true })],
  ['one closed nobody knows when', aPullRequest({ mergedAt: null, closedAt: null })],
  [
    'one whose activity was not read',
    aPullRequest({ coverage: { activity: false, commits: true, diffstat: true } }),
  ],
  ["a bot's", aPullRequest({ authorIsBot: true })],
])('leaves out %s', (_, facts) => {
  expect(stays(facts, 9)).toEqual([]);
});

it('takes bots in where the viewer does', () => {
  const options = { ...OPTIONS, includeBots: true };
  expect(phaseStays(phaseInstants([aPullRequest({ authorIsBot: true })], options), at(9))).toHaveLength(1);
});

it('shows what was known then: whatever came later makes no difference', () => {
  fc.assert(
    fc.property(severalFacts(), fc.integer({ min: -60 * 24, max: 90 * 24 }), (facts, hours) => {
      const then = facts.flatMap((each) => asOf(each, at(hours)));
      expect(phaseStays(phaseInstants(facts, OPTIONS), at(hours))).toEqual(
        phaseStays(phaseInstants(then, OPTIONS), at(hours)),
      );
    }),
  );
});

it('counts one as open until the second before it is merged', () => {
  const facts = [aPullRequest({ id: 7 })];
  expect(censusAt(phaseInstants(facts, OPTIONS), at(24) - 1)).toEqual({ openIds: [7], merged: 0 });
  expect(censusAt(phaseInstants(facts, OPTIONS), at(24))).toEqual({ openIds: [], merged: 1 });
});

it('counts in its census whom the stays show open, and whom they show merged', () => {
  fc.assert(
    fc.property(severalFacts(), fc.integer({ min: -60 * 24, max: 90 * 24 }), (facts, hours) => {
      const all = phaseStays(phaseInstants(facts, OPTIONS), at(hours));
      const idsOf = (isOne: (stay: PhaseStay) => boolean): readonly number[] =>
        [...new Set(all.filter(isOne).map(({ id }) => id))].sort((a, b) => a - b);
      expect(censusAt(phaseInstants(facts, OPTIONS), at(hours))).toEqual({
        openIds: idsOf(({ to }) => to === null),
        merged: idsOf(({ mergedAt }) => mergedAt !== null).length,
      });
    }),
  );
});

/** The facts as they would have been derived at an instant; none before the opening. */
function asOf(facts: PullRequestFacts, instant: number): readonly PullRequestFacts[] {
  if (facts.openedAt > instant) return [];
  const reviews = facts.reviews.filter((each) => each.at <= instant);
  const open = { state: 'OPEN', mergedAt: null, mergedAtSource: null, closedAt: null } as const;
  const closedLater = facts.closedAt !== null && facts.closedAt > instant;
  return [{ ...facts, reviews, ...(closedLater ? open : {}) }];
}
