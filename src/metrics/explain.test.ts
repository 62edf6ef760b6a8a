import fc from 'fast-check';
import { aPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { explain } from './explain';
import { AMOUNT_METRICS, DURATION_METRICS, METRIC_IDS, type Figure, type MetricId } from './figures';
import { distributionOf } from './distribution';
import { pullRequestFigures } from './pull-request-figures';

const WINDOW = { from: OPENED_AT - 30 * 24 * HOUR, to: OPENED_AT + 60 * 24 * HOUR };
const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

/** The instants behind one pull request's value: name, hours after the opening, source. */
function instants(metric: MetricId, overrides: Partial<PullRequestFacts>): readonly unknown[] {
  const { pullRequests } = explain(metric, [aPullRequest(overrides)], WINDOW, OPTIONS);
  return pullRequests.flatMap((each) =>
    each.instants.map(({ name, at: instant, source }) => [name, (instant - OPENED_AT) / HOUR, source]),
  );
}

describe('the instants behind a value', () => {
  it('are the two that a duration lies between, with the source of the merge', () => {
    expect(instants('cycle_time', { commitAuthoredAt: [at(-2)], mergedAtSource: 'list' })).toEqual([
      ['firstCommitAt', -2, 'commits'],
      ['mergedAt', 24, 'list'],
    ]);
  });

  it('are those an answer shows for a share, between opening and closing', () => {
    const reviews = [review('comment', 1), review('approval', 3), review('approval', 5, 'other')];
    expect(instants('stale_approval_rate', { reviews })).toEqual([
      ['openedAt', 0, 'pull request'],
      ['lastApprovedAt', 5, 'activity'],
      ['mergedAt', 24, 'activity'],
    ]);
    expect(instants('rework_cycles', { reviews }).slice(1, 3)).toEqual([
      ['firstReviewAt', 1, 'activity'],
      ['firstApprovedAt', 3, 'activity'],
    ]);
    expect(instants('unreviewed_merge_rate', {})).toEqual([
      ['openedAt', 0, 'pull request'],
      ['mergedAt', 24, 'activity'],
    ]);
  });

  it('say that an approval was read from the participants where the activity was not read', () => {
    const coverage = { activity: false, commits: true, diffstat: false };
    expect(instants('time_to_approve', { reviews: [review('approval', 3)], coverage })).toEqual([
      ['openedAt', 0, 'pull request'],
      ['firstApprovedAt', 3, 'pull request'],
    ]);
  });

  it.each([
    [true, 'activity'],
    [false, 'event'],
  ])('say where a decline was seen: activity read %s, %s', (activity, source) => {
    const declined = { state: 'DECLINED', mergedAt: null, mergedAtSource: null, closedAt: at(7) } as const;
    expect(
      instants('declined', { ...declined, coverage: { activity, commits: true, diffstat: false } }),
    ).toEqual([
      ['openedAt', 0, 'pull request'],
      ['closedAt', 7, source],
    ]);
  });
});

it('lists the largest value first, and tells how many have none', () => {
  const facts = [
    aPullRequest({ id: 1, reviews: [review('comment', 2)] }),
    aPullRequest({ id: 2 }),
    aPullRequest({ id: 3, reviews: [review('comment', 9)] }),
    aPullRequest({ id: 4, reviews: [review('comment', 2)] }),
  ];
  const { pullRequests, leftOut } = explain('time_to_first_review', facts, WINDOW, OPTIONS);
  expect(pullRequests.map(({ id }) => id)).toEqual([3, 4, 1]);
  expect(leftOut).toBe(1);
});

it.each(METRIC_IDS)('%s can be reckoned again from its explanation', (metric) => {
  fc.assert(
    fc.property(severalFacts(), fc.boolean(), (facts, includeBots) => {
      const options = { ...OPTIONS, includeBots };
      const { figure, pullRequests, leftOut } = explain(metric, facts, WINDOW, options);
      const figures = pullRequestFigures(facts, WINDOW, options);
      const values = pullRequests.map(({ value }) => value);
      expect(figure).toEqual(figures[metric]);
      expect(again(figure, values)).toEqual(figure);
      expect(new Set(pullRequests.map(({ id }) => id)).size).toBe(pullRequests.length);
      if ([...DURATION_METRICS, ...AMOUNT_METRICS].some((each) => each === metric)) {
        expect(values.length + leftOut).toBe(figures.merged.value);
      }
      for (const { value, instants: used } of pullRequests) {
        const ascending = used.map((each) => each.at);
        expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
        if (figure.unit === 's')
          expect(used.map((each) => each.at)).toEqual([used[0]?.at, Number(used[0]?.at) + value]);
      }
    }),
  );
});

function again(figure: Figure, values: readonly number[]): Figure {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (figure.unit) {
    case 'ratio':
      return { unit: 'ratio', n: values.length, value: values.length === 0 ? null : sum / values.length };
    case 'count':
      // Two kinds share this unit: an amount per pull request, and a plain count.
      return 'p50' in figure ? distributionOf(values, 'count') : { unit: 'count', n: sum, value: sum };
    case 's':
    case 'lines':
    case 'files':
      return distributionOf(values, figure.unit);
  }
}
