import { DAY, english, german, TO } from './testing';
import {
  dataCell,
  figureCell,
  openCell,
  overP85Cell,
  weekBars,
  weeksSentence,
  type CellMetric,
  type FigureCell,
} from './workspace-cells';
import type { WorkspaceRow } from './workspace-rows';
import { aRow, DAYS, figures } from './workspace-testing';

const HOUR = 3_600;

const cell = (metric: CellMetric, row: WorkspaceRow): FigureCell => figureCell(metric, row, DAYS, english);

describe('a figure', () => {
  it('is written as people read it, with the whole value beside it', () => {
    const row = aRow('shop');
    expect(cell('merged', row)).toEqual({ text: '20', exact: null, note: null, change: null });
    expect(cell('time_to_merge', row)).toMatchObject({ text: '1.3 days', exact: '1 d 6 h' });
    expect(cell('unreviewed_merge_rate', row)).toMatchObject({ text: '25 %', note: null });
    expect(figureCell('time_to_merge', row, DAYS, german).text).toBe('1,3 Tage');
  });

  it.each<[string, WorkspaceRow, CellMetric, string]>([
    ['nothing is read', aRow('shop', { state: 'importing', readSince: null }), 'merged', 'not read yet'],
    ['nothing is known', aRow('shop', null), 'time_to_merge', 'not read yet'],
    [
      'nothing was merged',
      aRow('shop', { figures: figures({ time_to_merge: { n: 0, p50: null } }) }),
      'time_to_merge',
      'no value',
    ],
    [
      'too few values have a median',
      aRow('shop', { figures: figures({ time_to_first_review: { n: 4, p50: 60 } }) }),
      'time_to_first_review',
      'fewer than 5 values',
    ],
    [
      'nothing merged has a review to look for',
      aRow('shop', { figures: figures({ unreviewed_merge_rate: { n: 0, value: null } }) }),
      'unreviewed_merge_rate',
      'no value',
    ],
  ])('has no value where %s', (_, row, metric, note) => {
    expect(cell(metric, row)).toEqual({ text: '–', exact: null, note, change: null });
  });

  it('of which a part is read says so, and compares with nothing', () => {
    const row = aRow('shop', {
      state: 'importing',
      readSince: TO - 30 * DAY,
      previousFigures: figures({ merged: 1 }),
    });
    expect(cell('merged', row)).toMatchObject({ text: '20', note: 'so far', change: null });
  });
});

describe('the change of a figure', () => {
  it('has a sign, and a sentence with the window before', () => {
    const row = aRow('shop', { previousFigures: figures({ merged: 16 }) });
    expect(cell('merged', row).change).toEqual({
      amount: '+25 %',
      direction: 'neutral',
      sentence: '25 % more than the 90 days before (16)',
    });
  });

  it('is none where nothing changed, or the window before has too little', () => {
    expect(cell('time_to_merge', aRow('shop')).change).toBeNull();
    const hardly = figures({ merged: 1_000, unreviewed_merge_rate: { n: 20, value: 0.2503 } });
    const row = aRow('shop', { figures: figures({ merged: 1_001 }), previousFigures: hardly });
    expect([cell('merged', row).change, cell('unreviewed_merge_rate', row).change]).toEqual([null, null]);
    const few = figures({ time_to_merge: { n: 4, p50: HOUR } });
    expect(cell('time_to_merge', aRow('shop', { previousFigures: few })).change).toBeNull();
  });

  it('is a difference where there was nothing before, and in points of a share', () => {
    const before = figures({ merged: 0, unreviewed_merge_rate: { n: 20, value: 0.3 } });
    const row = aRow('shop', { previousFigures: before });
    expect(cell('merged', row).change?.amount).toBe('+20');
    expect(cell('unreviewed_merge_rate', row).change).toMatchObject({
      amount: '−5 points',
      direction: 'better',
    });
  });

  it.each([
    [true, 'worse', /^200 % more than/],
    [false, 'neutral', /may be chance$/],
    [null, 'worse', /^200 % more than/],
  ])(
    'of a median is called worse unless it may be chance (is it a change: %s)',
    (isChange, direction, sentence) => {
      const row = aRow('shop', {
        previousFigures: figures({ time_to_merge: { n: 20, p50: 10 * HOUR } }),
        isChange: { time_to_merge: isChange, time_to_first_review: false },
      });
      const { change } = cell('time_to_merge', row);
      expect(change).toMatchObject({ amount: '+200 %', direction });
      expect(change?.sentence).toMatch(sentence);
    },
  );
});

it('counts what is open, and says why it cannot tell what is open for long', () => {
  expect([openCell(aRow('shop'), english).text, overP85Cell(aRow('shop'), english).text]).toEqual(['4', '1']);
  expect(overP85Cell(aRow('shop', { openOverP85: null }), english)).toMatchObject({
    text: '–',
    note: 'too few merges',
  });
  expect(openCell(aRow('shop', null), english)).toMatchObject({ text: '–', note: 'not read yet' });
});

describe('the bars', () => {
  it('are the merges of each week, and nothing where a week is not read', () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const merges = (row: WorkspaceRow): readonly (number | null)[] =>
      weekBars(row).map(({ merged }) => merged);
    expect(merges(aRow('shop'))).toEqual(all);
    expect(merges(aRow('shop', { state: 'importing', readSince: TO - 90 * DAY }))).toEqual(all);
    expect(merges(aRow('shop', { state: 'importing', readSince: TO - 14 * DAY }))).toEqual([
      ...all.slice(0, 11).map(() => null),
      11,
      12,
    ]);
    expect(merges(aRow('shop', { state: 'importing', readSince: null }))).toEqual([]);
    expect(merges(aRow('shop', null))).toEqual([]);
  });

  it('are said in words too', () => {
    expect(weeksSentence([{ merged: null }, { merged: 0 }, { merged: 7 }], english)).toBe(
      'Merges by week, the oldest first: not read yet, 0, 7',
    );
  });
});

it.each<[string, WorkspaceRow, object]>([
  [
    'complete',
    aRow('shop'),
    { state: 'Complete', isTrouble: false, notes: ['as of Nov 21, 2026, 12:00 AM'] },
  ],
  [
    'in part',
    aRow('shop', { state: 'importing', done: 40, readSince: TO - 30 * DAY }),
    {
      state: 'Being read',
      isTrouble: false,
      notes: [
        '40 of 100 pull requests read',
        'whole since Oct 22, 2026, 12:00 AM',
        'as of Nov 21, 2026, 12:00 AM',
      ],
    },
  ],
  [
    'held up before it was counted',
    aRow('shop', { state: 'failed', expected: null, readSince: null }),
    { state: 'Stopped', isTrouble: true, notes: ['as of Nov 21, 2026, 12:00 AM'] },
  ],
  ['not summarised', aRow('shop', null), { state: 'Waiting', isTrouble: false, notes: [] }],
])('tells how complete the data is: %s', (_, row, expected) => {
  expect(dataCell(row, english)).toEqual(expected);
});
