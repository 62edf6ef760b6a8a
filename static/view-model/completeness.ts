/** Says how complete the figures are, in sentences. */
import type { Completeness, RepositoryOverview } from '../../src/views/contract';
import type { Language, MessageValues } from '../shared/language';
import { duration, instant } from './format';
import { causeText, missingTexts, UNKNOWN_TROUBLE } from './trouble';
import { coverageOf, daysRead, isComparable } from './window-coverage';

export interface CompletenessNote {
  readonly tone: 'progress' | 'warning' | 'quiet';
  readonly sentence: string;
  /** Which part of the chosen window is complete; `null` where that goes without saying. */
  readonly window: string | null;
  /** Done part from 0 to 1, while the import runs and Bitbucket said how many there are. */
  readonly progress: number | null;
}

/** What tells how complete a screen's figures are. */
export type CompletedWindow = Pick<RepositoryOverview, 'completeness' | 'window' | 'previousWindow'>;

/** `null` when everything is read and nothing needs saying. */
export function completenessNote(overview: CompletedWindow, language: Language): CompletenessNote | null {
  const { t } = language;
  const { completeness } = overview;
  if (completeness.licenceInactiveSince !== null) return licenceNote(overview, language);
  switch (completeness.state) {
    case 'waiting':
      return {
        tone: 'progress',
        sentence: waitingSentence(completeness, language),
        window: null,
        progress: null,
      };
    case 'importing': {
      const { pullRequests, expected } = completeness;
      return {
        tone: 'progress',
        sentence: importingSentence(completeness, language),
        window: windowWhileImporting(overview, language),
        progress: expected === null || expected === 0 ? null : Math.min(1, pullRequests / expected),
      };
    }
    case 'failed': {
      const cause = causeText(completeness.trouble ?? UNKNOWN_TROUBLE, language);
      return {
        tone: 'warning',
        sentence: t('completeness.failed', { cause }),
        window: windowAfterFailure(overview, language),
        progress: null,
      };
    }
    case 'complete':
      return unreadNote(completeness, language);
  }
}

/** What is read stays; nothing new comes. */
function licenceNote(overview: CompletedWindow, language: Language): CompletenessNote {
  const { state, licenceInactiveSince } = overview.completeness;
  const since = instant(licenceInactiveSince ?? 0, language);
  return {
    tone: 'warning',
    sentence: language.t('completeness.licenceInactive', { instant: since }),
    window: state === 'complete' ? null : windowAfterFailure(overview, language),
    progress: null,
  };
}

function waitingSentence({ trouble }: Completeness, language: Language): string {
  const waiting = language.t('completeness.waiting');
  return trouble === null ? waiting : `${waiting} ${causeText(trouble, language)}`;
}

function importingSentence(
  { pullRequests, expected, remainingSeconds, trouble }: Completeness,
  language: Language,
): string {
  const { t } = language;
  const read =
    expected === null
      ? t('count.pullRequests', { count: pullRequests })
      : t('completeness.readOf', { done: pullRequests, all: expected });
  const running =
    remainingSeconds === null
      ? t('completeness.importing', { read })
      : t('completeness.importingLeft', { read, left: duration(Math.max(1, remainingSeconds), language) });
  return trouble === null
    ? running
    : `${running} ${t('completeness.unreadable', { cause: causeText(trouble, language) })}`;
}

function windowWhileImporting(overview: CompletedWindow, language: Language): string {
  const { t } = language;
  const { completeness, window } = overview;
  switch (coverageOf(completeness, window).kind) {
    case 'whole':
      return isComparable(overview)
        ? t('completeness.importingWhole')
        : t('completeness.importingUncompared', { days: window.days });
    case 'part':
      return t('completeness.importingPart', partRead(overview, language));
    case 'none':
      return t('completeness.importingNone');
  }
}

function windowAfterFailure(overview: CompletedWindow, language: Language): string {
  const { t } = language;
  const { completeness, window } = overview;
  switch (coverageOf(completeness, window).kind) {
    case 'whole':
      return t('completeness.failedWhole');
    case 'part':
      return t('completeness.failedPart', partRead(overview, language));
    case 'none':
      return t('completeness.failedNone');
  }
}

/** Since when a window is read, and how many of its days; with the time, since the day itself is not whole. */
function partRead({ completeness, window }: CompletedWindow, language: Language): MessageValues {
  const coverage = coverageOf(completeness, window);
  return {
    since: instant(coverage.since, language),
    read: daysRead(coverage, window),
    days: window.days,
  };
}

/** What was merged in the window but could not be read whole. */
function unreadNote(completeness: Completeness, language: Language): CompletenessNote | null {
  const { t } = language;
  const { inWindow } = completeness;
  const { merged, withActivity, withCommits, withDiffstat } = inWindow;
  const missing = [
    [merged - withActivity, 'completeness.missingActivity'],
    [merged - withCommits, 'completeness.missingCommits'],
    [merged - withDiffstat, 'completeness.missingDiffstat'],
  ] as const;
  const parts = missing.filter(([count]) => count > 0).map(([count, message]) => t(message, { count }));
  const causes = causesOf(completeness, language);
  const sentences = [
    ...(parts.length === 0 ? [] : [t('completeness.missing', { merged, parts: parts.join(', ') })]),
    ...(causes.length === 0 ? [] : [t('completeness.unreadable', { cause: causes.join(' ') })]),
  ];
  if (sentences.length === 0) return null;
  return { tone: 'quiet', sentence: sentences.join(' '), window: null, progress: null };
}

/** Each once: the import's own trouble, and the permissions that are missing. */
function causesOf({ trouble, missing }: Completeness, language: Language): readonly string[] {
  const scopes = Object.values(missing).filter((scope) => scope !== null);
  return [
    ...new Set([
      ...(trouble === null ? [] : [causeText(trouble, language)]),
      ...missingTexts(scopes, language),
    ]),
  ];
}
