/** Says how complete the figures are, in sentences. */
import type { Completeness, RepositoryOverview } from '../../src/views/contract';
import type { Language, MessageValues } from '../shared/language';
import { duration, instant } from './format';
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
  switch (completeness.state) {
    case 'waiting':
      return { tone: 'progress', sentence: t('completeness.waiting'), window: null, progress: null };
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
      const reason = clause(completeness.reason ?? t('completeness.unknownReason'));
      return {
        tone: 'warning',
        sentence: t('completeness.failed', { reason }),
        window: windowAfterFailure(overview, language),
        progress: null,
      };
    }
    case 'complete':
      return unreadNote(completeness, language);
  }
}

/** A reason as a part of a sentence that has a stop of its own. */
export function clause(reason: string): string {
  return reason.replace(/\.$/, '');
}

function importingSentence(
  { pullRequests, expected, remainingSeconds, reason }: Completeness,
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
  return reason === null ? running : `${running} ${t('completeness.unreadable', { reason: clause(reason) })}`;
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
function unreadNote({ inWindow, reason }: Completeness, { t }: Language): CompletenessNote | null {
  const { merged, withActivity, withCommits, withDiffstat } = inWindow;
  const missing = [
    [merged - withActivity, 'completeness.missingActivity'],
    [merged - withCommits, 'completeness.missingCommits'],
    [merged - withDiffstat, 'completeness.missingDiffstat'],
  ] as const;
  const parts = missing.filter(([count]) => count > 0).map(([count, message]) => t(message, { count }));
  const sentences = [
    ...(parts.length === 0 ? [] : [t('completeness.missing', { merged, parts: parts.join(', ') })]),
    ...(reason === null ? [] : [t('completeness.unreadable', { reason: clause(reason) })]),
  ];
  if (sentences.length === 0) return null;
  return { tone: 'quiet', sentence: sentences.join(' '), window: null, progress: null };
}
