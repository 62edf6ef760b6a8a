/** What is known of open work, and what is not: without its activity a pull request's reviews and idle time are no facts. */
import type { OpenPullRequest } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { PHASE_TEXTS } from '../texts';
import { FEWEST_VALUES } from './fewest-values';
import { counted, decimal, duration } from './format';
import { coverageOf, isPartial } from './window-coverage';

const SECONDS_A_DAY = 86_400;
const DAYS_OF_COMPARISON = 180;

export interface OpenRow {
  readonly phase: string;
  readonly waitsOn: string;
  readonly idle: string;
}

export function openRow(open: OpenPullRequest, locale: string): OpenRow {
  const author = 'the author';
  if (open.activityRead) {
    return {
      phase: PHASE_TEXTS[open.phase],
      waitsOn: open.waitingOn === 'author' ? author : 'reviewers',
      idle: duration(open.idleSeconds, locale),
    };
  }
  return {
    // Verdicts stand in the pull request itself; that it has none does not mean that nobody looked.
    phase: open.phase === 'open' ? 'No verdict yet' : PHASE_TEXTS[open.phase],
    waitsOn: open.phase === 'draft' ? author : 'not known yet',
    idle: 'activity not read yet',
  };
}

/** What the panel says of open work beside its number. */
export function openMeaning(overview: RepositoryOverview, locale: string): string {
  const { workInProgress: work } = overview;
  const unread = unreadOf(work.pullRequests);
  const count = (value: number): string => decimal(value, 0, locale);
  const isAny = work.pullRequests.length > 0;
  const parts = [
    isAny && `${count(work.stale)} without activity for a week`,
    unread > 0 && `activity of ${count(unread)} not read yet`,
    isAny &&
      work.p85Seconds !== null &&
      `${count(work.overP85)} older than ${duration(work.p85Seconds, locale)}, within which 85 % of ${comparedMerges(overview)} came`,
    isPartial(overview) && 'more may be open that is not read',
  ];
  return parts.filter((part) => part !== false).join('; ');
}

/** The same in sentences. */
export function openSentences(overview: RepositoryOverview, locale: string): string {
  const { workInProgress: work } = overview;
  const total = work.pullRequests.length;
  // Open ones are listed before anything is read whole: a window that is whole has all of them.
  const isPart = isPartial(overview);
  if (total === 0) return isPart ? 'Nothing open is read so far.' : 'Nothing is open.';
  const unread = unreadOf(work.pullRequests);
  const sentences = [
    `${counted(total, 'pull request', locale)} ${total === 1 ? 'is' : 'are'} open${isPart ? ' in what is read so far' : ''}; ${decimal(work.stale, 0, locale)} had no activity for a week.`,
    unread > 0 &&
      `The activity of ${decimal(unread, 0, locale)} is not read yet: they count by their verdicts only, and none as stale.`,
    work.p85Seconds === null
      ? `There is no usual time to compare their ages with: ${comparedMerges(overview)} are fewer than ${FEWEST_VALUES}.`
      : `${decimal(work.overP85, 0, locale)} ${work.overP85 === 1 ? 'is' : 'are'} older than ${duration(work.p85Seconds, locale)}, within which 85 % of ${comparedMerges(overview)} came.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** Ages are compared with the same merges whichever window is chosen. */
function comparedMerges({ completeness, window: { to } }: RepositoryOverview): string {
  const compared = { from: to - DAYS_OF_COMPARISON * SECONDS_A_DAY, to };
  const isWhole = coverageOf(completeness, compared).kind === 'whole';
  return `the merges of the last ${DAYS_OF_COMPARISON} days${isWhole ? '' : ' read so far'}`;
}

function unreadOf(pullRequests: readonly OpenPullRequest[]): number {
  return pullRequests.filter(({ activityRead }) => !activityRead).length;
}
