/** The list of open pull requests: what each cell says, in which order the rows come, and what it all amounts to. */
import { PHASES } from '../../src/metrics/figures';
import type {
  OpenForecast,
  OpenWorkReport,
  ReportedOpenPullRequest,
} from '../../src/views/reports/open-work-report';
import type { Language } from '../shared/language';
import { date } from './date';
import { FEWEST_VALUES } from './fewest-values';
import { personName } from './filter-texts';
import { duration, instant, NO_VALUE } from './format';
import { staleDays } from './open-work';
import { coverageOf } from './window-coverage';

const SECONDS_A_DAY = 86_400;

/** The horizon that the list shows; the explanation has all three. */
export const LISTED_DAYS = 7;

export const OPEN_COLUMNS = [
  'pullRequest',
  'phase',
  'age',
  'waitsOn',
  'idle',
  'reviews',
  'comments',
  'lines',
  'chance',
] as const;
export type OpenColumn = (typeof OPEN_COLUMNS)[number];

export interface OpenOrder {
  readonly column: OpenColumn;
  readonly isDescending: boolean;
}

export const OLDEST_FIRST: OpenOrder = { column: 'age', isDescending: true };

/** What readers look for first in a column: the old, the long, the many; but who waits for longest, and what is least likely. */
const ASCENDING_FIRST: ReadonlySet<OpenColumn> = new Set(['pullRequest', 'phase', 'waitsOn', 'chance']);

/** The order after a press on a column's head. */
export function orderAfter({ column, isDescending }: OpenOrder, pressed: OpenColumn): OpenOrder {
  return {
    column: pressed,
    isDescending: pressed === column ? !isDescending : !ASCENDING_FIRST.has(pressed),
  };
}

/** Rows without a value come last in either direction; of equal ones the oldest first. */
export function sortedOpen(
  rows: readonly ReportedOpenPullRequest[],
  { column, isDescending }: OpenOrder,
): readonly ReportedOpenPullRequest[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [sortValue(a, column), sortValue(b, column)];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || oldestFirst(a, b);
    }
    return (isDescending ? right - left : left - right) || oldestFirst(a, b);
  });
}

function oldestFirst(a: ReportedOpenPullRequest, b: ReportedOpenPullRequest): number {
  return a.openedAt - b.openedAt || a.id - b.id;
}

function sortValue(open: ReportedOpenPullRequest, column: OpenColumn): number | null {
  switch (column) {
    case 'pullRequest':
      return open.id;
    case 'phase':
      return PHASES.indexOf(open.phase);
    case 'age':
      return open.ageSeconds;
    case 'waitsOn':
      return open.waitingSince;
    case 'idle':
      return open.idleSeconds;
    case 'reviews':
    case 'comments':
    case 'lines':
      return open[column];
    case 'chance':
      return listedChance(open.forecast);
  }
}

/** The chance to be merged within the listed days, 0 to 1; `null` where there is none. */
export function listedChance(forecast: OpenForecast): number | null {
  if (forecast.kind === 'none') return null;
  return forecast.chances.find(({ days }) => days === LISTED_DAYS)?.chance ?? null;
}

/** Why the list has no chance of it; `null` where it has one. */
export function whyNoChance(
  { forecast }: ReportedOpenPullRequest,
  report: Pick<OpenWorkReport, 'history'>,
  { t }: Language,
): string | null {
  const { pastMerges, fewestMerges, isWhole } = report.history;
  if (forecast.kind === 'chances') {
    return listedChance(forecast) === null ? t('forecast.notObserved', { days: LISTED_DAYS }) : null;
  }
  switch (forecast.why) {
    case 'draft':
      return t('forecast.noneOfDrafts');
    case 'activity-unread':
      return t('openWork.unreadActivity');
    case 'few-merges':
      return t(isWhole ? 'forecast.fewMerges' : 'forecast.fewMergesSoFar', {
        count: pastMerges,
        fewest: fewestMerges,
      });
    case 'older-than-history':
      return t(isWhole ? 'forecast.tooOld' : 'forecast.tooOldSoFar');
    case 'nothing-alike':
      return t('forecast.nothingAlike', { fewest: FEWEST_VALUES });
  }
}

export interface WaitingTexts {
  readonly on: string;
  /** `null` where it is not known. */
  readonly since: string | null;
}

