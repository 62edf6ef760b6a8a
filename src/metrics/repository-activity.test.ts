import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { activityEvidence, repositoryActivity, type PushCount } from './repository-activity';
import { isWithin, SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT, to: OPENED_AT + 10 * SECONDS_A_DAY };
const UNREAD = { activity: false, commits: true, diffstat: true };
const at = (hours: number): number => OPENED_AT + hours * HOUR;
const BEFORE = at(-100);

const evidenceOf = (facts: readonly PullRequestFacts[], pushes: readonly PushCount[] | null = null) =>
  activityEvidence(facts, pushes, WINDOW, OPTIONS);
const activityOf = (...facts: readonly PullRequestFacts[]) => repositoryActivity(evidenceOf(facts));

describe('an active author', () => {
  it.each([
    ['opened a pull request in the window', { openedAt: at(1), mergedAt: at(900) }, 1],
    ['had one merged in it', { openedAt: BEFORE, mergedAt: at(1) }, 1],
    ['is not whose was open all through it', { openedAt: BEFORE, mergedAt: at(900) }, 0],
    [
      'is not whose was declined in it',
      { state: 'DECLINED', openedAt: BEFORE, mergedAt: null, closedAt: at(1) },
      0,
    ],
    ['is no bot', { authorIsBot: true }, 0],
    ['is no account that is gone', { authorId: null }, 0],
  ] as const)('%s', (_, overrides, expected) => {
    expect(activityOf(aPullRequest(overrides)).activeAuthors).toBe(expected);
  });

  it('is counted once, also when bots are switched in, and these never', () => {
    const facts = [
      aPullRequest(),
      aPullRequest({ id: 2 }),
      aPullRequest({ id: 3, authorId: 'bot', authorIsBot: true }),
    ];
    const evidence = activityEvidence(facts, null, WINDOW, { ...OPTIONS, includeBots: true });
    expect(evidence.authors.map(({ personId }) => personId)).toEqual(['author']);
  });
});

describe('an active reviewer', () => {
  it('reviewed in the window, on whatever pull request', () => {
    const evidence = evidenceOf([
      aPullRequest({ openedAt: BEFORE, mergedAt: at(1), reviews: [{ ...review('comment', -50, 'early') }] }),
      anOpenPullRequest({ id: 2, reviews: [review('comment', 1, 'ann'), review('approval', 2, 'ann')] }),
      anOpenPullRequest({ id: 3, reviews: [review('approval', 240, 'late')] }),
    ]);
    expect(evidence.reviewers).toEqual([
      {
        personId: 'ann',
        acts: [
          { pullRequest: 2, name: 'reviewedAt', at: at(1) },
          { pullRequest: 2, name: 'reviewedAt', at: at(2) },
        ],
      },
    ]);
  });

  it('is not known where no activity was read, and told to be partly known where some was', () => {
    const unread = aPullRequest({ reviews: [review('approval', 1)], coverage: UNREAD });
    const read = aPullRequest({ id: 2, reviews: [review('approval', 1, 'ann')] });
    expect(activityOf(unread).activeReviewers).toBeNull();
    expect(activityOf(unread, read).activeReviewers).toBe(1);
    expect(evidenceOf([unread, read])).toMatchObject({ pullRequests: 2, leftOut: 1 });
    expect(activityOf().activeReviewers).toBe(0);
  });

  it('does not depend on what was over before the window, or opened after it', () => {
    const over = aPullRequest({ openedAt: BEFORE, mergedAt: at(-1), coverage: UNREAD });
    const later = anOpenPullRequest({ id: 2, openedAt: WINDOW.to, coverage: UNREAD });
    expect(evidenceOf([over, later])).toMatchObject({ pullRequests: 0, leftOut: 0 });
    expect(activityOf(over, later).activeReviewers).toBe(0);
  });
});

describe('pushes and their commits', () => {
  it.each([
    ['were not read', null, [null, null, null]],
    ['were none', [], [0, 0, 0]],
    [
      'lie in the window',
      [
        { at: at(-1), commits: 9 },
        { at: at(0), commits: 2 },
        { at: at(240), commits: 9 },
      ],
      [1, 2, 0],
    ],
    [
      'have numbers but for one',
      [
        { at: at(1), commits: 2 },
        { at: at(2), commits: null },
        { at: at(3), commits: 0 },
      ],
      [3, 2, 1],
    ],
    ['have no known number', [{ at: at(1), commits: null }], [1, null, 1]],
  ])('%s', (_, pushes, expected) => {
    const figures = repositoryActivity(evidenceOf([], pushes));
    expect([figures.pushes, figures.commits, figures.pushesWithoutCommits]).toEqual(expected);
  });
});

it('can be reckoned again from the acts it lists, which are all there are', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const evidence = evidenceOf(facts);
      const people = facts.filter(({ authorIsBot }) => !authorIsBot);
      const authors = people.filter(
        ({ openedAt, mergedAt }) => isWithin(WINDOW, openedAt) || isWithin(WINDOW, mergedAt),
      );
      const reviews = people.flatMap(({ coverage, reviews: own }) => (coverage.activity ? own : []));
      const reviewers = reviews.filter((each) => isWithin(WINDOW, each.at));
      const idsOf = (ids: readonly (string | null)[]): string[] =>
        [...new Set(ids)].flatMap((id) => id ?? []).sort();
      expect(evidence.authors.map(({ personId }) => personId)).toEqual(
        idsOf(authors.map(({ authorId }) => authorId)),
      );
      expect(evidence.reviewers.map(({ personId }) => personId)).toEqual(
        idsOf(reviewers.map(({ actorId }) => actorId)),
      );
      for (const { acts } of [...evidence.authors, ...evidence.reviewers]) {
        expect(acts.length).toBeGreaterThan(0);
        expect(acts.every((act) => isWithin(WINDOW, act.at))).toBe(true);
      }
      expect(evidenceOf(facts.toReversed())).toEqual(evidence);
    }),
  );
});
