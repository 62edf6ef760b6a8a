/** What is known of open work, and what is not: without its activity a pull request's reviews and idle time are no facts. */
import type { OpenPullRequest, WorkInProgress } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import type { Language, MessageValues } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { duration } from './format';
import { coverageOf, isPartial } from './window-coverage';

const SECONDS_A_DAY = 86_400;
const DAYS_OF_COMPARISON = 180;

export interface OpenRow {
  readonly phase: string;
  readonly waitsOn: string;
  readonly idle: string;
}

export function openRow(open: OpenPullRequest, language: Language): OpenRow {
  const { t } = language;
  if (open.activityRead) {
    return {
      phase: t(`phase.${open.phase}`),
      waitsOn: t(`openWork.${open.waitingOn}`),
      idle: duration(open.idleSeconds, language),
    };
  }
  return {
    // Verdicts stand in the pull request itself; that it has none does not mean that nobody looked.
    phase: t(open.phase === 'open' ? 'openWork.noVerdict' : `phase.${open.phase}`),
    waitsOn: t(open.phase === 'draft' ? 'openWork.author' : 'openWork.unknown'),
    idle: t('openWork.unreadActivity'),
  };
}

/** Without activity for so many days, a pull request is stale. */
export function staleDays({ staleAfterSeconds }: Pick<WorkInProgress, 'staleAfterSeconds'>): number {
  return staleAfterSeconds / SECONDS_A_DAY;
}

/** What the panel says of open work beside its number. */
export function openMeaning(overview: RepositoryOverview, language: Language): string {
  const { t } = language;
  const { workInProgress: work } = overview;
  const unread = unreadOf(work.pullRequests);
  const isAny = work.pullRequests.length > 0;
  const parts = [
    isAny && t('openWork.staleCount', { count: work.stale, days: staleDays(work) }),
    unread > 0 && t('openWork.unreadCount', { count: unread }),
    isAny &&
      work.p85Seconds !== null &&
      t('openWork.olderCount', {
        count: work.overP85,
        duration: duration(work.p85Seconds, language),
        ...comparedMerges(overview),
      }),
    isPartial(overview) && t('openWork.perhapsMore'),
  ];
  return parts.filter((part) => part !== false).join('; ');
}

/** The same in sentences. */
export function openSentences(overview: RepositoryOverview, language: Language): string {
  const { t } = language;
  const { workInProgress: work } = overview;
  const total = work.pullRequests.length;
  // Open ones are listed before anything is read whole: a window that is whole has all of them.
  const read = isPartial(overview) ? 'part' : 'whole';
  if (total === 0) return t(read === 'part' ? 'openWork.noneSoFar' : 'openWork.none');
  const unread = unreadOf(work.pullRequests);
  const compared = comparedMerges(overview);
  const sentences = [
    t('openWork.sentence', { count: total, read, stale: work.stale, days: staleDays(work) }),
    unread > 0 && t('openWork.unreadSentence', { count: unread }),
    work.p85Seconds === null
      ? t('openWork.noUsualTime', { ...compared, fewest: FEWEST_VALUES })
      : t('openWork.olderSentence', {
          ...compared,
          count: work.overP85,
          duration: duration(work.p85Seconds, language),
        }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** Ages are compared with the same merges whichever window is chosen. */
function comparedMerges({ completeness, window: { to } }: RepositoryOverview): MessageValues {
  const compared = { from: to - DAYS_OF_COMPARISON * SECONDS_A_DAY, to };
  const isWhole = coverageOf(completeness, compared).kind === 'whole';
  return { days: DAYS_OF_COMPARISON, read: isWhole ? 'whole' : 'part' };
}

function unreadOf(pullRequests: readonly OpenPullRequest[]): number {
  return pullRequests.filter(({ activityRead }) => !activityRead).length;
}
