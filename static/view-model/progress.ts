/** The report on the import as lines to read: each number with a sentence that says what it means. */
import type { ImportPart, ImportState, PartProgress, ProgressReport } from '../../src/views/contract';
import { clause } from './completeness';
import { decimal, duration, instant } from './format';

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

const PART_TEXTS: Readonly<Record<ImportPart, Pick<PartRow, 'name' | 'meaning'>>> = {
  'pull-requests': {
    name: 'Pull requests',
    meaning: 'With their reviews, comments and commits: every figure of this page needs them.',
  },
  deployments: { name: 'Deployments', meaning: 'What reached which environment, for figures of delivery.' },
  pipelines: { name: 'Pipelines', meaning: 'Runs of Bitbucket Pipelines with their durations and results.' },
  sizes: {
    name: 'Sizes',
    meaning: 'Lines and files changed by recent pull requests, two requests for each.',
  },
};

const STATE_TEXTS: Readonly<Record<ImportState, string>> = {
  waiting: 'Waiting',
  importing: 'Being read',
  complete: 'Complete',
  failed: 'Stopped',
};

/** Whether another look will show something new. */
export function isUnderWay({ repository, workspace }: ProgressReport): boolean {
  return isRepositoryUnderWay(repository) || workspace.complete < workspace.repositories;
}

function isRepositoryUnderWay({ parts }: ProgressReport['repository']): boolean {
  return parts.some(({ state }) => state === 'waiting' || state === 'importing');
}

export function partRow({ part, state, done, expected, reason }: PartProgress, locale: string): PartRow {
  const count = (value: number): string => decimal(value, 0, locale);
  return {
    ...PART_TEXTS[part],
    state: STATE_TEXTS[state],
    isTrouble: state === 'failed',
    reason: reason === null ? null : asSentence(reason),
    count:
      expected === null
        ? `${count(done)}, total not known yet`
        : expected === 0
          ? 'none in Bitbucket'
          : `${count(done)} of ${count(expected)}`,
    level: expected === null ? null : levelOf(done, expected),
  };
}

function asSentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${clause(reason).slice(1)}.`;
}

/** What concerns the repository alone. */
export function repositoryLines(
  { asOf, repository }: ProgressReport,
  locale: string,
  timeZone: string,
): readonly ProgressLine[] {
  const exact = (at: number | null): string | null => (at === null ? null : instant(at, locale, timeZone));
  const { lastEventAt, lastReconciledAt, nextReconciliationAt, parts, remainingSeconds } = repository;
  const isStopped = parts.some(({ state }) => state === 'failed');
  return [
    {
      name: 'Time to completion',
      value: isRepositoryUnderWay(repository)
        ? timeLeft(remainingSeconds, locale)
        : isStopped
          ? 'Stopped'
          : 'Complete',
      exact: null,
      meaning: 'Until all history of this repository is read, within the present budget of requests.',
      level: null,
    },
    {
      name: 'Last event',
      value: lastEventAt === null ? 'None yet' : ago(lastEventAt, asOf, locale),
      exact: exact(lastEventAt),
      meaning: 'When Bitbucket last told Throughline of a change in this repository.',
      level: null,
    },
    {
      name: 'Last reconciliation',
      value: lastReconciledAt === null ? 'Not yet' : ago(lastReconciledAt, asOf, locale),
      exact: exact(lastReconciledAt),
      meaning: 'When what is stored was last compared with what Bitbucket says.',
      level: null,
    },
    {
      name: 'Next reconciliation',
      value: nextReconciliationAt === null ? 'Not planned yet' : ahead(nextReconciliationAt, asOf, locale),
      exact: exact(nextReconciliationAt),
      meaning: 'When the two will be compared again.',
      level: null,
    },
    {
      name: 'Healed',
      value: decimal(repository.healed, 0, locale),
      exact: null,
      meaning: 'Changes that no event told of; reconciliation found and repaired them.',
      level: null,
    },
    {
      name: 'Requests spent',
      value: decimal(repository.requests, 0, locale),
      exact: null,
      meaning: 'Requests to Bitbucket that import and reconciliation of this repository have cost so far.',
      level: null,
    },
  ];
}

/** What the repositories of the workspace share. */
export function workspaceLines(
  { asOf, workspace }: ProgressReport,
  locale: string,
  timeZone: string,
): readonly ProgressLine[] {
  const { repositories, complete, recentComplete, requestsThisHour, requestsPerHour, pausedUntil } =
    workspace;
  const of = (done: number, all: number): string =>
    `${decimal(done, 0, locale)} of ${decimal(all, 0, locale)}`;
  const isDiscovered = repositories > 0;
  const ofAll = (done: number): Pick<ProgressLine, 'value' | 'level'> =>
    isDiscovered
      ? { value: of(done, repositories), level: levelOf(done, repositories) }
      : { value: 'None found yet', level: null };
  const isPaused = pausedUntil !== null && pausedUntil > asOf;
  return [
    {
      name: 'Repositories complete',
      ...ofAll(complete),
      exact: null,
      meaning: 'Repositories whose whole history is read.',
    },
    {
      name: 'Last 90 days complete',
      ...ofAll(recentComplete),
      exact: null,
      meaning: 'Repositories whose last 90 days are read: these come first.',
    },
    {
      name: 'Requests this hour',
      value: of(requestsThisHour, requestsPerHour),
      exact: null,
      meaning: 'Requests to Bitbucket, of those that the app may spend in an hour. What does not fit waits.',
      level: levelOf(requestsThisHour, requestsPerHour),
    },
    {
      name: 'Pause',
      value: isPaused ? `For another ${duration(pausedUntil - asOf, locale)}` : 'None',
      exact: isPaused ? instant(pausedUntil, locale, timeZone) : null,
      meaning: 'Bitbucket may ask the app to wait; the import goes on by itself afterwards.',
      level: null,
    },
    {
      name: 'Time to completion',
      value:
        isDiscovered && complete >= repositories ? 'Complete' : timeLeft(workspace.remainingSeconds, locale),
      exact: null,
      meaning: 'Until all history of all repositories is read, within the present budget of requests.',
      level: null,
    },
    {
      name: 'Dead letters',
      value: decimal(workspace.deadLetters, 0, locale),
      exact: null,
      meaning: 'Pieces of work that were given up after several tries.',
      level: null,
    },
  ];
}

/** Bitbucket's own number may lag behind what is read. */
function levelOf(done: number, all: number): number {
  return all <= 0 ? 1 : Math.min(1, Math.max(0, done / all));
}

function timeLeft(seconds: number | null, locale: string): string {
  return seconds === null ? 'Not known yet' : `About ${duration(Math.max(1, seconds), locale)}`;
}

function ago(at: number, now: number, locale: string): string {
  return at >= now ? 'Just now' : `${duration(now - at, locale)} ago`;
}

function ahead(at: number, now: number, locale: string): string {
  return at <= now ? 'Due now' : `In ${duration(at - now, locale)}`;
}
