import fc from 'fast-check';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../../facts/testing';
import { distributionOf } from '../distribution';
import { DEFINED_METRICS, type DefinedMetric } from './definition';
import { definitionsTable, explainDefinition, TOOLS, type Tool } from './other-definitions';

const WINDOW = { from: OPENED_AT - 30 * 24 * HOUR, to: OPENED_AT + 60 * 24 * HOUR };
const OPTIONS = { defaultBranch: 'main' };
const MINUTE = 60;
const at = (hours: number): number => OPENED_AT + hours * HOUR;

type Overrides = Partial<PullRequestFacts>;

/** Hours of the values that each tool gives one pull request with a merge commit; absent where it defines none. */
function hours(metric: DefinedMetric, overrides: Overrides): Partial<Record<Tool, readonly number[]>> {
  const facts = [aPullRequest({ mergeCommit: '0123456789ab', ...overrides })];
  const row = definitionsTable(facts, WINDOW, OPTIONS).find((each) => each.metric === metric);
  return Object.fromEntries(
    (row?.columns ?? []).map(({ tool }) => [
      tool,
      explainDefinition(metric, tool, facts, WINDOW, OPTIONS).map(({ value }) => value / HOUR),
    ]),
  );
}

describe('the time to the first review', () => {
  it.each([
    [
      'a comment, a comment on a line, an approval',
      [
        ['comment', 2],
        ['inline', 3],
        ['approval', 5],
      ],
      [2],
      [3],
      [2],
      [2],
    ],
    [
      'an approval, then a comment',
      [
        ['approval', 4],
        ['comment', 6],
      ],
      [4],
      [4],
      [6],
      [6],
    ],
    [
      'a request for changes, then an approval',
      [
        ['changes_requested', 1],
        ['approval', 5],
      ],
      [1],
      [1],
      [],
      [5],
    ],
    ['a comment on the whole', [['comment', 7]], [7], [], [7], [7]],
    ['nothing', [], [], [], [], [24]],
  ] as const)('with %s', (_, acts, throughline, pulse, devlake, linearb) => {
    const reviews = acts.map(([kind, after]) =>
      kind === 'inline' ? review('comment', after, 'reviewer', true) : review(kind, after),
    );
    expect(hours('time_to_first_review', { reviews })).toEqual({ throughline, pulse, devlake, linearb });
  });

  it('is in whole minutes, rounded up, with DevLake', () => {
    const reviews = [{ ...review('comment', 0), at: OPENED_AT + 61 }];
    const [value] = explainDefinition(
      'time_to_first_review',
      'devlake',
      [aPullRequest({ reviews, mergeCommit: '0123456789ab' })],
      WINDOW,
      OPTIONS,
    );
    expect(value).toEqual({
      id: 1,
      value: 2 * MINUTE,
      instants: [
        { name: 'openedAt', at: OPENED_AT, source: 'pull request' },
        { name: 'firstCommentAt', at: OPENED_AT + 61, source: 'activity' },
      ],
    });
  });
});

describe('the review time', () => {
  it('begins with a comment where others begin with any review', () => {
    const reviews = [review('approval', 4), review('comment', 6)];
    expect(hours('review_time', { reviews })).toEqual({ throughline: [20], devlake: [18], linearb: [18] });
  });
});

describe('the time to open and to merge', () => {
  it('are the same everywhere where a commit came before the opening', () => {
    const commitAuthoredAt = [at(-3), at(2)];
    expect(hours('time_to_open', { commitAuthoredAt })).toEqual({
      throughline: [3],
      pulse: [3],
      devlake: [3],
      linearb: [3],
    });
    expect(hours('time_to_merge', { commitAuthoredAt })).toEqual({
      throughline: [24],
      pulse: [24],
      devlake: [24],
    });
  });

  it.each([
    ['no commit', []],
    ['a first commit after the opening', [at(1)]],
  ])('are left out by Pulse with %s', (_, commitAuthoredAt) => {
    expect(hours('time_to_open', { commitAuthoredAt }).pulse).toEqual([]);
    expect(hours('time_to_merge', { commitAuthoredAt })).toEqual({
      throughline: [24],
      pulse: [],
      devlake: [24],
    });
  });

  it('takes a commit less than a minute after the opening for one at the opening, with DevLake', () => {
    expect(hours('time_to_open', { commitAuthoredAt: [OPENED_AT + 59] })).toMatchObject({
      pulse: [],
      devlake: [0],
    });
    expect(hours('time_to_open', { commitAuthoredAt: [OPENED_AT + 60] })).toMatchObject({
      pulse: [],
      devlake: [],
    });
  });
});

