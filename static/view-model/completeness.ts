/** Says how complete the figures are, in sentences. */
import type { Completeness, RepositoryOverview } from '../../src/views/contract';
import { counted, decimal, duration, instant } from './format';
import { coverageOf, daysRead, isComparable } from './window-coverage';

export interface CompletenessNote {
  readonly tone: 'progress' | 'warning' | 'quiet';
  readonly sentence: string;
  /** Which part of the chosen window is complete; `null` where that goes without saying. */
  readonly window: string | null;
  /** Done part from 0 to 1, while the import runs and Bitbucket said how many there are. */
  readonly progress: number | null;
}

/** `null` when everything is read and nothing needs saying. */
export function completenessNote(
  overview: RepositoryOverview,
  locale: string,
  timeZone: string,
): CompletenessNote | null {
  const { state, pullRequests, expected, remainingSeconds, reason } = overview.completeness;
  switch (state) {
    case 'waiting':
      return {
        tone: 'progress',
        sentence: 'The import of this repository is about to begin.',
        window: null,
        progress: null,
      };
    case 'importing': {
      const read =
        expected === null
          ? counted(pullRequests, 'pull request', locale)
          : `${decimal(pullRequests, 0, locale)} of ${counted(expected, 'pull request', locale)}`;
      const left =
        remainingSeconds === null ? '' : `, about ${duration(Math.max(1, remainingSeconds), locale)} left`;
      const unreadable = reason === null ? '' : ` Not everything could be read: ${clause(reason)}.`;
      return {
        tone: 'progress',
        sentence: `The import is running, newest first: ${read} read${left}.${unreadable}`,
        window: windowWhileImporting(overview, locale, timeZone),
        progress: expected === null || expected === 0 ? null : Math.min(1, pullRequests / expected),
      };
    }
    case 'failed':
      return {
        tone: 'warning',
        sentence: `The import is held up, and tries again by itself: ${clause(reason ?? 'the cause is not known')}.`,
        window: windowAfterFailure(overview, locale, timeZone),
        progress: null,
      };
    case 'complete':
      return unreadNote(overview.completeness, locale);
  }
}

/** A reason as a part of a sentence that has a stop of its own. */
export function clause(reason: string): string {
  return reason.replace(/\.$/, '');
}

function windowWhileImporting(overview: RepositoryOverview, locale: string, timeZone: string): string {
  const { completeness, window } = overview;
  switch (coverageOf(completeness, window).kind) {
    case 'whole':
      return isComparable(overview)
        ? 'This window is complete; older history is still being read.'
        : `This window is complete; older history is still being read, and with it the ${window.days} days before to compare with.`;
    case 'part':
      return `This window is complete ${sinceWhen(overview, locale, timeZone)}; its figures are of what is read so far.`;
    case 'none':
      return 'Nothing of this window is complete yet; its figures are of what is read so far.';
  }
}

function windowAfterFailure(overview: RepositoryOverview, locale: string, timeZone: string): string {
  const { completeness, window } = overview;
  switch (coverageOf(completeness, window).kind) {
    case 'whole':
      return 'This window was read whole before; older history is missing.';
    case 'part':
      return `This window is complete ${sinceWhen(overview, locale, timeZone)}; its figures are of what was read before.`;
    case 'none':
      return 'The figures below are of what was read before.';
  }
}

/** `from Oct 5, 2026, 2:30 PM on (47 of 90 days)`: with its time, since the day itself is not whole. */
function sinceWhen({ completeness, window }: RepositoryOverview, locale: string, timeZone: string): string {
  const coverage = coverageOf(completeness, window);
  const days = daysRead(coverage, window);
  const part = `${days === 0 ? 'less than 1' : days} of ${window.days} days`;
  return `from ${instant(coverage.since, locale, timeZone)} on (${part})`;
}

/** What was merged in the window but could not be read whole. */
function unreadNote({ inWindow, reason }: Completeness, locale: string): CompletenessNote | null {
  const { merged, withActivity, withCommits, withDiffstat } = inWindow;
  const count = (value: number): string => decimal(value, 0, locale);
  const missing = [
    [merged - withActivity, 'activity (reviews and comments)'],
    [merged - withCommits, 'commits (coding time)'],
    [merged - withDiffstat, 'diffstat (size)'],
  ] as const;
  const parts = missing
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${what} of ${count(number)}`);
  const sentences = [
    ...(parts.length === 0
      ? []
      : [
          `Not read for the ${count(merged)} merged in this window: ${parts.join(', ')}. Figures that need it leave these out.`,
        ]),
    ...(reason === null ? [] : [`Not everything could be read: ${clause(reason)}.`]),
  ];
  if (sentences.length === 0) return null;
  return { tone: 'quiet', sentence: sentences.join(' '), window: null, progress: null };
}
