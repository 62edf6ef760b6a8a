/** Puts into words what waits longer than usual, and the viewer's day. */
import type { DigestLine, ViewerDigest } from '../../src/metrics/viewer-digest';
import type { LatePullRequest, RemindersReport } from '../../src/views/reports/reminders-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { duration, instant } from './format';
import { waitingTexts, type WaitingTexts } from './open-list';
import { coverageOf } from './window-coverage';

const SECONDS_A_DAY = 86_400;

/** The lists of what waits for the viewer, and of how their own stand, as the day shows them. */
const TO_DO = ['toReview', 'toAnswer', 'toMerge'] as const;
const STANDING = ['waiting', 'drafts', 'unread'] as const;

export interface DayLine {
  readonly pullRequest: number;
  /** What is to be done, or how it stands, in a word. */
  readonly what: string;
  readonly since: string;
  readonly isToDo: boolean;
}

/** What is to be done first, then how the viewer's own stand, then what was closed. */
export function dayLines(digest: ViewerDigest, language: Language): readonly DayLine[] {
  const { t } = language;
  const lineOf = (kind: string, isToDo: boolean, line: DigestLine): DayLine => ({
    pullRequest: line.pullRequest,
    what: t('reminders.what', { kind }),
    since: t('reminders.lineSince', { kind, instant: instant(line.at, language) }),
    isToDo,
  });
  return [
    ...TO_DO.flatMap((kind) => digest[kind].map((line) => lineOf(kind, true, line))),
    ...STANDING.flatMap((kind) => digest[kind].map((line) => lineOf(kind, false, line))),
    ...digest.closed.map((line) => lineOf(line.state, false, line)),
  ];
}

/** How much there is to do, in a few words. */
export function daySummary(digest: ViewerDigest, { t, locale }: Language): string {
  const counts = [
    digest.toReview.length > 0 && t('reminders.toReview', { count: digest.toReview.length }),
    digest.toAnswer.length > 0 && t('reminders.toAnswer', { count: digest.toAnswer.length }),
    digest.toMerge.length > 0 && t('reminders.toMerge', { count: digest.toMerge.length }),
  ].filter((count) => count !== false);
  if (counts.length === 0) return t('reminders.nothingToDo');
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(counts);
}

/** What usual means here, and what is not read yet. */
export function usualSentences(report: RemindersReport, language: Language): readonly string[] {
  const { t } = language;
  const { asOf, daysCompared: days, completeness, p85 } = report;
  const { kind } = coverageOf(completeness, { from: asOf - days * SECONDS_A_DAY, to: asOf });
  const read = kind === 'whole' ? 'whole' : 'part';
  const { timeToMerge, timeToFirstReview } = p85;
  const sentences = [
    timeToMerge === null
      ? t('reminders.noUsual', { fewest: FEWEST_VALUES, read, days })
      : t('reminders.usualMerge', { duration: duration(timeToMerge, language), days, read }),
    timeToMerge !== null &&
      timeToFirstReview !== null &&
      t('reminders.usualFirstReview', { duration: duration(timeToFirstReview, language) }),
    kind === 'none' && t('reminders.openUnread'),
    !report.showsReviewers && t('openWork.namesOff'),
  ];
  return sentences.filter((sentence) => sentence !== false);
}

/** How many wait longer than usual; where there is nothing to compare with, that. */
export function lateSummary({ p85, late }: RemindersReport, { t }: Language): string {
  return p85.timeToMerge === null ? t('reminders.few') : t('reminders.lateCount', { count: late.length });
}

export interface LateTexts extends WaitingTexts {
  /** How long it is open, or waits for its first review, whichever is over. */
  readonly over: string;
}

export function lateTexts(
  late: LatePullRequest,
  names: ReadonlyMap<string, string>,
  showsReviewers: boolean,
  language: Language,
): LateTexts {
  const { age, firstReview } = late;
  const isUnreviewed = firstReview?.isOver === true;
  const why = age.isOver !== true ? 'firstReview' : isUnreviewed ? 'both' : 'age';
  return {
    over: language.t('reminders.over', { why, duration: duration(age.seconds, language) }),
    ...waitingTexts(late, names, showsReviewers, language),
  };
}
