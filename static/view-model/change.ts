/** Compares a figure with the preceding window, in words that do not need colour. */
import type { Figure, MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { METRIC_TEXTS } from '../texts';
import { FEWEST_VALUES } from './fewest-values';
import { headline, headlineValue, isDistribution } from './format';
import { isComparable } from './window-coverage';

export type Direction = 'better' | 'worse' | 'neutral';

/** Whether less, more, or neither is good; nobody should be told that more pull requests are better. */
export type Wish = 'less' | 'more' | 'none';

export interface Change {
  readonly direction: Direction;
  /** For instance `18 % less than the 90 days before (4.1 days)`. */
  readonly sentence: string;
  readonly trend: 'up' | 'down' | 'same';
}

const NOT_YET: Change = { direction: 'neutral', sentence: 'No comparison yet', trend: 'same' };

/** A metric of the window beside the same of the window before, once that is read whole. */
export function changeOfMetric(metric: MetricId, overview: RepositoryOverview, locale: string): Change {
  if (!isComparable(overview)) return NOT_YET;
  const { figures, previousFigures, window } = overview;
  const { wish } = METRIC_TEXTS[metric];
  const change = changeOf(figures[metric], previousFigures[metric], wish, window.days, locale);
  return mayBeChance(metric, overview) && change.trend !== 'same'
    ? { ...change, direction: 'neutral', sentence: `${change.sentence}, which may be chance` }
    : change;
}

/** The 95 % interval of the medians' difference includes 0 (METRICS 8); unknown of metrics that are not tested. */
function mayBeChance(metric: MetricId, { changes }: RepositoryOverview): boolean {
  return Object.entries(changes).some(([tested, { isChange }]) => tested === metric && isChange === false);
}

/** `days` is the length of both windows. */
export function changeOf(
  current: Figure,
  previous: Figure,
  wish: Wish,
  days: number,
  locale: string,
): Change {
  const now = headlineValue(current);
  const before = headlineValue(previous);
  const isCount = current.unit === 'count' && !isDistribution(current);
  const few = !isCount && (current.n < FEWEST_VALUES || previous.n < FEWEST_VALUES);
  if (now === null || before === null || few) {
    return {
      direction: 'neutral',
      sentence: `Too little to compare with the ${days} days before`,
      trend: 'same',
    };
  }
  const earlier = `the ${days} days before (${headline(previous, locale)})`;
  const difference = now - before;
  if (difference === 0) return { direction: 'neutral', sentence: `Same as ${earlier}`, trend: 'same' };
  const word = difference > 0 ? 'more' : 'less';
  const amount = amountOf(current, difference, before, locale);
  return {
    direction: wish === 'none' ? 'neutral' : wish === word ? 'better' : 'worse',
    sentence: `${amount} ${word} than ${earlier}`,
    trend: difference > 0 ? 'up' : 'down',
  };
}

/** Shares differ by points; what was 0 before cannot be divided by. */
function amountOf(figure: Figure, difference: number, before: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (figure.unit === 'ratio') return `${number.format(Math.abs(difference) * 100)} points`;
  if (before === 0) return number.format(Math.abs(difference));
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(Math.abs(difference / before) * 100)} %`;
}
