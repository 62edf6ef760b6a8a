/** Puts the pipelines of one pull request into words. */
import type { PipelineFacts } from '../../src/facts/delivery-facts';
import { isFailedRun } from '../../src/metrics/pull-request-pipelines';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import type { Language } from '../shared/language';
import { duration, instant, NO_VALUE } from './format';
import { causeText, UNKNOWN_TROUBLE } from './trouble';

/** How many ran and failed; or that there are none, and why. */
export function pipelineSentences({ pipelines }: PullRequestReport, language: Language): readonly string[] {
  const { t } = language;
  const { runs, failures, running, state, trouble, countedSince } = pipelines;
  const ran = t('pullRequestPanel.pipelinesRan', { runs, failures, running });
  const isKnown = state === 'read';
  const why = trouble ?? (state === 'failed' ? UNKNOWN_TROUBLE : null);
  return [
    ...(runs > 0 ? [ran] : isKnown ? [t('pullRequestPanel.pipelinesNone')] : []),
    ...(state === 'reading' && why === null ? [t('pullRequestPanel.pipelinesReading')] : []),
    ...(why === null ? [] : [t('pullRequestPanel.pipelinesRefused', { cause: causeText(why, language) })]),
    ...(countedSince === null
      ? []
      : [t('pullRequestPanel.pipelinesSince', { instant: instant(countedSince, language) })]),
  ];
}

export interface PipelineRow {
  readonly number: number;
  readonly result: string;
  readonly isFailure: boolean;
  readonly took: string;
  readonly queued: string;
  readonly began: string;
}

export function pipelineRows({ pipelines }: PullRequestReport, language: Language): readonly PipelineRow[] {
  return pipelines.latest.map((each) => rowOf(each, language));
}

function rowOf(each: PipelineFacts, language: Language): PipelineRow {
  const { number, result, durationSeconds, queueSeconds, createdAt } = each;
  const time = (seconds: number | null): string =>
    seconds === null ? NO_VALUE : duration(seconds, language);
  return {
    number,
    result: language.t('pullRequestPanel.result', { result: result ?? 'none' }),
    isFailure: isFailedRun(each),
    took: time(durationSeconds),
    queued: time(queueSeconds),
    began: instant(createdAt, language),
  };
}

/** Which of them the list shows. */
export function pipelineCaption({ pipelines }: PullRequestReport, { t }: Language): string {
  const { runs, latest } = pipelines;
  return latest.length < runs
    ? t('pullRequestPanel.pipelinesLast', { shown: latest.length })
    : t('pullRequestPanel.pipelinesAll');
}
