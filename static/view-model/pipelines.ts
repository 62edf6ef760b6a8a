/** Puts the figures of pipelines, environments and activity into words. */
import type { PipelineTarget } from '../../src/facts/delivery-facts';
import type { Distribution } from '../../src/metrics/figures';
import type { PipelineMetrics } from '../../src/views/reports/export-report';
import type { PipelinesReport } from '../../src/views/reports/pipelines-report';
import type { ViewQuery } from '../../src/views/view-query';
import type { Language } from '../shared/language';
import type { Wish } from './change';
import { comparedWith, number, shareOf, timeOf, type FigureLine, type ShownValue } from './figure-lines';
import { chipsOf } from './filters';
import { day, duration, instant, NO_VALUE, share } from './format';
import { causeText } from './trouble';
import { isSolid, markOf, type TrendWeek } from './trend-weeks';

/** The figures of the pipelines, and how long deployments take. */
export function pipelineLines(report: PipelinesReport, language: Language): readonly FigureLine[] {
  const { figures, previousFigures: before, window } = report;
  const lineOf = (figure: keyof PipelineMetrics, wish: Wish, shown: ShownValue): FigureLine => ({
    figure,
    ...shown,
    band: null,
    change: comparedWith(figures[figure], before?.[figure] ?? null, wish, window.days, language),
  });
  return [
    lineOf('pipeline_duration', 'less', timeOf(figures.pipeline_duration, language)),
    lineOf('pipeline_success_rate', 'more', {
      ...shareOf(figures.pipeline_success_rate, 'Pipelines', language),
      ...apart(report, language),
    }),
    lineOf('pipeline_queue_time', 'less', timeOf(figures.pipeline_queue_time, language)),
    lineOf('deployment_duration', 'less', timeOf(figures.deployment_duration, language)),
  ];
}

/** Stopped and expired ones stand apart: neither a success nor a failure. */
function apart({ figures, stopped, expired }: PipelinesReport, { t }: Language): Partial<ShownValue> {
  const { n } = figures.pipeline_success_rate;
  return stopped + expired === 0 ? {} : { exact: t('pipelines.apart', { count: n, stopped, expired }) };
}

/** How the pipelines are doing, in a sentence. */
export function pipelinesSentence({ figures, window }: PipelinesReport, language: Language): string {
  const { t } = language;
  const { pipeline_success_rate: success, pipeline_duration: run } = figures;
  if (success.value === null || run.p50 === null) return t('pipelines.none', { days: window.days });
  return t('pipelines.sentence', {
    count: success.n,
    days: window.days,
    share: share(success.value, language),
    median: duration(run.p50, language),
  });
}

/** Why nothing is known of pipelines or deployments, for want of a permission; each cause once. */
export function refusalTexts({ parts }: PipelinesReport, language: Language): readonly string[] {
  const refusals = parts.flatMap(({ trouble }) => (trouble?.scope ? [trouble] : []));
  return [...new Set(refusals.map((trouble) => causeText(trouble, language)))];
}

/** What is not read, and why, where that is known. */
export function missingSentences({ parts, missing }: PipelinesReport, language: Language): readonly string[] {
  const { t } = language;
  return (
    parts
      .filter(({ state }) => state !== 'complete')
      // Deployments are asked for once there is a pipeline: what holds up these holds up those.
      .filter(({ part, trouble }) => part === 'pipelines' || trouble !== null || missing.length === 0)
      .map(({ part, trouble }) =>
        trouble === null
          ? t('pipelines.importing', { part: t(`importPart.${part}`) })
          : t('pipelines.failed', { part: t(`importPart.${part}`), cause: causeText(trouble, language) }),
      )
  );
}

/** Pipelines are nobody's; `null` where no filter is set that a reader could think to narrow them. */
export function unnarrowedSentence(query: ViewQuery, { t }: Language): string | null {
  return chipsOf(query).length === 0 ? null : t('pipelines.notNarrowed');
}

/** A class of pipelines in words. */
export function targetName(target: PipelineTarget, { t }: Language): string {
  return target === 'default' || target === 'pull-request' || target === 'tag'
    ? t(`pipelineTarget.${target}`)
    : t('pipelineTarget.branch', { kind: t(`branchKind.${target}`) });
}

/** Bitbucket's own word for what began a pipeline, in small letters; triggers are its vocabulary, not ours. */
export function triggerName(trigger: string | null, { t }: Language): string {
  return trigger === null ? t('pipelines.unknownTrigger') : trigger.toLowerCase();
}

export function environmentName(type: string | null, id: string | null, { t }: Language): string {
  const name = type === null ? t('pipelines.unknownEnvironment') : type.toLowerCase();
  return id === null ? name : t('pipelines.environment', { type: name, id: id.slice(0, 8) });
}

/** The weeks of the trend: how long pipelines ran, how many, and how many failed. */
export function pipelineWeeks({ weeks, window }: PipelinesReport): readonly TrendWeek[] {
  return weeks.map((week) => ({
    from: week.from,
    mark: markOf(week, window.from, window.from),
    isSolid: isSolid(week.duration),
    durations: week.duration,
    count: week.runs,
    failed: week.failures,
  }));
}

export function pipelineWeekSentence(week: TrendWeek, language: Language): string {
  const { t } = language;
  const { p50 } = week.durations;
  const values = { week: day(week.from, language), count: week.count, failed: week.failed };
  return p50 === null
    ? t('pipelines.weekWithout', { week: values.week })
    : t('pipelines.week', { ...values, median: duration(p50, language) });
}

/** The median of a group; how many stand behind it is beside it in the table. */
export function medianOf({ p50 }: Distribution, language: Language): string {
  return p50 === null ? NO_VALUE : duration(p50, language);
}

/** Who was active and what was pushed, as name, value and explanation. */
export function activityLines(
  { activity, pushesSince }: PipelinesReport,
  language: Language,
): readonly (readonly [string, string, string])[] {
  const { t } = language;
  const since =
    pushesSince === null
      ? t('pipelines.noPushes')
      : t('pipelines.pushesSince', { instant: instant(pushesSince, language) });
  return [
    [t('pipelines.authors'), number(activity.activeAuthors, 0, language), t('pipelines.authorsMeaning')],
    [
      t('pipelines.reviewers'),
      number(activity.activeReviewers, 0, language),
      t('pipelines.reviewersMeaning'),
    ],
    [t('pipelines.pushes'), number(activity.pushes, 0, language), since],
    [
      t('pipelines.commits'),
      number(activity.commits, 0, language),
      activity.pushesWithoutCommits === null || activity.pushesWithoutCommits === 0
        ? t('pipelines.commitsMeaning')
        : t('pipelines.commitsUnknown', { count: activity.pushesWithoutCommits }),
    ],
  ];
}
