import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import { arbitraryFacts } from '../storage/testing';
import { explain } from './explain';
import { distributionOf } from './distribution';
import { METRIC_IDS, type Figure } from './figures';
import { countBots } from './population';
import { pullRequestFigures } from './pull-request-figures';

const WINDOW = { from: OPENED_AT - 30 * 24 * HOUR, to: OPENED_AT + 30 * 24 * HOUR };
const OPTIONS = { defaultBranch: 'main' };

const at = (hours: number): number => OPENED_AT + hours * HOUR;
const figures = (...facts: readonly PullRequestFacts[]): ReturnType<typeof pullRequestFigures> =>
  pullRequestFigures(facts, WINDOW, OPTIONS);

describe('durations of one pull request reckoned by hand', () => {
  // First commit 10 h before opening; comment after 2 h, inline after 3 h, approvals after 5 h and 8 h, merged after 24 h.
  const facts = aPullRequest({
    commitAuthoredAt: [at(-10), at(-1)],
    reviews: [
      review('comment', 2),
      review('comment', 3, 'other', true),
      review('approval', 5),
      review('approval', 8, 'other'),
    ],
  });

  it.each([
    ['time_to_open', 10],
    ['time_to_first_review', 2],
    ['time_to_first_inline_or_verdict', 3],
    ['time_to_approve', 5],
    ['review_time', 22],
    ['approval_spread', 3],
    ['merge_wait', 16],
    ['time_to_merge', 24],
    ['cycle_time', 34],
  ] as const)('%s is %d hours', (metric, hours) => {
    expect(figures(facts)[metric]).toMatchObject({ n: 1, p50: hours * HOUR });
  });
});

describe('what is left out', () => {
  it('is a coding time whose first commit came after the opening; the cycle then begins with the opening', () => {
    const result = figures(aPullRequest({ commitAuthoredAt: [at(1)] }));
    expect(result.time_to_open.n).toBe(0);
    expect(result.cycle_time.p50).toBe(24 * HOUR);
  });

  it('is every value of an answer that was not read', () => {
    const coverage = { activity: false, commits: false, diffstat: false };
    const result = figures(aPullRequest({ coverage }));
    for (const metric of [
      'time_to_first_review',
      'review_time',
      'revisions',
      'review_comments',
      'cycle_time',
    ] as const) {
      expect(result[metric].n).toBe(0);
    }
    expect(result.unreviewed_merge_rate).toEqual({ unit: 'ratio', n: 0, value: null });
    expect(result.time_to_merge.n).toBe(1);
  });

  it('is what bots opened, unless the viewer wants it', () => {
    const facts = [aPullRequest({ authorIsBot: true }), aPullRequest({ id: 2 })];
    expect(pullRequestFigures(facts, WINDOW, OPTIONS).merged.value).toBe(1);
    expect(pullRequestFigures(facts, WINDOW, { ...OPTIONS, includeBots: true }).merged.value).toBe(2);
    expect(countBots(facts, WINDOW)).toBe(1);
  });

  it('is a merge whose instant nothing tells', () => {
    expect(figures(aPullRequest({ mergedAt: null })).merged.value).toBe(0);
  });
});

it('takes the beginning of a window in, and its end out', () => {
  const facts = [
    aPullRequest({ mergedAt: WINDOW.from, openedAt: WINDOW.from - HOUR }),
    aPullRequest({ id: 2, mergedAt: WINDOW.to }),
  ];
  expect(figures(...facts).merged.value).toBe(1);
});

it('counts openings, merges and declines each by its own instant', () => {
  const declined = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;
  const result = figures(
    aPullRequest(),
    aPullRequest({ id: 2, ...declined, closedAt: at(3) }),
    aPullRequest({ id: 3, ...declined, state: 'SUPERSEDED', closedAt: at(3) }),
    aPullRequest({ id: 4, ...declined, closedAt: WINDOW.to + HOUR }),
    anOpenPullRequest({ id: 5 }),
  );
  expect(result.opened.value).toBe(5);
  expect(result.merged.value).toBe(1);
  expect(result.declined.value).toBe(1);
  expect(result.merge_rate).toEqual({ unit: 'ratio', n: 3, value: 1 / 3 });
});

