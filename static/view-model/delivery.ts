/** Puts the figures of delivery into words: value, level, comparison, and what each means. */
import { REMEDIATION_KINDS } from '../../src/metrics/delivery/delivery-settings';
import type { DeliveryMetrics, ExportedValue } from '../../src/views/reports/export-report';
import type { DeliveryReport } from '../../src/views/reports/delivery-report';
import type { ViewQuery } from '../../src/views/view-query';
import type { Language } from '../shared/language';
import type { Wish } from './change';
import { comparedWith, number, shareOf, timeOf, type FigureLine } from './figure-lines';
import { sourceOf } from './delivery-rules';
import { chipsOf } from './filters';
import { day, duration, NO_VALUE, share } from './format';
import { isSolid, markOf, type TrendWeek } from './trend-weeks';

/** Frequencies of windows of one length say it themselves. */
type ComparedMetric = Exclude<keyof DeliveryMetrics, 'deployment_frequency'>;

/** The five DORA figures, the mean time to restore beside the median, and the pushes past pull requests. */
export function deliveryLines(report: DeliveryReport, language: Language): readonly FigureLine[] {
  const { t } = language;
  const { figures, previousFigures: before, bands, window, shares } = report;
  const changed = (metric: ComparedMetric, wish: Wish): string =>
    comparedWith(figures[metric], before?.[metric] ?? null, wish, window.days, language);
  const frequency = figures.deployment_frequency;
  return [
    {
      figure: 'deployment_frequency',
      value: perDay(frequency, language),
      exact:
        frequency.value === null
          ? t('delivery.none')
          : t('delivery.onPeriods', {
              count: frequency.n,
              days: share(shares.day.value ?? 0, language),
              weeks: share(shares.week.value ?? 0, language),
              months: share(shares.month.value ?? 0, language),
            }),
      band: bands.deployment_frequency,
      change: null,
    },
    {
      figure: 'lead_time_for_changes',
      ...timeOf(figures.lead_time_for_changes, language),
      band: bands.lead_time_for_changes,
      change: changed('lead_time_for_changes', 'less'),
    },
    {
      figure: 'change_failure_rate',
      ...shareOf(figures.change_failure_rate, 'Deployments', language),
      band: bands.change_failure_rate,
      change: changed('change_failure_rate', 'less'),
    },
    {
      figure: 'time_to_restore',
      ...timeOf(figures.time_to_restore, language),
      exact: repairs(report, language),
      band: bands.time_to_restore,
      change: changed('time_to_restore', 'less'),
    },
    {
      figure: 'rework_rate',
      ...shareOf(figures.rework_rate, 'Deployments', language),
      band: null,
      change: changed('rework_rate', 'less'),
    },
    {
      figure: 'direct_pushes',
      value: number(figures.direct_pushes.value, 0, language),
      exact: null,
      band: null,
      change: changed('direct_pushes', 'none'),
    },
    {
      figure: 'hotfix_pushes',
      value: number(figures.hotfix_pushes.value, 0, language),
      exact: null,
      band: null,
      change: changed('hotfix_pushes', 'less'),
    },
  ];
}

/** How delivery is doing, in a sentence or two. */
export function deliverySentence({ figures, window }: DeliveryReport, language: Language): string {
  const { t } = language;
  const { n, value } = figures.deployment_frequency;
  if (value === null || n === 0) return t('delivery.nothing', { days: window.days });
  const { lead_time_for_changes: leadTime, change_failure_rate: rate } = figures;
  return [
    t('delivery.often', {
      count: n,
      days: window.days,
      every: duration(86_400 / value, language),
    }),
    leadTime.p50 === null ? '' : t('delivery.halfWithin', { duration: duration(leadTime.p50, language) }),
    rate.value === null ? '' : t('delivery.failed', { share: share(rate.value, language) }),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What counts as a deployment, in a sentence. */
export function sourceSentence({ rules, missing }: DeliveryReport, language: Language): string {
  const [permission] = missing;
  return rules.source === 'merge' && permission !== undefined
    ? language.t('delivery.byMergeForWant', { permission })
    : sourceOf(rules, language);
}

/** That deployments are not told of, where nothing stands for them; `null` where they are. */
export function missingSentence({ rules, missing }: DeliveryReport, { t }: Language): string | null {
  const [permission] = missing;
  return permission === undefined || rules.source === 'merge' ? null : t('delivery.unknown', { permission });
}

/** Whether anything tells how often is deployed: without the permission to ask, no deployment is no answer. */
export function areDeploymentsKnown({ figures, missing, rules }: DeliveryReport): boolean {
  const isNoTagKnown = rules.source === 'tag' && rules.tagsSince === null;
  return figures.deployment_frequency.value !== null || (missing.length === 0 && !isNoTagKnown);
}

/** What a filter narrows here; `null` where none is set that could be misread. */
export function narrowedSentence(query: ViewQuery, { t }: Language): string | null {
  const isNarrowed = chipsOf(query).some(({ filter }) => filter !== 'clock');
  return isNarrowed ? t('delivery.narrowed') : null;
}

/** What told of the failures, the most frequent first; those that told of none are left out. */
export function causeLines(
  { failureCauses }: DeliveryReport,
  { t }: Language,
): readonly (readonly [string, number])[] {
  return REMEDIATION_KINDS.map((kind) => [t(`failureCause.${kind}`), failureCauses[kind]] as const)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a);
}

/** The weeks of the trend: lead time as durations, deployments and failures as bars. */
export function deliveryWeeks({ weeks, window, readSince }: DeliveryReport): readonly TrendWeek[] {
  return weeks.map((week) => ({
    from: week.from,
    mark: markOf(week, window.from, readSince ?? Number.POSITIVE_INFINITY),
    isSolid: isSolid(week.leadTime),
    durations: week.leadTime,
    count: week.deployments,
    failed: week.failures,
  }));
}

export function deliveryWeekSentence(week: TrendWeek, language: Language): string {
  const { t } = language;
  const { p50 } = week.durations;
  const values = { week: day(week.from, language), count: week.count, failed: week.failed };
  return p50 === null
    ? t('delivery.weekWithout', values)
    : t('delivery.week', { ...values, median: duration(p50, language) });
}

/** The mean time to restore, and the failures that it cannot count yet. */
function repairs({ figures, openFailures }: DeliveryReport, language: Language): string {
  const { t } = language;
  const { mean, n } = figures.time_to_restore;
  const open = openFailures === 0 ? [] : [t('delivery.notRepaired', { count: openFailures })];
  return mean === null
    ? [t('delivery.noRepair'), ...open].join('; ')
    : [t('delivery.mean', { mean: duration(mean, language), count: n }), ...open].join(' ');
}

function perDay({ value }: ExportedValue, { t }: Language): string {
  if (value === null) return NO_VALUE;
  const tenths = (count: number): number => Math.round(count * 10) / 10;
  if (value >= 1) return t('delivery.perDay', { count: tenths(value) });
  return value * 7 >= 1
    ? t('delivery.perWeek', { count: tenths(value * 7) })
    : t('delivery.per30Days', { count: tenths(value * 30) });
}
