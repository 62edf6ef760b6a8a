/** Puts the figures of the tab Pull requests beside those of the window before: how much they changed, and by chance or not. */
import type { TestedChange } from '../../src/metrics/change/headline-changes';
import {
  AMOUNT_METRICS,
  DURATION_METRICS,
  isOneOf,
  type Figure,
  type MetricId,
} from '../../src/metrics/figures';
import type { PullRequestsReport } from '../../src/views/reports/pull-requests-report';
import type { Language } from '../shared/language';
import { METRIC_WISHES } from '../texts';
import { amountOf, type Change } from './change';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, exactDuration, headline, headlineValue, inUnit, isDistribution, NO_VALUE } from './format';
import { whyNoValue, type WhyNoValue } from './why-no-value';
import { isComparable } from './window-coverage';

/** Metrics that are tested: those with a median. */
const COMPARABLE_METRICS = [...DURATION_METRICS, ...AMOUNT_METRICS];

/** What the test of change says; a share or a count is not tested. */
export type Verdict = 'real' | 'chance' | 'untested';

/** One line of the table of all figures. */
export interface FigureRow {
  readonly metric: MetricId;
  /** How many stand behind the figure. */
  readonly n: string;
  /** The value of a share or count, else the median. */
  readonly value: string;
  /** To the second, where it is a duration. */
  readonly exact: string | null;
  /** Why there is no value; `null` where there is one. */
  readonly why: WhyNoValue | null;
  readonly before: string;
  readonly change: Change;
  /** `null` where nothing is compared. */
  readonly verdict: Verdict | null;
  /** The 95 % interval of the medians' difference, and the p-value; `null` where not tested. */
  readonly tested: { readonly low: string; readonly high: string; readonly p: string } | null;
  /** Mean, 75th, 90th and 95th percentile; empty for shares and counts, which have none. */
  readonly spread: readonly string[];
}

/** The columns of `spread`. */
const SPREAD = ['mean', 'p75', 'p90', 'p95'] as const;

export function figureRow(metric: MetricId, report: PullRequestsReport, language: Language): FigureRow {
  const figure: Figure = report.figures[metric];
  const previous: Figure = report.previousFigures[metric];
  const comparison = comparisonOf(figure, previous, report);
  const tested = isOneOf(COMPARABLE_METRICS, metric) ? report.changes[metric] : null;
  const verdict = comparison === 'compared' ? verdictOf(tested) : null;
  const value = headlineValue(figure);
  const show = (each: number | null): string =>
    each === null ? NO_VALUE : inUnit(each, figure.unit, language);
  return {
    metric,
    n: decimal(figure.n, 0, language),
    value: headline(figure, language),
    exact: figure.unit === 's' && value !== null ? exactDuration(value, language) : null,
    why: whyNoValue(metric, report, language),
    before: comparison === 'unread' ? NO_VALUE : headline(previous, language),
    change: changeIn(metric, report, comparison, verdict, language),
    verdict,
    tested: verdict === null || tested === null ? null : testedTexts(tested, figure.unit, language),
    spread: isDistribution(figure) ? SPREAD.map((each) => show(figure[each])) : [],
  };
}

/** Durations that a change is looked for in first, since people decide by them; then the others. */
const MOST_TELLING: readonly MetricId[] = ['time_to_merge', 'cycle_time', 'time_to_first_review'];

/**
 * One sentence about the change that tells most: the first of the headline durations, then of all others, that changed
 * by more than chance explains; or that none did, or why none can be told.
 */
export function tellingSentence(report: PullRequestsReport, language: Language): string {
  const { t } = language;
  const { days } = report.window;
  if (!isComparable(report)) return t('pullRequestsTab.notCompared', { days });
  const ordered = [
    ...COMPARABLE_METRICS.filter((metric) => MOST_TELLING.includes(metric)).toSorted(
      (a, b) => MOST_TELLING.indexOf(a) - MOST_TELLING.indexOf(b),
    ),
    ...COMPARABLE_METRICS.filter((metric) => !MOST_TELLING.includes(metric)),
  ];
  const metric = ordered.find((each) => report.changes[each].isChange === true);
  const medians = metric === undefined ? null : report.changes[metric].medians;
  if (metric !== undefined && medians !== null) {
    const figure = report.figures[metric];
    return t('pullRequestsTab.telling', {
      name: t(`metricName.${metric}`),
      before: headline(report.previousFigures[metric], language),
      after: headline(figure, language),
      low: signed(medians.low, figure.unit, language),
      high: signed(medians.high, figure.unit, language),
    });
  }
  const isTested = ordered.some((each) => report.changes[each].isChange !== null);
  return isTested
    ? t('pullRequestsTab.nothingTelling', { days })
    : t('pullRequestsTab.fewToCompare', { days, fewest: FEWEST_VALUES });
}

/** With its sign, since an interval that holds 0 goes from one to the other. */
export function signed(value: number, unit: Figure['unit'], language: Language): string {
  return `${value > 0 ? '+' : ''}${inUnit(value, unit, language)}`;
}

/** Why two figures are not compared: the window before is not read whole, or there is too little in one of them. */
type Comparison = 'compared' | 'unread' | 'few';

function comparisonOf(figure: Figure, previous: Figure, report: PullRequestsReport): Comparison {
  if (!isComparable(report)) return 'unread';
  if (headlineValue(figure) === null || headlineValue(previous) === null) return 'few';
  const isCount = figure.unit === 'count' && !isDistribution(figure);
  return !isCount && Math.min(figure.n, previous.n) < FEWEST_VALUES ? 'few' : 'compared';
}

function verdictOf(tested: TestedChange | null): Verdict {
  const isChange = tested?.isChange ?? null;
  if (isChange === null) return 'untested';
  return isChange ? 'real' : 'chance';
}

/** Called better or worse only where chance does not explain it. */
function changeIn(
  metric: MetricId,
  { figures, previousFigures, window }: PullRequestsReport,
  comparison: Comparison,
  verdict: Verdict | null,
  language: Language,
): Change {
  const { t } = language;
  const neutral = (sentence: string): Change => ({ direction: 'neutral', sentence, trend: 'same' });
  if (comparison === 'unread') return neutral(t('change.notYet'));
  if (comparison === 'few') return neutral(t('pullRequestsTab.tooFew'));
  const before = headlineValue(previousFigures[metric]) ?? 0;
  const difference = (headlineValue(figures[metric]) ?? 0) - before;
  if (difference === 0) return neutral(t('pullRequestsTab.same', { days: window.days }));
  const word = difference > 0 ? 'more' : 'less';
  const wish = METRIC_WISHES[metric];
  const amount = amountOf(figures[metric], difference, before, language);
  const isNeutral = wish === 'none' || verdict === 'chance';
  return {
    direction: isNeutral ? 'neutral' : wish === word ? 'better' : 'worse',
    sentence: t(`pullRequestsTab.${word}`, { amount }),
    trend: difference > 0 ? 'up' : 'down',
  };
}

/** Below this a p-value is only said to be smaller: its last digits mean nothing. */
const SMALLEST_P = 0.001;

function testedTexts(
  { medians, pValue }: TestedChange,
  unit: Figure['unit'],
  language: Language,
): FigureRow['tested'] {
  if (medians === null || pValue === null) return null;
  return {
    low: signed(medians.low, unit, language),
    high: signed(medians.high, unit, language),
    p: `${pValue < SMALLEST_P ? '< ' : ''}${decimal(Math.max(pValue, SMALLEST_P), 3, language)}`,
  };
}
