/** The report on the import as lines to read: each number with a sentence that says what it means. */
import type { PartProgress, ProgressReport } from '../../src/views/contract';
import type { Language } from '../shared/language';
import { decimal, duration, instant } from './format';
import { causeText } from './trouble';

const SECONDS_A_MINUTE = 60;

export interface ProgressLine {
  readonly name: string;
  readonly value: string;
  /** The exact instant, where the value is a time from now. */
  readonly exact: string | null;
  readonly meaning: string;
  /** Done part or level from 0 to 1, drawn as a bar; `null` for none. */
  readonly level: number | null;
}

export interface PartRow {
  readonly name: string;
  readonly meaning: string;
  readonly state: string;
  readonly isTrouble: boolean;
  readonly reason: string | null;
  readonly count: string;
  /** From 0 to 1; `null` while nobody knows of how many. */
  readonly level: number | null;
}

/** Whether another look will show something new. */
export function isUnderWay({ repository, workspace }: ProgressReport): boolean {
  return isRepositoryUnderWay(repository) || workspace.complete < workspace.repositories;
}

function isRepositoryUnderWay({ parts }: ProgressReport['repository']): boolean {
  return parts.some(({ state }) => state === 'waiting' || state === 'importing');
}

export function partRow({ part, state, done, expected, trouble }: PartProgress, language: Language): PartRow {
  const { t } = language;
  return {
    name: t(`importPart.${part}`),
    meaning: t(`importPartMeaning.${part}`),
    state: t(`importState.${state}`),
    isTrouble: state === 'failed',
    reason: trouble === null ? null : causeText(trouble, language),
    count:
      expected === null
        ? t('progress.totalUnknown', { done })
        : expected === 0
          ? t('progress.noneInBitbucket')
          : t('progress.of', { done, all: expected }),
    level: expected === null ? null : levelOf(done, expected),
  };
}

/** That nothing is read for want of a licence; `null` while there is one. */
export function licenceSentence(
  { licenceInactiveSince: since }: ProgressReport,
  language: Language,
): string | null {
  if (since === null) return null;
  return language.t('completeness.licenceInactive', { instant: instant(since, language) });
}

/** What concerns the repository alone. */
export function repositoryLines(
  { asOf, repository }: ProgressReport,
  language: Language,
): readonly ProgressLine[] {
  const { t } = language;
  const exact = (at: number | null): string | null => (at === null ? null : instant(at, language));
  const { lastEventAt, lastReconciledAt, nextReconciliationAt, parts, remainingSeconds } = repository;
  const isStopped = parts.some(({ state }) => state === 'failed');
  return [
    {
      name: t('progressName.timeToCompletion'),
      value: isRepositoryUnderWay(repository)
        ? timeLeft(remainingSeconds, language)
        : t(isStopped ? 'importState.failed' : 'importState.complete'),
      exact: null,
      meaning: t('progressMeaning.timeToCompletion'),
      level: null,
    },
    {
      name: t('progressName.lastEvent'),
      value: lastEventAt === null ? t('progress.noneYet') : ago(lastEventAt, asOf, language),
      exact: exact(lastEventAt),
      meaning: t('progressMeaning.lastEvent'),
      level: null,
    },
    {
      name: t('progressName.lastReconciliation'),
      value: lastReconciledAt === null ? t('progress.notYet') : ago(lastReconciledAt, asOf, language),
      exact: exact(lastReconciledAt),
      meaning: t('progressMeaning.lastReconciliation'),
      level: null,
    },
    {
      name: t('progressName.nextReconciliation'),
      value:
        nextReconciliationAt === null
          ? t('progress.notPlanned')
          : ahead(nextReconciliationAt, asOf, language),
      exact: exact(nextReconciliationAt),
      meaning: t('progressMeaning.nextReconciliation'),
      level: null,
    },
    {
      name: t('progressName.healed'),
      value: decimal(repository.healed, 0, language),
      exact: null,
      meaning: t('progressMeaning.healed'),
      level: null,
    },
    {
      name: t('progressName.requestsSpent'),
      value: decimal(repository.requests, 0, language),
      exact: null,
      meaning: t('progressMeaning.requestsSpent'),
      level: null,
    },
  ];
}

/** When all repositories were counted, where that is not the minute of the look; else `null`. */
export function countedText(
  { asOf, countedAt }: { readonly asOf: number; readonly countedAt: number },
  language: Language,
): string | null {
  if (asOf - countedAt < SECONDS_A_MINUTE) return null;
  return language.t('data.countedAt', { instant: instant(countedAt, language) });
}

/** What the repositories of the workspace share. */
export function workspaceLines(
  { asOf, workspace }: Pick<ProgressReport, 'asOf' | 'workspace'>,
  language: Language,
): readonly ProgressLine[] {
  const { t } = language;
  const { repositories, complete, recentComplete, requestsThisHour, requestsPerHour, pausedUntil } =
    workspace;
  const isDiscovered = repositories > 0;
  const ofAll = (done: number): Pick<ProgressLine, 'value' | 'level'> =>
    isDiscovered
      ? { value: t('progress.of', { done, all: repositories }), level: levelOf(done, repositories) }
      : { value: t('progress.noneFound'), level: null };
  const isPaused = pausedUntil !== null && pausedUntil > asOf;
  return [
    {
      name: t('progressName.repositoriesComplete'),
      ...ofAll(complete),
      exact: null,
      meaning: t('progressMeaning.repositoriesComplete'),
    },
    {
      name: t('progressName.recentComplete'),
      ...ofAll(recentComplete),
      exact: null,
      meaning: t('progressMeaning.recentComplete'),
    },
    {
      name: t('progressName.requestsThisHour'),
      value: t('progress.of', { done: requestsThisHour, all: requestsPerHour }),
      exact: null,
      meaning: t('progressMeaning.requestsThisHour'),
      level: levelOf(requestsThisHour, requestsPerHour),
    },
    {
      name: t('progressName.pause'),
      value: isPaused
        ? t('progress.pausedFor', { duration: duration(pausedUntil - asOf, language) })
        : t('progress.notPaused'),
      exact: isPaused ? instant(pausedUntil, language) : null,
      meaning: t('progressMeaning.pause'),
      level: null,
    },
    {
      name: t('progressName.timeToCompletion'),
      value:
        isDiscovered && complete >= repositories
          ? t('importState.complete')
          : timeLeft(workspace.remainingSeconds, language),
      exact: null,
      meaning: t('progressMeaning.workspaceCompletion'),
      level: null,
    },
    {
      name: t('progressName.deadLetters'),
      value: decimal(workspace.deadLetters, 0, language),
      exact: null,
      meaning: t('progressMeaning.deadLetters'),
      level: null,
    },
  ];
}

/** Bitbucket's own number may lag behind what is read. */
function levelOf(done: number, all: number): number {
  return all <= 0 ? 1 : Math.min(1, Math.max(0, done / all));
}

function timeLeft(seconds: number | null, language: Language): string {
  const { t } = language;
  return seconds === null
    ? t('progress.unknown')
    : t('progress.timeLeft', { duration: duration(Math.max(1, seconds), language) });
}

/** How long ago something was. */
export function ago(at: number, now: number, language: Language): string {
  const { t } = language;
  return at >= now ? t('progress.justNow') : t('progress.ago', { duration: duration(now - at, language) });
}

function ahead(at: number, now: number, language: Language): string {
  const { t } = language;
  return at <= now ? t('progress.dueNow') : t('progress.ahead', { duration: duration(at - now, language) });
}