describe('shares', () => {
  const approved = aPullRequest({ id: 2, reviews: [review('changes_requested', 1), review('approval', 2)] });

  it('say how many were merged without a review, without an approval, after a request for changes', () => {
    const result = figures(
      aPullRequest(),
      approved,
      aPullRequest({ id: 3, reviews: [review('comment', 1)] }),
    );
    expect(result.unreviewed_merge_rate.value).toBeCloseTo(1 / 3);
    expect(result.unapproved_merge_rate.value).toBeCloseTo(2 / 3);
    expect(result.changes_requested_rate.value).toBeCloseTo(1 / 3);
  });

  it('of self merges leave out whom nobody knows', () => {
    const result = figures(
      aPullRequest({ closedById: 'author' }),
      aPullRequest({ id: 2 }),
      aPullRequest({ id: 3, closedById: null }),
      aPullRequest({ id: 4, authorId: null, closedById: null }),
    );
    expect(result.self_merge_rate).toEqual({ unit: 'ratio', n: 2, value: 0.5 });
  });

  it('of stale approvals are over approved merges only', () => {
    const result = figures(aPullRequest(), approved, { ...approved, id: 3, staleApproval: true });
    expect(result.stale_approval_rate).toEqual({ unit: 'ratio', n: 2, value: 0.5 });
  });
});

describe('rework', () => {
  it('counts updates that follow the same review as one cycle, and only before the first approval', () => {
    const facts = aPullRequest({
      reviews: [review('comment', 2), review('comment', 6), review('approval', 10)],
      sourceUpdatedAt: [at(1), at(3), at(4), at(7), at(12)],
    });
    const result = figures(facts);
    expect(result.rework_cycles).toMatchObject({ n: 1, mean: 2 });
    expect(result.revisions).toMatchObject({ n: 1, mean: 4 });
    expect(result.rework_after_review_rate.value).toBe(1);
  });

  it('is unknown without a review', () => {
    expect(figures(aPullRequest({ sourceUpdatedAt: [at(1)] })).rework_cycles.n).toBe(0);
  });
});

describe('every figure', () => {
  const many = fc.uniqueArray(arbitraryFacts, { selector: (facts) => facts.id, maxLength: 25 });
  const window = { from: 1_400_000_000, to: 1_800_000_000 };

  it('can be reckoned again from its explanation', () => {
    fc.assert(
      fc.property(many, fc.constantFrom(...METRIC_IDS), (facts, metric) => {
        const { figure, pullRequests } = explain(metric, facts, window, OPTIONS);
        expect(pullRequestFigures(facts, window, OPTIONS)[metric]).toEqual(figure);
        expect(
          again(
            figure,
            pullRequests.map(({ value }) => value),
          ),
        ).toEqual(figure);
        for (const { value, instants } of pullRequests) {
          const [from, to] = instants;
          if (figure.unit === 's') expect(Number(to?.at) - Number(from?.at)).toBe(value);
        }
      }),
    );
  });

  it('does not depend on the order of the pull requests', () => {
    fc.assert(
      fc.property(many, (facts) => {
        expect(pullRequestFigures(facts.toReversed(), window, OPTIONS)).toEqual(
          pullRequestFigures(facts, window, OPTIONS),
        );
      }),
    );
  });
});

function again(figure: Figure, values: readonly number[]): Figure {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (figure.unit) {
    case 'ratio':
      return { unit: 'ratio', n: values.length, value: values.length === 0 ? null : sum / values.length };
    case 'count':
      // Two kinds share this unit: an amount per pull request, and a plain count.
      return 'p50' in figure ? distributionOf(values, 'count') : { unit: 'count', n: sum, value: sum };
    default:
      return distributionOf(values, figure.unit);
  }
}
