import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { aPullRequest, anOpenPullRequest, OPENED_AT, review, severalFacts } from '../facts/testing';
import { recountDifferences } from './recount';

const EVERYTHING = { activity: true, commits: true, diffstat: true };

it('finds nothing different between equal readings, whatever their order', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const reordered = facts.toReversed().map((each) => {
        // Properties in another order, as a stored record may come back.
        const copy = Object.fromEntries(Object.entries(structuredClone(each)).reverse());
        return copy as unknown as PullRequestFacts;
      });
      expect(recountDifferences(facts, reordered)).toEqual([]);
    }),
  );
});

it('lists every difference by pull request and fact, with what was held and what was read', () => {
  const held = [anOpenPullRequest({ id: 7, reviews: [review('comment', 2)] }), aPullRequest({ id: 3 })];
  const read = [
    aPullRequest({ id: 3, closedById: 'other' }),
    aPullRequest({
      id: 7,
      reviews: [review('comment', 2), review('approval', 5)],
      lastActivityAt: OPENED_AT,
    }),
  ];
  const differences = recountDifferences(held, read);
  expect(differences.map(({ pullRequest, fact }) => [pullRequest, fact])).toEqual([
    [3, 'closedById'],
    [7, 'closedAt'],
    [7, 'closedById'],
    [7, 'mergedAt'],
    [7, 'mergedAtSource'],
    [7, 'reviews'],
    [7, 'state'],
  ]);
  expect(differences[0]).toEqual({ pullRequest: 3, fact: 'closedById', before: 'merger', after: 'other' });
  expect(differences.at(-1)).toEqual({ pullRequest: 7, fact: 'state', before: 'OPEN', after: 'MERGED' });
});

it.each([
  ['another instant', [{ ...review('comment', 2), at: OPENED_AT }]],
  ['another person', [review('comment', 2, 'other')]],
  ['one more', [review('comment', 2), review('comment', 3)]],
  ['none', []],
])('looks into reviews: %s', (_, reviews) => {
  const held = aPullRequest({ reviews: [review('comment', 2)] });
  expect(recountDifferences([held], [{ ...held, reviews }])).toEqual([
    { pullRequest: 1, fact: 'reviews', before: held.reviews, after: reviews },
  ]);
});

it('does not list words of a branch that an earlier version did not keep', () => {
  const held = aPullRequest({ branchWords: [], branchKind: 'other' });
  const read = aPullRequest({ branchWords: [1, 2], branchKind: 'hotfix' });
  expect(recountDifferences([held], [read]).map(({ fact }) => fact)).toEqual(['branchKind']);
});

it('leaves withdrawn approvals to the events that alone know them', () => {
  const held = aPullRequest({ withdrawnApprovals: 2 });
  expect(recountDifferences([held], [aPullRequest({ withdrawnApprovals: 0 })])).toEqual([]);
});

it('tells of a pull request that one reading does not have', () => {
  expect(recountDifferences([], [aPullRequest({ id: 5 })])).toEqual([
    { pullRequest: 5, fact: 'id', before: null, after: 5 },
  ]);
  expect(recountDifferences([aPullRequest({ id: 5 })], [])).toEqual([
    { pullRequest: 5, fact: 'id', before: 5, after: null },
  ]);
});

describe('what was not read', () => {
  it('was not known before: no unread 0 is shown as one', () => {
    const held = aPullRequest({ coverage: { ...EVERYTHING, activity: false } });
    const read = aPullRequest({ commentCount: 0, reviewCommentCount: 4, coverage: EVERYTHING });
    const differences = recountDifferences([held], [read]);
    expect(differences).toContainEqual({ pullRequest: 1, fact: 'commentCount', before: null, after: 0 });
    expect(differences).toContainEqual({
      pullRequest: 1,
      fact: 'reviewCommentCount',
      before: null,
      after: 4,
    });
    expect(differences.map(({ fact }) => fact)).not.toContain('closedAt');
  });

  it.each([
    ['activity', { commentCount: 9, reviews: [review('comment', 1)] }],
    ['commits', { commitAuthoredAt: [OPENED_AT - 1] }],
    ['diffstat', { linesAdded: 3, linesRemoved: 4, filesChanged: 1 }],
  ] as const)('is not compared: %s', (answer, known) => {
    const held = aPullRequest({ ...known, coverage: EVERYTHING });
    const read = aPullRequest({ coverage: { ...EVERYTHING, [answer]: false } });
    expect(recountDifferences([held], [read])).toEqual([]);
  });
});

it('tells the same differences from the other side, the other way round', () => {
  const read = severalFacts().map((facts) => facts.map((each) => ({ ...each, coverage: EVERYTHING })));
  fc.assert(
    fc.property(read, read, (some, others) => {
      const there = recountDifferences(some, others);
      const back = recountDifferences(others, some);
      expect(back.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before }))).toEqual(
        there,
      );
    }),
  );
});
