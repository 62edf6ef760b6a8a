import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import {
  aPullRequest,
  anOpenPullRequest,
  derivableFacts,
  HOUR,
  OPENED_AT,
  review,
  severalFacts,
} from '../facts/testing';
import { METRIC_IDS } from './figures';
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

describe('amounts of one pull request', () => {
  const facts = aPullRequest({
    reviews: [review('comment', 2), review('approval', 3, 'other'), review('comment', 4)],
    reviewCommentCount: 7,
    linesAdded: 30,
    linesRemoved: 12,
    filesChanged: 5,
  });

  it.each([
    ['size_lines', 42, 'lines'],
    ['size_files', 5, 'files'],
    ['review_comments', 7, 'count'],
    ['reviewers', 2, 'count'],
    ['revisions', 0, 'count'],
    ['rework_cycles', 0, 'count'],
  ] as const)('%s is %d %s', (metric, value, unit) => {
    expect(figures(facts)[metric]).toMatchObject({ unit, n: 1, p50: value });
  });
});

describe('what is left out', () => {
  it('is a coding time whose first commit came after the opening; the cycle then begins with the opening', () => {
    const result = figures(aPullRequest({ commitAuthoredAt: [at(1)] }));
    expect(result.time_to_open.n).toBe(0);
    expect(result.cycle_time.p50).toBe(24 * HOUR);
  });

  it('is every value of the activity where it was not read, but not what the participants tell', () => {
    const coverage = { activity: false, commits: true, diffstat: true };
    const result = figures(aPullRequest({ reviews: [review('approval', 5)], coverage }));
    for (const metric of [
      'time_to_first_review',
      'time_to_first_inline_or_verdict',
      'review_time',
      'review_comments',
      'revisions',
      'reviewers',
      'rework_cycles',
      'merge_rate',
      'unreviewed_merge_rate',
      'changes_requested_rate',
      'rework_after_review_rate',
      'stale_approval_rate',
    ] as const) {
      expect([metric, result[metric].n]).toEqual([metric, 0]);
    }
    expect(result.time_to_approve.p50).toBe(5 * HOUR);
    expect(result.merge_wait.p50).toBe(19 * HOUR);
    expect(result.unapproved_merge_rate).toEqual({ unit: 'ratio', n: 1, value: 0 });
    expect(result.time_to_merge.n).toBe(1);
  });

  it('is every value of the commits and of the diffstat where they were not read', () => {
    const coverage = { activity: true, commits: false, diffstat: false };
    const result = figures(aPullRequest({ coverage }));
    for (const metric of ['time_to_open', 'cycle_time', 'size_lines', 'size_files'] as const) {
      expect([metric, result[metric].n]).toEqual([metric, 0]);
    }
    expect(result.time_to_merge.n).toBe(1);
  });

  it('is, of the merge rate, what is known to be closed from the list alone, since declines are not', () => {
    const unread = { activity: false, commits: true, diffstat: false };
    const declined = { state: 'DECLINED', mergedAt: null, mergedAtSource: null } as const;
    const result = figures(
      aPullRequest(),
      aPullRequest({ id: 2, ...declined, closedAt: at(2) }),
      aPullRequest({ id: 3, coverage: unread }),
      aPullRequest({ id: 4, ...declined, closedAt: null, coverage: unread }),
    );
    expect(result.merge_rate).toEqual({ unit: 'ratio', n: 2, value: 0.5 });
    expect(result.merged.value).toBe(2);
  });

  it('is what bots opened, unless the viewer wants it', () => {
    const facts = [aPullRequest({ authorIsBot: true }), aPullRequest({ id: 2 })];
    expect(pullRequestFigures(facts, WINDOW, OPTIONS).merged.value).toBe(1);
    expect(pullRequestFigures(facts, WINDOW, { ...OPTIONS, includeBots: true }).merged.value).toBe(2);
    expect(countBots(facts, WINDOW)).toBe(1);
  });

  it('is a merge whose instant nothing tells', () => {
    const result = figures(aPullRequest({ mergedAt: null, closedAt: at(1) }));
    expect([result.merged.value, result.merge_rate.n]).toEqual([0, 0]);
  });
});

it('takes the beginning of a window in, and its end out', () => {
  const facts = [
    aPullRequest({ mergedAt: WINDOW.from, openedAt: WINDOW.from - HOUR }),
    aPullRequest({ id: 2, mergedAt: WINDOW.to }),
    aPullRequest({ id: 3, mergedAt: WINDOW.to - 1 }),
  ];
  expect(figures(...facts).merged.value).toBe(2);
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
      aPullRequest({ id: 4, authorId: null }),
      aPullRequest({ id: 5, authorId: null, closedById: null }),
    );
    expect(result.self_merge_rate).toEqual({ unit: 'ratio', n: 2, value: 0.5 });
  });

  it('of rework count a merge after one revision already', () => {
    const reviews = [review('comment', 2)];
    const result = figures(
      aPullRequest({ reviews, sourceUpdatedAt: [at(1), at(3)] }),
      aPullRequest({ id: 2, reviews, sourceUpdatedAt: [at(1)] }),
    );
    expect(result.rework_after_review_rate).toEqual({ unit: 'ratio', n: 2, value: 0.5 });
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

  it.each([
    ['before any review', [review('comment', 4)], [1, 2], 0],
    ['in the second of the review', [review('comment', 4)], [4], 0],
    ['without an approval, up to the last review', [review('comment', 4), review('comment', 8)], [5, 9], 1],
    [
      'after two reviews of one instant once',
      [review('comment', 4), review('comment', 4, 'other'), review('comment', 6)],
      [5],
      1,
    ],
    ['after the first approval', [review('approval', 4), review('comment', 6)], [5, 7], 0],
  ] as const)('counts cycles of updates %s', (_, reviews, updates, cycles) => {
    const result = figures(aPullRequest({ reviews, sourceUpdatedAt: updates.map(at) }));
    expect(result.rework_cycles).toMatchObject({ n: 1, mean: cycles });
  });

  it('is unknown without a review', () => {
    expect(figures(aPullRequest({ sourceUpdatedAt: [at(1)] })).rework_cycles.n).toBe(0);
  });
});

describe('every figure', () => {
  it('does not depend on the order of the pull requests', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        expect(pullRequestFigures(facts.toReversed(), WINDOW, OPTIONS)).toEqual(
          pullRequestFigures(facts, WINDOW, OPTIONS),
        );
      }),
    );
  });

  it('stays the same when a bot’s pull request comes in', () => {
    fc.assert(
      fc.property(severalFacts(), derivableFacts, (facts, other) => {
        const bot = { ...other, authorIsBot: true };
        expect(pullRequestFigures([...facts, bot], WINDOW, OPTIONS)).toEqual(
          pullRequestFigures(facts, WINDOW, OPTIONS),
        );
      }),
    );
  });

  it('of two windows side by side counts what the window over both counts', () => {
    fc.assert(
      fc.property(severalFacts(), fc.integer({ min: WINDOW.from, max: WINDOW.to }), (facts, middle) => {
        const whole = pullRequestFigures(facts, WINDOW, OPTIONS);
        const before = pullRequestFigures(facts, { ...WINDOW, to: middle }, OPTIONS);
        const after = pullRequestFigures(facts, { ...WINDOW, from: middle }, OPTIONS);
        for (const metric of METRIC_IDS) expect(before[metric].n + after[metric].n).toBe(whole[metric].n);
      }),
    );
  });
});
