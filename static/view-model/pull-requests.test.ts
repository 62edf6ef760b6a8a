import type { MetricId } from '../../src/metrics/figures';
import type { PullRequestsReport } from '../../src/views/reports/pull-requests-report';
import { figureRow, signed, tellingSentence, type FigureRow } from './pull-requests';
import { aPullRequestsReport, mergedAfter } from './pull-requests-testing';
import { DAY, english, german, TO } from './testing';

const LONG = [40, 44, 48, 52, 56, 60];
const SHORT = [4, 5, 6, 7, 8, 9];

/** Six pull requests before that took two days, six now that took hours. */
const FASTER = aPullRequestsReport([...mergedAfter(LONG, 50), ...mergedAfter(SHORT, 20)]);
/** The same hours before and now, but for a shuffle. */
const ALIKE = aPullRequestsReport([
  ...mergedAfter([4, 20, 60, 6, 40, 9], 50),
  ...mergedAfter([5, 21, 50, 7, 30, 9], 20),
]);

const row = (metric: MetricId, report: PullRequestsReport): FigureRow => figureRow(metric, report, english);

describe('a figure beside the window before', () => {
  it('is called better where chance does not explain it, with the interval and the p-value', () => {
    const { n, value, exact, before, change, verdict, tested, spread } = row('time_to_merge', FASTER);
    expect({ n, value, exact, before, change, verdict }).toEqual({
      n: '6',
      value: '6 h 30 min',
      exact: '6 h 30 min',
      before: '2.1 days',
      change: { direction: 'better', sentence: '87 % less', trend: 'down' },
      verdict: 'real',
    });
    expect(tested?.low).toMatch(/^−2\.\d days$/);
    expect(tested?.high).toMatch(/^−1\.\d days$/);
    // Six against six without an overlap: U is 0, its normal approximation (36/2 - 0.5) / sqrt(36 * 13 / 12) = 2.80.
    expect(tested?.p).toBe('0.005');
    // Mean, 75th, 90th and 95th percentile of 4 to 9 hours.
    expect(spread).toEqual(['6 h 30 min', '7 h 45 min', '8 h 30 min', '8 h 45 min']);
  });

  it('is neither better nor worse where the interval holds 0', () => {
    const { change, verdict, tested } = row('time_to_merge', ALIKE);
    expect(change).toMatchObject({ direction: 'neutral', trend: 'up' });
    expect(verdict).toBe('chance');
    expect(tested?.low).toMatch(/^−/);
    expect(tested?.high).toMatch(/^\+/);
  });

  it('is not tested where it is a share or a count', () => {
    expect(row('merged', FASTER)).toMatchObject({ verdict: 'untested', tested: null, spread: [] });
    expect(row('unreviewed_merge_rate', FASTER)).toMatchObject({ value: '100 %', verdict: 'untested' });
  });

  it('is not compared while the window before is not read whole', () => {
    const report = aPullRequestsReport(mergedAfter(SHORT, 20), {
      state: 'importing',
      readSince: TO - 40 * DAY,
    });
    expect(row('time_to_merge', report)).toMatchObject({
      before: '–',
      change: { sentence: 'No comparison yet', trend: 'same' },
      verdict: null,
      tested: null,
    });
  });

  it('is not compared where there are fewer than five values', () => {
    const report = aPullRequestsReport([...mergedAfter([1, 2, 3, 4], 50), ...mergedAfter(SHORT, 20)]);
    expect(row('time_to_merge', report)).toMatchObject({
      change: { sentence: 'too few to compare', direction: 'neutral' },
      verdict: null,
    });
    // Counts need no five.
    expect(row('merged', report).change.sentence).toBe('50 % more');
  });

  it('says why it has no value', () => {
    expect(row('time_to_first_review', FASTER)).toMatchObject({
      value: '–',
      why: { text: 'no value in this window' },
    });
  });
});

describe('the most telling change', () => {
  it('is that of the time to merge first', () => {
    expect(tellingSentence(FASTER, english)).toMatch(
      /^Time to merge went from 2\.1 days to 6 h 30 min: more than chance explains \(95 % interval of the difference: −2\.\d days to −1\.\d days\)\.$/,
    );
    expect(tellingSentence(FASTER, german)).toMatch(
      /^Zeit bis zum Merge: zuvor 2,1 Tage, jetzt 6 Std\. 30 Min\. – mehr, als der Zufall erklärt/,
    );
  });

  it('is another where the headline durations did not change', () => {
    const hours = [4, 20, 60, 6, 40, 9];
    const commented = (count: number) => ({ reviewCommentCount: count });
    const report = aPullRequestsReport([
      ...mergedAfter(hours, 50, commented(2)),
      ...mergedAfter(hours, 20, commented(9)),
    ]);
    expect(tellingSentence(report, english)).toBe(
      'Review comments went from 2 to 9: more than chance explains (95 % interval of the difference: +7 to +7).',
    );
  });

  it('is none where chance may explain them all', () => {
    expect(tellingSentence(ALIKE, english)).toBe(
      'No duration and no amount differs from the 30 days before by more than chance explains.',
    );
  });

  it('is not looked for where there is too little, or the window before is not read', () => {
    expect(tellingSentence(aPullRequestsReport(mergedAfter(SHORT, 20)), english)).toBe(
      'Too little to compare with the 30 days before: it takes 5 values in both.',
    );
    const unread = aPullRequestsReport([], { state: 'importing', readSince: TO });
    expect(tellingSentence(unread, english)).toBe(
      'The 30 days before are not read whole, so there is no comparison yet.',
    );
  });
});

it('writes a difference with its sign', () => {
  expect(signed(3_600, 's', english)).toBe('+1 h');
  expect(signed(-90, 's', english)).toBe('−2 min');
  expect(signed(0, 's', english)).toBe('0 s');
});
