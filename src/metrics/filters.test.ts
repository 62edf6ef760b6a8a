import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import { BRANCH_KINDS } from '../facts/pull-request-facts';
import { branchLifetime } from './branch-strategy';
import { cumulativeFlow } from './cumulative-flow';
import { filterFacts, type FactFilter, type Inclusion } from './filters';
import { pullRequestFigures } from './pull-request-figures';
import { activityEvidence } from './repository-activity';
import { SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;
const member = (personId: string, from: number | null, to: number | null) => ({ personId, from, to });

const reviewed = aPullRequest({ reviews: [review('comment', 1, 'ann')] });
const asked = { requestedReviewerIds: ['ann'] };

describe('a pull request passes', () => {
  it.each<[string, FactFilter, Parameters<typeof aPullRequest>[0], boolean]>([
    ['a filter that says nothing', {}, {}, true],
    ['its target branch', { targetBranches: ['dev', 'main'] }, {}, true],
    ['not another target branch', { targetBranches: ['dev'] }, {}, false],
    ['its branch kind', { branchKinds: ['feature'] }, {}, true],
    ['not another branch kind', { branchKinds: ['hotfix'] }, {}, false],
    ['a window in which it was open', { window: { from: at(1), to: at(2) } }, {}, true],
    ['not one that ends before it', { window: { from: at(-2), to: at(-1) } }, {}, false],
    ['not one that begins after it', { window: { from: at(25), to: at(26) } }, {}, false],
    ['its author', { authorIds: ['author'] }, {}, true],
    ['not another author', { authorIds: ['ann'] }, {}, false],
    ['no author where the account is gone', { authorIds: ['author'] }, { authorId: null }, false],
    ['no list that is empty', { authorIds: [] }, {}, false],
    ['no team without members', { team: [] }, {}, false],
    ['several conditions at once', { authorIds: ['author'], branchKinds: ['feature'] }, {}, true],
    ['not where one of them fails', { authorIds: ['author'], branchKinds: ['hotfix'] }, {}, false],
  ])('%s', (_, filter, overrides, expected) => {
    expect(filterFacts([aPullRequest(overrides)], filter)).toHaveLength(Number(expected));
  });

  it.each([
    ['whoever reviewed it', reviewed, 'ann', true],
    ['not another reviewer', reviewed, 'ben', false],
    ['whoever is asked while it is open', anOpenPullRequest(asked), 'ann', true],
    ['not who was asked and never did', aPullRequest(asked), 'ann', false],
  ])('as one of %s', (_, facts, reviewerId, expected) => {
    expect(filterFacts([facts], { reviewerIds: [reviewerId] })).toHaveLength(Number(expected));
  });

  it.each([
    ['always', [member('author', null, null)], true],
    ['from its opening on', [member('author', at(0), null)], true],
    ['only later', [member('author', at(1), null)], false],
    ['up to its opening', [member('author', null, at(0))], false],
    ['again', [member('author', null, at(-9)), member('author', at(-1), at(1))], true],
    ['with another member', [member('ann', null, null), member('author', null, null)], true],
    ['never', [member('ann', null, null)], false],
  ])('to whose team its author belonged %s', (_, team, expected) => {
    expect(filterFacts([aPullRequest()], { team })).toHaveLength(Number(expected));
    expect(filterFacts([aPullRequest({ authorId: null })], { team })).toEqual([]);
  });

  it.each<[Inclusion, readonly number[]]>([
    ['with', [1, 2, 3]],
    ['without', [1]],
    ['only', [2, 3]],
  ])('%s drafts, or bots', (inclusion, expected) => {
    const idsOf = (filter: FactFilter, mark: object): readonly number[] =>
      filterFacts(
        [aPullRequest(), aPullRequest({ id: 2, ...mark }), aPullRequest({ id: 3, ...mark })],
        filter,
      ).map(({ id }) => id);
    expect(idsOf({ drafts: inclusion }, { draft: true })).toEqual(expected);
    expect(idsOf({ bots: inclusion }, { authorIsBot: true })).toEqual(expected);
  });
});

const person = fc.constantFrom('ann', 'ben', 'cid', 'dora');
const people = fc.array(person, { maxLength: 3 });
const instant = fc.integer({ min: OPENED_AT - 70 * SECONDS_A_DAY, max: OPENED_AT + 160 * SECONDS_A_DAY });
const windows = fc
  .record({ from: instant, seconds: fc.integer({ min: 1, max: 60 * SECONDS_A_DAY }) })
  .map(({ from, seconds }) => ({ from, to: from + seconds }));
const inclusion = fc.constantFrom<Inclusion>('with', 'without', 'only');
const filters: fc.Arbitrary<FactFilter> = fc.record(
  {
    window: windows,
    targetBranches: fc.constantFrom(['main'], ['main', 'release/1'], []),
    branchKinds: fc.subarray([...BRANCH_KINDS]),
    authorIds: people,
    reviewerIds: people,
    team: fc.array(fc.record({ personId: person, from: fc.option(instant), to: fc.option(instant) })),
    drafts: inclusion,
    bots: inclusion,
  },
  { requiredKeys: [] },
);

it('lets through what meets each condition by itself, in the order given', () => {
  fc.assert(
    fc.property(severalFacts(), filters, (facts, filter) => {
      const oneByOne = Object.entries(filter).map(([name, condition]) =>
        filterFacts(facts, { [name]: condition }),
      );
      const expected = facts.filter((each) => oneByOne.every((passed) => passed.includes(each)));
      expect(filterFacts(facts, filter)).toEqual(expected);
      expect(filterFacts(expected, filter)).toEqual(expected);
    }),
  );
});

it('by a window leaves every figure over it as it is', () => {
  fc.assert(
    fc.property(severalFacts(), windows, (facts, window) => {
      const narrowed = filterFacts(facts, { window });
      expect(pullRequestFigures(narrowed, window, OPTIONS)).toEqual(
        pullRequestFigures(facts, window, OPTIONS),
      );
      expect(branchLifetime(narrowed, window, OPTIONS)).toEqual(branchLifetime(facts, window, OPTIONS));
      expect(activityEvidence(narrowed, null, window, OPTIONS)).toEqual(
        activityEvidence(facts, null, window, OPTIONS),
      );
      expect(cumulativeFlow(narrowed, window, OPTIONS)).toEqual(cumulativeFlow(facts, window, OPTIONS));
    }),
  );
});

it('by each author in turn gives all but those without a known author', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const ids = [...new Set(facts.flatMap(({ authorId }) => authorId ?? []))];
      const parts = ids.flatMap((authorId) => filterFacts(facts, { authorIds: [authorId] }));
      expect(parts).toHaveLength(facts.filter(({ authorId }) => authorId !== null).length);
    }),
  );
});
