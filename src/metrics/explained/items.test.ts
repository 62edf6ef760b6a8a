import { aPullRequest, HOUR, OPENED_AT, review } from '../../facts/testing';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import type { MetricId } from '../figures';
import { contributionsTo } from '../pull-request-figures';
import { itemOf } from './items';

const WINDOW = { from: OPENED_AT, to: OPENED_AT + 60 * 24 * HOUR };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

/** The instants behind one pull request's value: name, hours after the opening, source. */
function instants(metric: MetricId, overrides: Partial<PullRequestFacts>): readonly unknown[] {
  const facts = [aPullRequest(overrides)];
  return contributionsTo(metric, facts, WINDOW, { defaultBranch: 'main' }).values.flatMap((each) =>
    itemOf(metric, each).instants.map(({ name, at: instant, source }) => [
      name,
      (instant - OPENED_AT) / HOUR,
      source,
    ]),
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
