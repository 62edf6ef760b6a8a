import type { PullRequestFacts } from '../facts/pull-request-facts';
import { aPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import type { AmountMetric, DurationMetric, MetricId } from './figures';
import type { MergedFacts } from './population';
import { AMOUNTS, instantsOf, SPANS } from './pull-request-values';

const at = (hours: number): number => OPENED_AT + hours * HOUR;

function merged(overrides: Partial<PullRequestFacts>): MergedFacts {
  return { ...aPullRequest(overrides), mergedAt: at(24) };
}

/** In hours; `null` where the pull request is left out. */
function duration(metric: DurationMetric, overrides: Partial<PullRequestFacts>): number | null {
  const span = SPANS[metric](merged(overrides));
  return span && (span.to.at - span.from.at) / HOUR;
}

function amount(metric: AmountMetric, overrides: Partial<PullRequestFacts>): number | null {
  return AMOUNTS[metric](merged(overrides));
}

it('time_to_open is 0, not left out, where the first commit is of the second of the opening', () => {
  expect(duration('time_to_open', { commitAuthoredAt: [OPENED_AT] })).toBe(0);
  expect(duration('time_to_open', { commitAuthoredAt: [OPENED_AT + 1] })).toBeNull();
});

it.each([
  ['an approval', review('approval', 3), 3],
  ['a request for changes', review('changes_requested', 3), 3],
  ['an inline comment', review('comment', 3, 'reviewer', true), 3],
  ['a comment in the conversation', review('comment', 3), null],
])('time_to_first_inline_or_verdict after %s', (_, first, hours) => {
  expect(duration('time_to_first_inline_or_verdict', { reviews: [first] })).toBe(hours);
});

describe('revisions', () => {
  it('are updates after the first review, not in its second', () => {
    const reviews = [review('comment', 2)];
    expect(amount('revisions', { reviews, sourceUpdatedAt: [at(1), at(2), at(3)] })).toBe(1);
  });

  it('are 0 without a review, however often the source changed', () => {
    expect(amount('revisions', { sourceUpdatedAt: [at(1), at(2)] })).toBe(0);
  });
});

it('rework_cycles do not count an update in the second of the first approval', () => {
  const reviews = [review('comment', 2), review('approval', 4)];
  expect(amount('rework_cycles', { reviews, sourceUpdatedAt: [at(4)] })).toBe(0);
  expect(amount('rework_cycles', { reviews, sourceUpdatedAt: [at(4) - 1] })).toBe(1);
});

it('reviewers are distinct people; whose account is gone cannot be told apart and is not counted', () => {
  const gone = { ...review('comment', 1), actorId: null };
  const reviews = [
    gone,
    review('comment', 2, 'ann'),
    review('approval', 3, 'ann'),
    review('comment', 4, 'ben'),
  ];
  expect(amount('reviewers', { reviews })).toBe(2);
});

it('size_lines is unknown where one of the two sums is', () => {
  expect(amount('size_lines', { linesAdded: 3, linesRemoved: null })).toBeNull();
  expect(amount('size_lines', { linesAdded: null, linesRemoved: 3 })).toBeNull();
  expect(amount('size_lines', { linesAdded: 0, linesRemoved: 0 })).toBe(0);
});

it.each<[MetricId, readonly string[]]>([
  ['revisions', ['firstReviewAt']],
  ['reviewers', ['firstReviewAt']],
  ['rework_cycles', ['firstReviewAt', 'firstApprovedAt']],
  ['unreviewed_merge_rate', ['firstReviewAt']],
  ['unapproved_merge_rate', ['firstApprovedAt']],
  ['rework_after_review_rate', ['firstReviewAt']],
  ['stale_approval_rate', ['lastApprovedAt']],
  ['size_lines', []],
])('%s is explained by the instants %j between opening and merge', (metric, between) => {
  const reviews = [review('comment', 1), review('approval', 2), review('approval', 3, 'other')];
  const instants = instantsOf(metric, merged({ reviews, mergedAtSource: 'list' }));
  expect(instants.map(({ name }) => name)).toEqual(['openedAt', ...between, 'mergedAt']);
  expect(instants.at(-1)).toMatchObject({ at: at(24), source: 'list' });
});
