import { distributionReport } from '../../src/views/pull-requests-distribution';
import type { DistributionReport } from '../../src/views/reports/pull-requests-report';
import { windowEndingAt } from '../../src/metrics/windows';
import { barLines, distributionSentence, percentileMarks } from './duration-distribution';
import { mergedAfter } from './pull-requests-testing';
import { english, german, TO } from './testing';

const distribution = (hours: readonly number[]): DistributionReport =>
  distributionReport(
    {
      facts: mergedAfter(hours, 20),
      window: { ...windowEndingAt(TO, 30), days: 30 },
      options: { defaultBranch: 'main' },
    },
    'time_to_merge',
    TO,
  );

const MANY = distribution([0, 1, 2, 4, 4, 8]);

it('marks median, 75th and 95th percentile, the smallest first', () => {
  expect(percentileMarks(MANY.figure, english)).toEqual([
    { name: 'p50', seconds: 10_800, text: 'median 3 h' },
    { name: 'p75', seconds: 14_400, text: '75th percentile 4 h' },
    { name: 'p95', seconds: 25_200, text: '95th percentile 7 h' },
  ]);
});

it('has a line for each bar, what took no time among them', () => {
  const lines = barLines(MANY, english);
  expect(lines[0]).toEqual(['no time (less than a second)', '1', '17 %']);
  expect(lines.find(([name]) => name?.startsWith('4 h'))).toEqual(['4 h to 6 h', '2', '33 %']);
  expect(lines.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(6);
});

it('says what it shows', () => {
  expect(distributionSentence(MANY, english)).toBe(
    'Half took 3 h or less, three quarters 4 h or less, all but one in twenty 7 h or less. On this axis each step is a ' +
      'multiple of the one before.',
  );
});

it('lists few values, without percentiles', () => {
  const few = distribution([3, 1]);
  expect(distributionSentence(few, english)).toBe('Fewer than 5 values, so each by itself: 1 h, 3 h');
  expect(distributionSentence(few, german)).toContain('1 Std., 3 Std.');
  expect(percentileMarks(few.figure, english)).toEqual([]);
});

it('says where there is no value, and how many are left out', () => {
  const { facts, window, options } = {
    facts: mergedAfter([1, 2], 20),
    window: { ...windowEndingAt(TO, 30), days: 30 },
    options: { defaultBranch: 'main' },
  };
  const unreviewed = distributionReport({ facts, window, options }, 'review_time', TO);
  expect(distributionSentence(unreviewed, english)).toBe(
    'No pull request merged in this window has a value. 2 more of the window have no value and are left out.',
  );
});
