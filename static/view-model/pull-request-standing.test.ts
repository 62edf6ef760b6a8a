import type { Standing } from '../../src/metrics/pull-request-standing';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { standingRows, standingSentence } from './pull-request-standing';
import { aPullRequestReport, HOUR } from './pull-request-testing';
import { english, german } from './testing';

/** With only the whole time, changed so. */
const withWhole = (row: Partial<Standing>, overrides: Partial<PullRequestReport> = {}): PullRequestReport => {
  const whole = {
    metric: 'time_to_merge',
    seconds: 9 * HOUR,
    isRunning: false,
    others: 140,
    longerThan: 0.5,
  } as const;
  const standing = { days: 90, isWhole: true, rows: [{ ...whole, ...row }] };
  return aPullRequestReport({ standing, ...overrides });
};

it('compares each duration in words', () => {
  expect(standingRows(aPullRequestReport(), english)).toEqual([
    {
      metric: 'time_to_open',
      name: 'Coding time',
      value: '3 h',
      comparison: 'longer than 50 % of 140',
      longerThan: 0.5,
    },
    {
      metric: 'time_to_first_review',
      name: 'Wait for the first review',
      value: '10 h so far',
      comparison: 'longer than all 120',
      longerThan: 1,
    },
    {
      metric: 'review_time',
      name: 'Review time',
      value: null,
      comparison: 'no review yet',
      longerThan: null,
    },
    {
      metric: 'time_to_merge',
      name: 'Age so far',
      value: '10 h so far',
      comparison: 'longer than 82 % of 140',
      longerThan: 0.829,
    },
  ]);
});

describe('the sentence', () => {
  it.each([
    ['OPEN', 'It is open for longer than 50 % of the 140 merges took.'],
    ['MERGED', 'It took longer than 50 % of the 140 other merges.'],
    ['DECLINED', 'It was open for longer than 50 % of the 140 merges took.'],
    ['SUPERSEDED', 'It was open for longer than 50 % of the 140 merges took.'],
  ] as const)('fits one that is %s', (state, sentence) => {
    expect(standingSentence(withWhole({}, { state }), english)).toBe(sentence);
  });

  it.each([
    [1, 'It took longer than each of the 140 other merges.'],
    [0, 'None of the 140 other merges took less time.'],
    [0.999, 'It took longer than 99 % of the 140 other merges.'],
    [0.29, 'It took longer than 29 % of the 140 other merges.'],
    [0.0857, 'It took longer than 8 % of the 140 other merges.'],
    [0.004, 'It took longer than 0.4 % of the 140 other merges.'],
  ])('is true of a rank of %f', (longerThan, sentence) => {
    expect(standingSentence(withWhole({ longerThan }, { state: 'MERGED' }), english)).toBe(sentence);
  });

  it('says that merges are missing', () => {
    const report = withWhole({}, { state: 'MERGED' });
    const part = { ...report, standing: { ...report.standing, isWhole: false } };
    expect(standingSentence(part, english)).toBe(
      'It took longer than 50 % of the 140 other merges read so far.',
    );
    expect(standingSentence(part, german)).toBe(
      'Er brauchte länger als 50 % der 140 anderen bisher gelesenen Merges.',
    );
  });

  it('says why there is no percentile', () => {
    expect(standingSentence(withWhole({ others: 4, longerThan: null }), english)).toBe(
      '4 other pull requests were merged in these days: fewer than 5 give no percentile.',
    );
    expect(standingSentence(withWhole({ others: 0, longerThan: null }), english)).toMatch(
      /^No other pull request was/,
    );
    expect(standingSentence(withWhole({ seconds: null, longerThan: null }), english)).toBe(
      'Nothing tells how long it was open.',
    );
  });
});

it('compares with nothing below five', () => {
  const compared = (others: number): string | undefined =>
    standingRows(withWhole({ others, longerThan: null }), english)[0]?.comparison;
  expect(compared(4)).toBe('only 4 to compare with');
  expect(compared(0)).toBe('none to compare with');
});

it('says that nothing took less', () => {
  expect(standingRows(withWhole({ longerThan: 0 }), english)[0]?.comparison).toBe('longer than none of 140');
});

it.each([
  ['time_to_open', { commits: null }, 'not read yet'],
  ['time_to_open', {}, 'no commit before the opening'],
  ['review_time', { isActivityRead: false }, 'not read yet'],
  ['review_time', { state: 'MERGED', closedAt: 1 }, 'no review'],
  ['time_to_first_review', { draft: true }, 'a draft waits for no review'],
  ['time_to_merge', { state: 'DECLINED', closedAt: null }, 'not known'],
] as const)('says why there is no %s of %j', (metric, overrides, why) => {
  const report = withWhole({ metric, seconds: null, longerThan: null }, overrides);
  expect(standingRows(report, english)).toMatchObject([{ value: null, comparison: why, longerThan: null }]);
});

it('names the whole time by the state', () => {
  const name = (overrides: Partial<PullRequestReport>): string | undefined =>
    standingRows(withWhole({}, overrides), english)[0]?.name;
  expect(name({ state: 'MERGED' })).toBe('Time to merge');
  expect(name({ state: 'DECLINED' })).toBe('Time open');
  expect(name({})).toBe('Age so far');
});

it.each([
  ['time_to_open', { commits: null }],
  ['review_time', { isActivityRead: false }],
] as const)('names the permission without which %s is not known', (metric, overrides) => {
  const scope = 'read:pullrequest:bitbucket';
  const report = aPullRequestReport({
    ...overrides,
    missing: { activity: scope, commits: scope, deployments: null },
    standing: {
      days: 90,
      isWhole: true,
      rows: [{ metric, seconds: null, isRunning: false, others: 140, longerThan: null }],
    },
  });
  expect(standingRows(report, english)[0]?.comparison).toContain(`permission ${scope} is missing`);
});
