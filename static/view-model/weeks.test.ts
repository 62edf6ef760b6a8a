import type { WeekFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { aCompleteness, anOverview, DAY, english, TO } from './testing';
import { jointsOf } from './trend-weeks';
import { shownWeeks, trendLegend, weekDurations, weekName, weekSentence, type ShownWeek } from './weeks';

/** Monday of the week that the window ends in. */
const RUNNING = TO - 5 * DAY;

const aWeek = (ago: number, merged: number, partial = false): WeekFigures => {
  const seconds = merged === 0 ? null : 7_200;
  const timeToMerge = {
    unit: 's',
    n: merged,
    mean: seconds,
    p50: seconds,
    p75: seconds,
    p90: seconds,
    p95: seconds,
  } as const;
  return {
    from: RUNNING - ago * 7 * DAY,
    partial,
    opened: merged,
    merged,
    timeToMerge,
    timeToFirstReview: timeToMerge,
    unreviewed: { unit: 'ratio', n: merged, value: merged === 0 ? null : 0 },
    openAtEnd: 3,
  };
};
const WEEKS = [aWeek(13, 9, true), aWeek(12, 6), aWeek(11, 2), aWeek(10, 5), aWeek(1, 7), aWeek(0, 8, true)];
const shown = (overrides: Partial<RepositoryOverview> = {}): readonly ShownWeek[] =>
  shownWeeks(anOverview({ weeks: WEEKS, ...overrides }));

it('marks the week that runs and the one that the window cuts', () => {
  expect(shown().map(({ mark }) => mark)).toEqual(['cut', 'whole', 'whole', 'whole', 'whole', 'running']);
  expect(shown().map((week) => weekName(week, english))).toEqual([
    'Aug 17 (in part)',
    'Aug 24',
    'Aug 31',
    'Sep 7',
    'Nov 9',
    'Nov 16 (so far)',
  ]);
});

it('marks the weeks that the import has not come to', () => {
  const completeness = aCompleteness({ state: 'importing', readSince: RUNNING - 10 * 7 * DAY + 60 });
  expect(shown({ completeness }).map(({ mark }) => mark)).toEqual([
    'unread',
    'unread',
    'unread',
    'unread',
    'whole',
    'running',
  ]);
  const nothing = aCompleteness({ state: 'importing', readSince: null });
  expect(shown({ completeness: nothing }).every(({ mark }) => mark === 'unread')).toBe(true);
});

it('joins neighbours of enough merges only, and tells which of the joints are whole', () => {
  expect(jointsOf(shown())).toEqual([
    { from: 0, to: 1, isWhole: false },
    { from: 3, to: 4, isWhole: true },
    { from: 4, to: 5, isWhole: false },
  ]);
  expect(jointsOf(shown(), () => false)).toEqual([]);
  expect(jointsOf([])).toEqual([]);
});

it('gives no percentile of fewer than five merges', () => {
  const sentences = [0, 1, 4, 5].map((merged) =>
    weekSentence({ week: aWeek(1, merged), mark: 'whole', isSolid: merged >= 5 }, english),
  );
  expect(sentences).toEqual([
    'Week of Nov 9: nothing merged',
    'Week of Nov 9: 1 merge, after 2 h',
    'Week of Nov 9: 4 merges, median 2 h',
    'Week of Nov 9: 5 merges, median 2 h, 75th percentile 2 h',
  ]);
});

it('says in the table why a week has no median or percentile', () => {
  const cells = (merged: number, mark: ShownWeek['mark'] = 'whole') =>
    weekDurations({ week: aWeek(1, merged), mark, isSolid: merged >= 5 }, english);
  expect(cells(5)).toEqual(['2 h', '2 h', '2 h']);
  expect(cells(4)).toEqual(['2 h', 'fewer than 5', 'fewer than 5']);
  expect(cells(0)).toEqual(['nothing merged', 'nothing merged', 'nothing merged']);
  expect(cells(0, 'unread')).toEqual(['not read yet', 'not read yet', 'not read yet']);
});

it('explains only what is in the chart', () => {
  expect(trendLegend(shown({ weeks: [aWeek(2, 6), aWeek(1, 6)] }), english)).toBe(
    'Line: median. Bands: up to the 75th and, lighter, the 95th percentile. Upwards the scale is drawn closer together.',
  );
  expect(trendLegend(shown({ weeks: [aWeek(1, 2), aWeek(0, 0, true)] }), english)).toBe(
    'Hollow points: weeks of fewer than 5 merges, which no line joins. Light and dashed: weeks of which the window holds a part.',
  );
  expect(
    trendLegend(shown({ completeness: aCompleteness({ state: 'importing', readSince: null }) }), english),
  ).toContain('Grey: weeks that are not read whole yet.');
});
