/** Compares a figure with the preceding window, in words that do not need colour. */
import type { Figure, MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import type { Language } from '../shared/language';
import { METRIC_WISHES } from '../texts';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, headline, headlineValue, isDistribution } from './format';
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

/** A metric of the window beside the same of the window before, once that is read whole. */
export function changeOfMetric(metric: MetricId, overview: RepositoryOverview, language: Language): Change {
  if (!isComparable(overview)) return neutral(language.t('change.notYet'));
  const { figures, previousFigures, window } = overview;
  const change = changeOf(
    figures[metric],
    previousFigures[metric],
    METRIC_WISHES[metric],
    window.days,
    language,
  );
  if (change.trend === 'same' || !mayBeChance(metric, overview)) return change;
  const sentence = language.t('change.perhapsChance', { change: change.sentence });
  return { ...change, direction: 'neutral', sentence };
}

function neutral(sentence: string): Change {
  return { direction: 'neutral', sentence, trend: 'same' };
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
  language: Language,
): Change {
  const { t } = language;
  const now = headlineValue(current);
  const before = headlineValue(previous);
  const isCount = current.unit === 'count' && !isDistribution(current);
  const few = !isCount && (current.n < FEWEST_VALUES || previous.n < FEWEST_VALUES);
  if (now === null || before === null || few) return neutral(t('change.tooLittle', { days }));
  const values = { days, before: headline(previous, language) };
  const difference = now - before;
  if (difference === 0) return neutral(t('change.same', values));
  const word = difference > 0 ? 'more' : 'less';
  const amount = amountOf(current, difference, before, language);
  return {
    direction: wish === 'none' ? 'neutral' : wish === word ? 'better' : 'worse',
    sentence: t(`change.${word}`, { ...values, amount }),
    trend: difference > 0 ? 'up' : 'down',
  };
}

/** Shares differ by points; what was 0 before cannot be divided by. */
export function amountOf(figure: Figure, difference: number, before: number, language: Language): string {
  if (figure.unit === 'ratio') {
    return language.t('change.points', { points: Math.round(Math.abs(difference) * 1_000) / 10 });
  }
  if (before === 0) return decimal(Math.abs(difference), 1, language);
  return `${decimal(Math.abs(difference / before) * 100, 0, language)} %`;
}
