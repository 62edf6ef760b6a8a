/** Says how complete the figures are, in a sentence. */
import type { Completeness } from '../../src/views/contract';
import { decimal, duration } from './format';

export interface CompletenessNote {
  readonly tone: 'progress' | 'warning' | 'quiet';
  readonly sentence: string;
  /** Done part from 0 to 1, while the import runs and Bitbucket said how many there are. */
  readonly progress: number | null;
}

/** `null` when everything is read and nothing needs saying. */
export function completenessNote(completeness: Completeness, locale: string): CompletenessNote | null {
  const { state, pullRequests, expected, remainingSeconds, reason, inWindow } = completeness;
  const count = (value: number): string => decimal(value, 0, locale);
  switch (state) {
    case 'waiting':
      return {
        tone: 'progress',
        sentence: 'The import of this repository is about to begin.',
        progress: null,
      };
    case 'importing': {
      const of = expected === null ? '' : ` of ${count(expected)}`;
      const left =
        remainingSeconds === null ? '' : `, about ${duration(Math.max(1, remainingSeconds), locale)} left`;
      return {
        tone: 'progress',
        sentence: `The import is running, newest first: ${count(pullRequests)}${of} pull requests read${left}. The figures below are of what is read so far.`,
        progress: expected === null || expected === 0 ? null : Math.min(1, pullRequests / expected),
      };
    }
    case 'failed':
      return {
        tone: 'warning',
        sentence: `The import stopped: ${reason ?? 'the cause is not known'}. The figures below are of what was read before.`,
        progress: null,
      };
    case 'complete':
      return unreadNote(inWindow, count);
  }
}

/** What was merged in the window but could not be read whole. */
function unreadNote(
  { merged, withActivity, withCommits, withDiffstat }: Completeness['inWindow'],
  count: (value: number) => string,
): CompletenessNote | null {
  const missing = [
    [merged - withActivity, 'activity (reviews and comments)'],
    [merged - withCommits, 'commits (coding time)'],
    [merged - withDiffstat, 'diffstat (size)'],
  ] as const;
  const parts = missing
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${what} of ${count(number)}`);
  if (parts.length === 0) return null;
  return {
    tone: 'quiet',
    sentence: `Not read for the ${count(merged)} merged in this window: ${parts.join(', ')}. Figures that need it leave these out.`,
    progress: null,
  };
}
