import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, severalFacts } from '../facts/testing';
import { BRANCH_KINDS } from '../facts/pull-request-facts';
import { branchLifetime, mergedByBranchKind, mergedByTargetBranch } from './branch-strategy';
import { distributionOf } from './distribution';
import { pullRequestFigures } from './pull-request-figures';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };
const DECLINED = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;
const at = (hours: number): number => OPENED_AT + hours * HOUR;

describe('merges', () => {
  const facts = [
    aPullRequest({ id: 1, targetBranch: 'release/1', branchKind: 'hotfix' }),
    aPullRequest({ id: 2 }),
    aPullRequest({ id: 3 }),
    aPullRequest({ id: 4, targetBranch: '' }),
    anOpenPullRequest({ id: 5 }),
    aPullRequest({ id: 6, ...DECLINED, closedAt: at(1) }),
  ];

  it('by target branch: most first, an unknown branch as such, open and declined ones in none', () => {
    const shares = mergedByTargetBranch(facts, WINDOW, OPTIONS);
    expect(
      shares.map(({ name, merged, share, pullRequests }) => [
        name,
        merged,
        share,
        pullRequests.map(({ id }) => id),
      ]),
    ).toEqual([
      ['main', 2, 0.5, [2, 3]],
      [null, 1, 0.25, [4]],
      ['release/1', 1, 0.25, [1]],
    ]);
  });

  it('by kind of source branch: every kind, in its order', () => {
    const shares = mergedByBranchKind(facts, WINDOW, OPTIONS);
    expect(shares.map(({ name }) => name)).toEqual(BRANCH_KINDS);
    expect(shares.filter(({ merged }) => merged > 0).map(({ name, share }) => [name, share])).toEqual([
      ['feature', 0.75],
      ['hotfix', 0.25],
    ]);
  });

  it('have no share where nothing was merged', () => {
    expect(mergedByTargetBranch([], WINDOW, OPTIONS)).toEqual([]);
    expect(mergedByBranchKind([], WINDOW, OPTIONS).every(({ share }) => share === null)).toBe(true);
  });

  it('are each in one branch and one kind, with the instants used; shares sum to 1', () => {
    fc.assert(
      fc.property(severalFacts(), fc.boolean(), (several, includeBots) => {
        const options = { ...OPTIONS, includeBots };
        const { merged } = pullRequestFigures(several, WINDOW, options);
        for (const shares of [
          mergedByTargetBranch(several, WINDOW, options),
          mergedByBranchKind(several, WINDOW, options),
        ]) {
          const ids = shares.flatMap(({ pullRequests }) => pullRequests.map(({ id }) => id));
          expect(new Set(ids).size).toBe(merged.value);
          expect(ids).toHaveLength(merged.value);
          for (const each of shares) {
            const ownIds = each.pullRequests.map(({ id }) => id);
            expect(ownIds).toEqual(ownIds.toSorted((a, b) => a - b));
            expect(each.merged).toBe(each.pullRequests.reduce((sum, { value }) => sum + value, 0));
            expect(each.share).toBe(merged.value === 0 ? null : each.merged / merged.value);
            for (const { instants } of each.pullRequests) {
              expect(instants.map(({ name }) => name)).toEqual(['openedAt', 'mergedAt']);
            }
          }
          const total = shares.reduce((sum, { share }) => sum + (share ?? 0), 0);
          expect(total).toBeCloseTo(merged.value === 0 ? 0 : 1, 12);
        }
      }),
    );
  });
});

describe('the lifetime of a source branch', () => {
  it.each([
    ['from the first own commit to the merge', aPullRequest({ commitAuthoredAt: [at(-10), at(-1)] }), 34],
    ['from the opening where no commit came before', aPullRequest({ commitAuthoredAt: [at(2)] }), 24],
    ['from the opening where it has no own commits', aPullRequest(), 24],
    ['to the decline', aPullRequest({ ...DECLINED, closedAt: at(3), commitAuthoredAt: [at(-2)] }), 5],
    ['to the supersession', aPullRequest({ ...DECLINED, state: 'SUPERSEDED', closedAt: at(4) }), 4],
  ])('runs %s', (_, facts, hours) => {
    expect(branchLifetime([facts], WINDOW, OPTIONS).figure).toMatchObject({ n: 1, p50: hours * HOUR });
  });

  it.each(['activity', 'commits'] as const)('is left out where the %s was not read', (answer) => {
    const coverage = { activity: true, commits: true, diffstat: true, [answer]: false };
    const { figure, leftOut } = branchLifetime([aPullRequest({ coverage })], WINDOW, OPTIONS);
    expect([figure.n, figure.p50, leftOut]).toEqual([0, null, 1]);
  });

  it('lists the longest first, with the instants it lies between', () => {
    const facts = [
      aPullRequest(),
      aPullRequest({ id: 2, commitAuthoredAt: [at(-1)], mergedAtSource: 'list' }),
      anOpenPullRequest({ id: 3 }),
    ];
    expect(
      branchLifetime(facts, WINDOW, OPTIONS).pullRequests.map(({ id, instants }) => [
        id,
        ...instants.map(({ name, source }) => `${name} (${source})`),
      ]),
    ).toEqual([
      [2, 'firstCommitAt (commits)', 'mergedAt (list)'],
      [1, 'openedAt (pull request)', 'mergedAt (activity)'],
    ]);
  });

  it('can be reckoned again from its list, and is the cycle time where only merges are counted', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const { figure, pullRequests } = branchLifetime(facts, WINDOW, OPTIONS);
        const spans = pullRequests.map(({ instants }) => Number(instants[1]?.at) - Number(instants[0]?.at));
        expect(pullRequests.map(({ value }) => value)).toEqual(spans);
        expect(figure).toEqual(distributionOf(spans, 's'));
        expect(branchLifetime(facts.toReversed(), WINDOW, OPTIONS)).toEqual(
          branchLifetime(facts, WINDOW, OPTIONS),
        );

        const merges = facts.filter(({ mergedAt, coverage }) => mergedAt !== null && coverage.activity);
        const { cycle_time } = pullRequestFigures(merges, WINDOW, OPTIONS);
        expect(branchLifetime(merges, WINDOW, OPTIONS).figure).toEqual(cycle_time);
      }),
    );
  });
});