/** Whom it waits on, by name where the viewer may see it, and since when. */
export function waitingTexts(
  open: Pick<ReportedOpenPullRequest, 'waitingOn' | 'waitingSince' | 'waitingFor'>,
  names: ReadonlyMap<string, string>,
  showsReviewers: boolean,
  language: Language,
): WaitingTexts {
  const { t, locale } = language;
  const { waitingOn, waitingSince, waitingFor } = open;
  if (waitingOn === null || waitingSince === null) return { on: t('openWork.unknown'), since: null };
  const people = waitingFor.map(({ personId }) => personName(personId, names));
  const since = t('openWork.since', { instant: instant(waitingSince, language) });
  if (waitingOn === 'author') {
    const [name] = people;
    return { on: name === undefined ? t('openWork.author') : t('openWork.authorNamed', { name }), since };
  }
  if (people.length === 0)
    return { on: t(showsReviewers ? 'openWork.nobodyAsked' : 'openWork.reviewers'), since };
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(people);
  return { on: t('openWork.reviewersNamed', { names: list }), since };
}

/** A phase in a word or two; without the activity nobody knows whether somebody looked. */
export function phaseText(
  { phase, activityRead }: Pick<ReportedOpenPullRequest, 'phase' | 'activityRead'>,
  { t }: Language,
): string {
  return !activityRead && phase === 'open' ? t('openWork.noVerdict') : t(`phaseShort.${phase}`);
}

export function idleText({ idleSeconds, activityRead }: ReportedOpenPullRequest, language: Language): string {
  if (!activityRead) return language.t('openWork.unreadActivity');
  return idleSeconds === null ? NO_VALUE : duration(idleSeconds, language);
}

/** How much is open and what of it waits too long. */
export function openSummary(report: OpenWorkReport, language: Language): string {
  const { t } = language;
  const { completeness, window, pullRequests, asOf, daysCompared, p85Seconds, overP85, stale } = report;
  const read = (from: number): string =>
    coverageOf(completeness, { from, to: asOf }).kind === 'whole' ? 'whole' : 'part';
  if (pullRequests.length === 0) {
    return t(read(window.from) === 'part' ? 'openWork.noneSoFar' : 'openWork.none');
  }
  const unread = pullRequests.filter(({ activityRead }) => !activityRead).length;
  const compared = { days: daysCompared, read: read(asOf - daysCompared * SECONDS_A_DAY) };
  const sentences = [
    t('openWork.sentence', {
      count: pullRequests.length,
      read: read(window.from),
      stale,
      days: staleDays(report),
    }),
    p85Seconds === null
      ? t('openWork.noUsualTime', { ...compared, fewest: FEWEST_VALUES })
      : t('openWork.olderSentence', {
          ...compared,
          count: overP85,
          duration: duration(p85Seconds, language),
        }),
    unread > 0 && t('openWork.unreadSentence', { count: unread }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** What is not in the list, and why; no sentence where everything is. */
export function openNotes(report: OpenWorkReport, language: Language): readonly string[] {
  const { t } = language;
  const { leftOut, showsReviewers, history, pullRequests } = report;
  if (pullRequests.length === 0) return leftOut.openBots > 0 ? [botsNote(leftOut.openBots, language)] : [];
  const notes = [
    leftOut.openBots > 0 && botsNote(leftOut.openBots, language),
    !showsReviewers && t('openWork.namesOff'),
    history.from !== null &&
      history.pastMerges >= history.fewestMerges &&
      t('forecast.basis', { count: history.pastMerges, day: date(history.from, language) }),
  ];
  return notes.filter((note) => note !== false);
}

function botsNote(count: number, { t }: Language): string {
  return t('openWork.botsLeftOut', { count });
}

/** What of the window is not read yet; `null` where all of it is. */
export function importNote({ completeness, window }: OpenWorkReport, language: Language): string | null {
  const { t } = language;
  const coverage = coverageOf(completeness, window);
  if (coverage.kind === 'whole') return null;
  const state = completeness.state === 'failed' ? 'failed' : 'running';
  return coverage.kind === 'none'
    ? t('openWork.nothingRead', { state })
    : t('openWork.partRead', { state, since: instant(coverage.since, language) });
}