describe('the cycle time', () => {
  it.each([
    ['before the opening', [at(-3)], [27], [27], [27]],
    ['after the opening', [at(3)], [24], [24], [24]],
    ['nowhere', [], [24], [24], [24]],
  ])('with a first commit %s', (_, commitAuthoredAt, throughline, devlake, linearb) => {
    expect(hours('cycle_time', { commitAuthoredAt })).toEqual({ throughline, devlake, linearb });
  });

  it('adds two parts that are each rounded up, with DevLake', () => {
    const commitAuthoredAt = [OPENED_AT - 1];
    const facts = { commitAuthoredAt, mergedAt: OPENED_AT + 1, closedAt: OPENED_AT + 1 };
    expect(hours('cycle_time', facts).devlake).toEqual([(2 * MINUTE) / HOUR]);
  });

  it('is known to nobody until the commits are read', () => {
    const coverage = { activity: true, commits: false, diffstat: false };
    expect(hours('cycle_time', { coverage })).toEqual({ throughline: [], devlake: [], linearb: [] });
  });
});

describe('the lead time for changes', () => {
  it('is of every commit with Pulse and of every pull request with DevLake and LinearB', () => {
    expect(hours('lead_time_for_changes', { commitAuthoredAt: [at(-6), at(20), at(25)] })).toEqual({
      throughline: [30, 4, 0],
      pulse: [30, 4, -1],
      devlake: [30],
      linearb: [30],
    });
  });

  it('looks at the default branch only', () => {
    expect(hours('lead_time_for_changes', { commitAuthoredAt: [at(-6)], targetBranch: 'release/1' })).toEqual(
      {
        throughline: [],
        pulse: [],
        devlake: [],
        linearb: [],
      },
    );
  });
});

it('knows of no merge without a merge commit, with DevLake', () => {
  for (const metric of DEFINED_METRICS) {
    const facts = { reviews: [review('comment', 1)], commitAuthoredAt: [at(-1)], mergeCommit: null };
    expect(hours(metric, facts).devlake ?? []).toEqual([]);
  }
});

it('does not take an activity that was not read for an absence of comments', () => {
  const coverage = { activity: false, commits: true, diffstat: false };
  expect(hours('time_to_first_review', { coverage })).toEqual({
    throughline: [],
    pulse: [],
    devlake: [],
    linearb: [],
  });
});

it('says of every figure whose rule it follows, and how many it leaves out', () => {
  const facts = [
    aPullRequest({ id: 1, reviews: [review('comment', 2)], mergeCommit: '0123456789ab' }),
    aPullRequest({ id: 2 }),
    aPullRequest({ id: 3, authorIsBot: true }),
  ];
  const table = definitionsTable(facts, WINDOW, OPTIONS);
  const [, firstReview] = table;
  expect(
    firstReview?.columns.map(({ tool, figure, headline, leftOut }) => [tool, figure.n, headline, leftOut]),
  ).toEqual([
    ['throughline', 1, 'p50', 1],
    ['pulse', 0, 'mean', 2],
    ['devlake', 1, 'mean', 1],
    ['linearb', 2, 'mean', 0],
  ]);
  for (const { rule, source } of table.flatMap(({ columns }) => columns)) {
    expect(rule).toMatch(/\.$/);
    expect(source).not.toBe('');
  }
});

it('gives every figure from what it lists behind it, whatever the order of the facts', () => {
  fc.assert(
    fc.property(severalFacts(), fc.boolean(), (several, includeBots) => {
      const facts = several.map((each) => ({ ...each, mergeCommit: each.id % 3 === 0 ? null : 'abc' }));
      const options = { ...OPTIONS, includeBots };
      const table = definitionsTable(facts, WINDOW, options);
      expect(definitionsTable(facts.toReversed(), WINDOW, options)).toEqual(table);
      for (const { metric, columns } of table) {
        for (const { tool, figure } of columns) {
          const values = explainDefinition(metric, tool, facts, WINDOW, options);
          expect(
            distributionOf(
              values.map(({ value }) => value),
              's',
            ),
          ).toEqual(figure);
          for (const { instants } of values) expect(instants.length).toBeGreaterThanOrEqual(2);
        }
      }
    }),
  );
});

it('differs from Throughline by less than a minute where DevLake measures the same', () => {
  fc.assert(
    fc.property(severalFacts(), (several) => {
      const facts = several.map((each) => ({ ...each, mergeCommit: 'abc' }));
      const own = new Map(
        explainDefinition('time_to_merge', 'throughline', facts, WINDOW, OPTIONS).map(({ id, value }) => [
          id,
          value,
        ]),
      );
      for (const { id, value } of explainDefinition('time_to_merge', 'devlake', facts, WINDOW, OPTIONS)) {
        expect(value - Number(own.get(id))).toBeGreaterThanOrEqual(0);
        expect(value - Number(own.get(id))).toBeLessThan(MINUTE);
      }
    }),
  );
});

it('explains nothing of a metric that a tool does not define', () => {
  expect(
    TOOLS.map((tool) => explainDefinition('time_to_approve', tool, [aPullRequest()], WINDOW, OPTIONS)),
  ).toEqual([[], [], [], []]);
  const table = definitionsTable([], WINDOW, OPTIONS);
  expect(table.find(({ metric }) => metric === 'time_to_approve')?.columns.map(({ tool }) => tool)).toEqual([
    'throughline',
    'pulse',
  ]);
});
