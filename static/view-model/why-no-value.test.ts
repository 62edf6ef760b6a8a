import { aPullRequest, HOUR } from '../../src/facts/testing';
import { METRIC_IDS, type MetricId } from '../../src/metrics/figures';
import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import type { Completeness } from '../../src/views/contract';
import { aCompleteness, anOverview, DAY, english, TO } from './testing';
import { whyNoOpenWork, whyNoStage, whyNoValue } from './why-no-value';

const MERGED = 4;
const complete = { merged: MERGED, withActivity: MERGED, withCommits: MERGED, withDiffstat: MERGED };
const textOf = (metric: MetricId, completeness: Partial<Completeness>): string | undefined =>
  whyNoValue(metric, anOverview({ completeness: aCompleteness(completeness) }), english)?.text;

it('tells that nothing of the window has a value', () => {
  expect(textOf('time_to_merge', {})).toBe('no value in this window');
  expect(textOf('size_lines', { inWindow: complete })).toBe('no value in this window');
  expect(textOf('size_lines', { state: 'importing', readSince: TO - 90 * DAY, inWindow: complete })).toBe(
    'no value in this window',
  );
});

it('tells that it is not read yet', () => {
  expect(textOf('time_to_merge', { state: 'waiting', readSince: null })).toBe('not read yet');
  expect(textOf('size_lines', { inWindow: { ...complete, withDiffstat: 0 } })).toBe('not read yet');
  expect(textOf('time_to_approve', { state: 'importing', readSince: TO - DAY, inWindow: complete })).toBe(
    'no value so far',
  );
});

it('tells that it may not or could not be read', () => {
  const inWindow = { ...complete, withDiffstat: 0 };
  const diffstat = 'read:repository:bitbucket';
  const missing = { activity: null, commits: null, diffstat } as const;
  expect(textOf('size_lines', { inWindow, missing })).toBe(
    'no value: permission read:repository:bitbucket is missing',
  );
  const failed = { state: 'failed', inWindow, readSince: null } as const;
  expect(textOf('size_lines', { ...failed, trouble: { cause: 'bitbucket-failed', scope: null } })).toBe(
    'could not be read',
  );
  const scope = 'read:pullrequest:bitbucket';
  expect(textOf('time_to_merge', { ...failed, trouble: { cause: 'missing-permission', scope } })).toBe(
    'no value: permission read:pullrequest:bitbucket is missing',
  );
  // What could not be read of one page says nothing of sizes, which are read later.
  expect(textOf('size_lines', { inWindow, trouble: { cause: 'unreadable', scope: null } })).toBe(
    'not read yet',
  );
  // Sizes are no part of it.
  expect(textOf('time_to_merge', { inWindow, missing })).toBe('no value in this window');
});

it('calls a count of what is not read no 0', () => {
  expect(textOf('merged', { state: 'waiting', readSince: null })).toBe('not read yet');
  expect(textOf('merged', { state: 'importing', readSince: TO - DAY })).toBeUndefined();
  expect(textOf('merged', {})).toBeUndefined();
});

it('takes a share of 0 for a value, however little is read', () => {
  const overview = anOverview({ completeness: aCompleteness({ state: 'importing', readSince: null }) });
  const figures = { ...overview.figures, stale_approval_rate: { unit: 'ratio', n: 3, value: 0 } as const };
  expect(whyNoValue('stale_approval_rate', { ...overview, figures }, english)).toBeNull();
});

it('says of open work likewise that it is not read yet', () => {
  const unread = aCompleteness({ state: 'waiting', readSince: null });
  expect(whyNoOpenWork(anOverview({ completeness: unread }), english)?.text).toBe('not read yet');
  expect(whyNoOpenWork(anOverview(), english)).toBeNull();
});

it('needs nothing of a metric that is known without the answer', () => {
  const merged = aPullRequest({
    openedAt: TO - 30 * HOUR,
    mergedAt: TO - HOUR,
    linesAdded: null,
    coverage: { activity: false, commits: false, diffstat: false },
  });
  const overview = anOverview({
    completeness: aCompleteness({
      inWindow: { merged: 1, withActivity: 0, withCommits: 0, withDiffstat: 0 },
    }),
  });
  const figures = pullRequestFigures([merged], overview.window, { defaultBranch: 'main' });
  const unread = METRIC_IDS.filter(
    (metric) => whyNoValue(metric, { ...overview, figures }, english)?.text === 'not read yet',
  );
  const known = METRIC_IDS.filter((metric) => !unread.includes(metric));
  expect(known).toEqual([
    'time_to_approve',
    'approval_spread',
    'merge_wait',
    'time_to_merge',
    'unapproved_merge_rate',
    'self_merge_rate',
    'opened',
    'merged',
    'declined',
  ]);
});

it('says the same of a stage by the answer that is furthest behind', () => {
  const overview = (withActivity: number, withCommits: number) =>
    anOverview({
      completeness: aCompleteness({ inWindow: { ...complete, withActivity, withCommits } }),
    });
  expect(whyNoStage(overview(MERGED, MERGED), english).text).toBe('no value in this window');
  expect(whyNoStage(overview(MERGED, 0), english).text).toBe('not read yet');
  expect(whyNoStage(overview(0, MERGED), english).text).toBe('not read yet');
  expect(whyNoStage(overview(2, MERGED), english).text).toBe('no value so far');
});

it('names the permission that a stage lacks', () => {
  const missing = { activity: null, commits: 'read:pullrequest:bitbucket', diffstat: null } as const;
  const inWindow = { ...complete, withActivity: 3, withCommits: 3 };
  const refused = anOverview({ completeness: aCompleteness({ inWindow, missing }) });
  expect(whyNoStage(refused, english).text).toBe(
    'no value: permission read:pullrequest:bitbucket is missing',
  );
});
