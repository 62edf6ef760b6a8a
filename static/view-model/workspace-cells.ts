/** What stands in the cells of the workspace's list: each figure with what limits it, and its change in a few words. */
import type { Distribution, Figure } from '../../src/metrics/figures';
import type { Language } from '../shared/language';
import { METRIC_WISHES } from '../texts';
import { changeOf, type Change } from './change';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, exactDuration, headline, headlineValue, instant, NO_VALUE } from './format';
import type { WorkspaceRow } from './workspace-rows';

const SECONDS_A_WEEK = 7 * 86_400;

export interface FigureCell {
  readonly text: string;
  /** The whole value, where the text rounds it. */
  readonly exact: string | null;
  /** Why there is no value, or what limits it. */
  readonly note: string | null;
  readonly change: CellChange | null;
}

export interface CellChange extends Pick<Change, 'direction' | 'sentence'> {
  /** Such as `+12 %`, with its sign. */
  readonly amount: string;
}

/** Metrics that a row shows as a figure of the window. */
export type CellMetric = 'merged' | 'time_to_merge' | 'time_to_first_review' | 'unreviewed_merge_rate';

type Figures = NonNullable<WorkspaceRow['summary']>['figures'];

/** `days` is the length of the summaries' windows. */
export function figureCell(
  metric: CellMetric,
  row: WorkspaceRow,
  days: number,
  language: Language,
): FigureCell {
  const { summary, coverage, isComparable } = row;
  const { t } = language;
  if (summary === null || coverage === 'none') return without(t('workspacePage.notRead'));
  const figure = figureOf(metric, summary.figures);
  const value = headlineValue(figure);
  if (value === null) return without(t('workspacePage.noValue'));
  if (figure.unit === 's' && figure.n < FEWEST_VALUES) {
    return without(t('workspacePage.fewValues', { fewest: FEWEST_VALUES }));
  }
  return {
    text: headline(figure, language),
    exact: figure.unit === 's' ? exactDuration(value, language) : null,
    note: coverage === 'part' ? t('workspacePage.soFar') : null,
    change: isComparable ? cellChange(metric, row, days, language) : null,
  };
}

function without(note: string): FigureCell {
  return { text: NO_VALUE, exact: null, note, change: null };
}

function figureOf(metric: CellMetric, figures: Figures): Figure {
  switch (metric) {
    case 'merged':
      return { unit: 'count', n: figures.merged, value: figures.merged };
    case 'unreviewed_merge_rate':
      return { unit: 'ratio', ...figures.unreviewed_merge_rate };
    case 'time_to_merge':
    case 'time_to_first_review':
      return median(figures[metric]);
  }
}

/** A summary keeps the median alone. */
function median({ n, p50 }: Pick<Distribution, 'n' | 'p50'>): Distribution {
  return { unit: 's', n, mean: null, p50, p75: null, p90: null, p95: null };
}

/** `null` where nothing changed, or too little is there to say. */
function cellChange(
  metric: CellMetric,
  { summary }: WorkspaceRow,
  days: number,
  language: Language,
): CellChange | null {
  if (summary === null) return null;
  const current = figureOf(metric, summary.figures);
  const previous = figureOf(metric, summary.previousFigures);
  const change = changeOf(current, previous, METRIC_WISHES[metric], days, language);
  if (change.trend === 'same') return null;
  const amount = signedAmount(current, previous, language);
  if (amount === null) return null;
  const mayBeChance = isTested(metric) && summary.isChange[metric] === false;
  return mayBeChance
    ? {
        amount,
        direction: 'neutral',
        sentence: language.t('change.perhapsChance', { change: change.sentence }),
      }
    : { amount, direction: change.direction, sentence: change.sentence };
}

function isTested(metric: CellMetric): metric is 'time_to_merge' | 'time_to_first_review' {
  return metric === 'time_to_merge' || metric === 'time_to_first_review';
}

/** Of shares the points, of what was 0 before the difference, of all else the part; `null` for what rounds to nothing. */
function signedAmount(current: Figure, previous: Figure, language: Language): string | null {
  const before = headlineValue(previous) ?? 0;
  const difference = (headlineValue(current) ?? 0) - before;
  const sign = difference < 0 ? '−' : '+';
  const size = Math.abs(difference);
  if (current.unit === 'ratio') {
    const points = Math.round(size * 1_000) / 10;
    return points === 0 ? null : `${sign}${language.t('change.points', { points })}`;
  }
  if (before === 0) return `${sign}${decimal(size, 1, language)}`;
  const percent = Math.round((size / before) * 100);
  return percent === 0 ? null : `${sign}${decimal(percent, 0, language)} %`;
}

/** Open pull requests, and those of them that are open for long. */
export function openCell(row: WorkspaceRow, language: Language): FigureCell {
  return countCell(row, row.summary?.open ?? null, language);
}

export function overP85Cell(row: WorkspaceRow, language: Language): FigureCell {
  return countCell(row, row.summary?.openOverP85 ?? null, language);
}

function countCell({ coverage }: WorkspaceRow, value: number | null, language: Language): FigureCell {
  const { t } = language;
  if (coverage === 'none') return without(t('workspacePage.notRead'));
  if (value === null) return without(t('workspacePage.fewMerges'));
  return { text: decimal(value, 0, language), exact: null, note: null, change: null };
}

/** The merges of one of the weeks; `null` where the week is not read whole. */
export interface WeekBar {
  readonly merged: number | null;
}

/** The oldest week first; the last ends when the summary was made. */
export function weekBars({ summary, coverage, readSince }: WorkspaceRow): readonly WeekBar[] {
  if (summary === null || coverage === 'none') return [];
  const { mergesByWeek, asOf } = summary;
  return mergesByWeek.map((merged, week) => {
    const from = asOf - (mergesByWeek.length - week) * SECONDS_A_WEEK;
    // The first week begins a day before the window, of which the coverage speaks.
    return { merged: coverage === 'whole' || from >= readSince ? merged : null };
  });
}

/** The bars in words, for who cannot see them. */
export function weeksSentence(bars: readonly WeekBar[], language: Language): string {
  const { t } = language;
  const weeks = bars
    .map(({ merged }) => (merged === null ? t('workspacePage.notRead') : decimal(merged, 0, language)))
    .join(', ');
  return t('workspacePage.byWeek', { weeks });
}

export interface DataCell {
  readonly state: string;
  readonly isTrouble: boolean;
  /** How much is read, and since when the summary knows it. */
  readonly notes: readonly string[];
}

export function dataCell(row: WorkspaceRow, language: Language): DataCell {
  const { summary, coverage, readSince } = row;
  const { t } = language;
  if (summary === null) return { state: t('importState.waiting'), isTrouble: false, notes: [] };
  const { state, done, expected, asOf } = summary;
  return {
    state: t(`importState.${state}`),
    isTrouble: state === 'failed',
    notes: [
      ...(state === 'complete' || expected === null
        ? []
        : [t('workspacePage.readOf', { done, all: expected })]),
      ...(coverage === 'part'
        ? [t('workspacePage.readSince', { instant: instant(readSince, language) })]
        : []),
      t('workspacePage.asOf', { instant: instant(asOf, language) }),
    ],
  };
}
