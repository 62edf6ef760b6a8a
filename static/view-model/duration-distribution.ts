/** Puts one duration's distribution into words: its bars, its percentiles, and what they say. */
import type { Distribution, HistogramBar } from '../../src/metrics/figures';
import type { DistributionReport } from '../../src/views/reports/pull-requests-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, duration, NO_VALUE, share } from './format';

/** A percentile as it stands at its line. */
export interface PercentileMark {
  readonly name: 'p50' | 'p75' | 'p95';
  readonly seconds: number;
  readonly text: string;
}

const MARKED = ['p50', 'p75', 'p95'] as const;

/** In the order of their size; none where the values are too few for percentiles. */
export function percentileMarks(figure: Distribution, language: Language): readonly PercentileMark[] {
  if (figure.n < FEWEST_VALUES) return [];
  return MARKED.flatMap((name) => {
    const seconds = figure[name];
    if (seconds === null) return [];
    const text = language.t(`pullRequestsTab.${name}`, { duration: duration(seconds, language) });
    return [{ name, seconds, text }];
  });
}

/** `10 min to 20 min`; what took less than a second took none. */
export function spanName({ from, to }: HistogramBar, language: Language): string {
  const { t } = language;
  if (from === 0) return t('pullRequestsTab.noTime');
  return to === null
    ? t('distribution.over', { from: duration(from, language) })
    : t('distribution.between', { from: duration(from, language), to: duration(to, language) });
}

/** `10 min to 20 min: 12 pull requests, 7 %`. */
export function barSentence(bar: HistogramBar, n: number, language: Language): string {
  return language.t('distribution.bar', {
    span: spanName(bar, language),
    count: bar.count,
    share: share(n === 0 ? 0 : bar.count / n, language),
  });
}

/** The same as the drawing, a line for each bar. */
export function barLines(
  { bars, figure }: DistributionReport,
  language: Language,
): readonly (readonly string[])[] {
  return bars.map((bar) => [
    spanName(bar, language),
    decimal(bar.count, 0, language),
    share(figure.n === 0 ? 0 : bar.count / figure.n, language),
  ]);
}

/** What the distribution says; of few values, which they are. */
export function distributionSentence(report: DistributionReport, language: Language): string {
  const { t } = language;
  const { figure, leftOut, values } = report;
  const seconds = (value: number | null): string => (value === null ? NO_VALUE : duration(value, language));
  const rest = leftOut === 0 ? '' : ` ${t('explained.leftOut', { count: leftOut })}`;
  if (figure.n === 0) return `${t('pullRequestsTab.noDistribution')}${rest}`;
  if (values !== null) {
    return `${t('pullRequestsTab.fewValues', { values: values.map(seconds).join(', '), fewest: FEWEST_VALUES })}${rest}`;
  }
  return `${t('pullRequestsTab.distributionSentence', {
    median: seconds(figure.p50),
    percentile75: seconds(figure.p75),
    percentile95: seconds(figure.p95),
  })}${rest}`;
}
