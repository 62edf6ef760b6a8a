/** Puts the figures of delivery into words: value, level, comparison, and what each means. */
import type { Distribution, Figure, Ratio } from '../../src/metrics/figures';
import type {
  DeliveryMetrics,
  DeliveryReport,
  ExportedValue,
  PipelineMetrics,
} from '../../src/views/contract';
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

const NONE = 'none in this window';

/** Frequencies of windows of one length say it themselves. */
type ComparedMetric = Exclude<keyof DeliveryMetrics, 'deployment_frequency'>;

/** The five DORA figures, the mean time to restore beside the median. */
export function deliveryLines(report: DeliveryReport, locale: string): readonly DeliveryLine[] {
  const { figures, previousFigures: before, bands, openFailures } = report;
  const changed = (metric: ComparedMetric, wish: Wish): string =>
    compare(figures[metric], before?.[metric] ?? null, wish, report, locale);
  const restore = figures.time_to_restore;
  const open = openFailures === 0 ? '' : ` ${openFailures} not repaired yet.`;
  return [
    {
      name: 'Deployment frequency',
      value: perDay(figures.deployment_frequency, locale),
      exact:
        figures.deployment_frequency.value === null ? NONE : `${figures.deployment_frequency.n} deployments`,
      band: bands.deployment_frequency,
      change: null,
      meaning: 'How often the main branch is brought to production.',
    },
    {
      name: 'Lead time for changes',
      ...timeOf(figures.lead_time_for_changes, locale),
      band: bands.lead_time_for_changes,
      change: changed('lead_time_for_changes', 'less'),
      meaning: 'From a commit to its first deployment, the median over every commit.',
    },
    {
      name: 'Change failure rate',
      ...shareOf(figures.change_failure_rate, 'deployments', locale),
      band: bands.change_failure_rate,
      change: changed('change_failure_rate', 'less'),
      meaning:
        'Deployments followed by a hotfix, a revert, a direct push, a failed or a rolled-back deployment within a day or before the next.',
    },
    {
      name: 'Time to restore',
      ...timeOf(restore, locale),
      exact:
        restore.mean === null
          ? `no failure was repaired${open === '' ? '' : `;${open}`}`
          : `mean ${duration(restore.mean, locale)} over ${restore.n}.${open}`,
      band: bands.time_to_restore,
      change: changed('time_to_restore', 'less'),
      meaning: 'From a failed deployment to the one that repaired it, the median.',
    },
    {
      name: 'Rework rate',
      ...shareOf(figures.rework_rate, 'deployments', locale),
      band: null,
      change: changed('rework_rate', 'less'),
      meaning: 'Deployments that were made to repair an earlier one.',
    },
    {
      name: 'Direct pushes',
      value: decimal(figures.direct_pushes.value, 0, locale),
      exact: `${decimal(figures.hotfix_pushes.value, 0, locale)} of them soon after a deployment`,
      band: null,
      change: changed('direct_pushes', 'none'),
      meaning:
        'Pushes to the main branch that belong to no pull request, known since Throughline watches it.',
    },
  ];
}

/** The figures of the pipelines. */
export function pipelineLines(report: DeliveryReport, locale: string): readonly DeliveryLine[] {
  const { pipelines, previousPipelines: before } = report;
  const changed = (metric: keyof PipelineMetrics, wish: Wish): string =>
    compare(pipelines[metric], before?.[metric] ?? null, wish, report, locale);
  return [
    {
      name: 'Pipeline duration',
      ...timeOf(pipelines.pipeline_duration, locale),
      band: null,
      change: changed('pipeline_duration', 'less'),
      meaning: 'How long a pipeline runs, the median.',
    },
    {
      name: 'Pipeline success',
      ...shareOf(pipelines.pipeline_success_rate, 'pipelines', locale),
      band: null,
      change: changed('pipeline_success_rate', 'more'),
      meaning: 'Successful pipelines of those that ended by themselves; stopped and expired ones apart.',
    },
    {
      name: 'Queue time',
      ...timeOf(pipelines.pipeline_queue_time, locale),
      band: null,
      change: changed('pipeline_queue_time', 'less'),
      meaning: 'What passes beside the run itself, from creation to completion, the median.',
    },
    {
      name: 'Deployment duration',
      ...timeOf(pipelines.deployment_duration, locale),
      band: null,
      change: changed('deployment_duration', 'less'),
      meaning: 'From the beginning of a deployment to its end, in all environments, the median.',
    },
  ];
}

/** What counts as a deployment, in a sentence. */
export function sourceSentence({ source }: DeliveryReport): string {
  return source === 'pipeline'
    ? 'A deployment here is a successful Bitbucket deployment to production.'
    : 'Nothing is deployed to production by Bitbucket here, so each merge into the main branch counts as a deployment.';
}

/** Beside the window before, once that is read whole. */
function compare(
  now: Figure,
  before: Figure | null,
  wish: Wish,
  { window }: DeliveryReport,
  locale: string,
): string {
  if (before === null) return 'No comparison yet';
  return changeOf(now, before, wish, window.days, locale).sentence;
}

function timeOf({ p50, n }: Distribution, locale: string): Pick<DeliveryLine, 'value' | 'exact'> {
  if (p50 === null) return { value: NO_VALUE, exact: NONE };
  return { value: duration(p50, locale), exact: `${exactDuration(p50)}, over ${decimal(n, 0, locale)}` };
}

function shareOf({ value, n }: Ratio, what: string, locale: string): Pick<DeliveryLine, 'value' | 'exact'> {
  if (value === null) return { value: NO_VALUE, exact: `no ${what} in this window` };
  return { value: share(value, locale), exact: `of ${decimal(n, 0, locale)} ${what}` };
}

function perDay({ value }: ExportedValue, locale: string): string {
  if (value === null) return NO_VALUE;
  return value >= 1
    ? `${decimal(value, 1, locale)} a day`
    : value * 7 >= 1
      ? `${decimal(value * 7, 1, locale)} a week`
      : `${decimal(value * 30, 1, locale)} in 30 days`;
}
