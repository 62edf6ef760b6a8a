/** Puts the figures of delivery into words: value, level, comparison, and what each means. */
import type { Band } from '../../src/metrics/delivery/bands';
import type { Distribution, Figure, Ratio } from '../../src/metrics/figures';
import type {
  DeliveryMetrics,
  DeliveryReport,
  ExportedValue,
  PipelineMetrics,
} from '../../src/views/contract';
import type { Language } from '../shared/language';
import { changeOf, type Wish } from './change';
import { decimal, duration, exactDuration, NO_VALUE, share } from './format';

export interface DeliveryLine {
  readonly name: string;
  readonly value: string;
  /** The whole value, or why there is none; `null` where the value says it all. */
  readonly exact: string | null;
  /** Level of the State of DevOps report; `null` where there is none. */
  readonly band: string | null;
  readonly change: string | null;
  readonly meaning: string;
}

/** Frequencies of windows of one length say it themselves. */
type ComparedMetric = Exclude<keyof DeliveryMetrics, 'deployment_frequency'>;

/** The five DORA figures, the mean time to restore beside the median. */
export function deliveryLines(report: DeliveryReport, language: Language): readonly DeliveryLine[] {
  const { t } = language;
  const { figures, previousFigures: before, bands } = report;
  const changed = (metric: ComparedMetric, wish: Wish): string =>
    compare(figures[metric], before?.[metric] ?? null, wish, report, language);
  const frequency = figures.deployment_frequency;
  return [
    {
      ...textsOf('deployment_frequency', language),
      value: perDay(frequency, language),
      exact: frequency.value === null ? t('delivery.none') : t('count.deployments', { count: frequency.n }),
      band: bandOf(bands.deployment_frequency, language),
      change: null,
    },
    {
      ...textsOf('lead_time_for_changes', language),
      ...timeOf(figures.lead_time_for_changes, language),
      band: bandOf(bands.lead_time_for_changes, language),
      change: changed('lead_time_for_changes', 'less'),
    },
    {
      ...textsOf('change_failure_rate', language),
      ...shareOf(figures.change_failure_rate, 'Deployments', language),
      band: bandOf(bands.change_failure_rate, language),
      change: changed('change_failure_rate', 'less'),
    },
    {
      ...textsOf('time_to_restore', language),
      ...timeOf(figures.time_to_restore, language),
      exact: repairs(report, language),
      band: bandOf(bands.time_to_restore, language),
      change: changed('time_to_restore', 'less'),
    },
    {
      ...textsOf('rework_rate', language),
      ...shareOf(figures.rework_rate, 'Deployments', language),
      band: null,
      change: changed('rework_rate', 'less'),
    },
    {
      ...textsOf('direct_pushes', language),
      value: decimal(figures.direct_pushes.value, 0, language),
      exact: t('delivery.hotfixPushes', { count: figures.hotfix_pushes.value }),
      band: null,
      change: changed('direct_pushes', 'none'),
    },
  ];
}

/** The figures of the pipelines. */
export function pipelineLines(report: DeliveryReport, language: Language): readonly DeliveryLine[] {
  const { pipelines, previousPipelines: before } = report;
  const lineOf = (
    metric: keyof PipelineMetrics,
    wish: Wish,
    shown: Pick<DeliveryLine, 'value' | 'exact'>,
  ): DeliveryLine => ({
    ...textsOf(metric, language),
    ...shown,
    band: null,
    change: compare(pipelines[metric], before?.[metric] ?? null, wish, report, language),
  });
  return [
    lineOf('pipeline_duration', 'less', timeOf(pipelines.pipeline_duration, language)),
    lineOf('pipeline_success_rate', 'more', shareOf(pipelines.pipeline_success_rate, 'Pipelines', language)),
    lineOf('pipeline_queue_time', 'less', timeOf(pipelines.pipeline_queue_time, language)),
    lineOf('deployment_duration', 'less', timeOf(pipelines.deployment_duration, language)),
  ];
}

/** What counts as a deployment, in a sentence. */
export function sourceSentence({ source }: DeliveryReport, { t }: Language): string {
  return t(source === 'pipeline' ? 'delivery.byPipeline' : 'delivery.byMerge');
}

function textsOf(
  metric: Exclude<keyof DeliveryMetrics, 'hotfix_pushes'> | keyof PipelineMetrics,
  { t }: Language,
): Pick<DeliveryLine, 'name' | 'meaning'> {
  return { name: t(`metricName.${metric}`), meaning: t(`metricMeaning.${metric}`) };
}

function bandOf(band: Band | null, { t }: Language): string | null {
  return band === null ? null : t(`band.${band}`);
}

/** Beside the window before, once that is read whole. */
function compare(
  now: Figure,
  before: Figure | null,
  wish: Wish,
  { window }: DeliveryReport,
  language: Language,
): string {
  if (before === null) return language.t('change.notYet');
  return changeOf(now, before, wish, window.days, language).sentence;
}

function timeOf({ p50, n }: Distribution, language: Language): Pick<DeliveryLine, 'value' | 'exact'> {
  const { t } = language;
  if (p50 === null) return { value: NO_VALUE, exact: t('delivery.none') };
  return {
    value: duration(p50, language),
    exact: t('delivery.over', { exact: exactDuration(p50, language), count: n }),
  };
}

function shareOf(
  { value, n }: Ratio,
  what: 'Deployments' | 'Pipelines',
  language: Language,
): Pick<DeliveryLine, 'value' | 'exact'> {
  const { t } = language;
  if (value === null) return { value: NO_VALUE, exact: t(`delivery.no${what}`) };
  return { value: share(value, language), exact: t(`delivery.of${what}`, { count: n }) };
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
