import type { Distribution, Ratio } from '../../src/metrics/figures';
import { changeOf, changeOfMetric } from './change';
import { aCompleteness, anOverview, DAY, english, german, TO } from './testing';

const median = (p50: number | null, n = 20): Distribution => ({
  unit: 's',
  n,
  mean: p50,
  p50,
  p75: p50,
  p90: p50,
  p95: p50,
});
const ratio = (value: number | null, n = 20): Ratio => ({ unit: 'ratio', n, value });

it('says by how much, than what, and whether that is good', () => {
  expect(changeOf(median(7_200), median(14_400), 'less', 90, english)).toEqual({
    direction: 'better',
    sentence: '50 % less than the 90 days before (4 h)',
    trend: 'down',
  });
  expect(changeOf(median(14_400), median(7_200), 'less', 90, english).direction).toBe('worse');
});

it('counts the points between two shares', () => {
  expect(changeOf(ratio(0.12), ratio(0.07), 'less', 30, english).sentence).toBe(
    '5 points more than the 30 days before (7 %)',
  );
});

it('does not compare fewer than five values, nor what is not there', () => {
  const sentence = 'Too little to compare with the 90 days before';
  expect(changeOf(median(1, 4), median(2), 'less', 90, english).sentence).toBe(sentence);
  expect(changeOf(median(1), median(2, 4), 'less', 90, english).sentence).toBe(sentence);
  expect(changeOf(median(null), median(2), 'less', 90, english).sentence).toBe(sentence);
});

it('calls more or fewer pull requests neither better nor worse', () => {
  const count = (value: number) => ({ unit: 'count', n: value, value }) as const;
  expect(changeOf(count(3), count(2), 'none', 90, english)).toEqual({
    direction: 'neutral',
    sentence: '50 % more than the 90 days before (2)',
    trend: 'up',
  });
});

it('compares with the window before only once that is read whole', () => {
  const readFor = (days: number) =>
    anOverview({ completeness: aCompleteness({ state: 'importing', readSince: TO - days * DAY }) });
  expect(changeOfMetric('merged', readFor(179), english)).toEqual({
    direction: 'neutral',
    sentence: 'No comparison yet',
    trend: 'same',
  });
  expect(changeOfMetric('merged', readFor(180), english).sentence).toBe('Same as the 90 days before (0)');
});

it('calls neither better nor worse what chance may explain', () => {
  const figures = {
    ...anOverview().figures,
    time_to_merge: median(7_200),
    merged: anOverview().figures.merged,
  };
  const previousFigures = { ...anOverview().previousFigures, time_to_merge: median(14_400) };
  const tested = (isChange: boolean | null) =>
    changeOfMetric(
      'time_to_merge',
      anOverview({
        figures,
        previousFigures,
        changes: { ...anOverview().changes, time_to_merge: { medians: null, pValue: null, isChange } },
      }),
      english,
    );
  expect(tested(false)).toEqual({
    direction: 'neutral',
    sentence: '50 % less than the 90 days before (4 h), which may be chance',
    trend: 'down',
  });
  expect(tested(true)).toMatchObject({
    direction: 'better',
    sentence: '50 % less than the 90 days before (4 h)',
  });
});

it('says the same in German, of a single day too', () => {
  expect(changeOf(median(7_200), median(14_400), 'less', 90, german).sentence).toBe(
    '50 % weniger als in den 90 Tagen davor (4 Std.)',
  );
  expect(changeOf(ratio(0.085), ratio(0.075), 'less', 1, german).sentence).toBe(
    '1 Prozentpunkt mehr als am Tag davor (7,5 %)',
  );
});
