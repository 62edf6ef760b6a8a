/** Says why a figure has no value: there is none in the window, it is not read yet, or it may not be read. */
import type { MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import type { Language } from '../shared/language';
import { clause } from './completeness';
import { headlineValue } from './format';
import { coverageOf } from './window-coverage';

export interface WhyNoValue {
  /** A few words to stand in the figure's place. */
  readonly text: string;
  /** The same as a whole sentence, for a title. */
  readonly sentence: string;
}

/** What tells how far a window is read. */
type ReadWindow = Pick<RepositoryOverview, 'completeness' | 'window'>;

/** What of the window's merged pull requests must be read: one of the answers counted in `inWindow`. */
type Answer = 'withActivity' | 'withCommits' | 'withDiffstat';

/** Metrics that need more than the list of pull requests, which tells approvals too. */
const NEEDED: Readonly<Partial<Record<MetricId, Answer>>> = {
  time_to_open: 'withCommits',
  time_to_first_review: 'withActivity',
  time_to_first_inline_or_verdict: 'withActivity',
  review_time: 'withActivity',
  cycle_time: 'withCommits',
  size_lines: 'withDiffstat',
  size_files: 'withDiffstat',
  review_comments: 'withActivity',
  revisions: 'withActivity',
  reviewers: 'withActivity',
  rework_cycles: 'withActivity',
  merge_rate: 'withActivity',
  unreviewed_merge_rate: 'withActivity',
  changes_requested_rate: 'withActivity',
  rework_after_review_rate: 'withActivity',
  stale_approval_rate: 'withActivity',
};

/** `null` where the figure has a value to show. */
export function whyNoValue(
  metric: MetricId,
  overview: ReadWindow & Pick<RepositoryOverview, 'figures'>,
  language: Language,
): WhyNoValue | null {
  const figure = overview.figures[metric];
  // A count of nothing while nothing is read is no 0; a share or a median of 0 has values behind it.
  const isUnread = figure.n === 0 && isNothingRead(overview);
  return headlineValue(figure) === null || isUnread ? whyAbsent(overview, NEEDED[metric], language) : null;
}

/** For a stage that has none; the stages need activity and commits. */
export function whyNoStage(overview: RepositoryOverview, language: Language): WhyNoValue {
  const { withActivity, withCommits } = overview.completeness.inWindow;
  return whyAbsent(overview, withActivity <= withCommits ? 'withActivity' : 'withCommits', language);
}

/** Of open work the same: nothing is open only once something is read. */
export function whyNoOpenWork(overview: RepositoryOverview, language: Language): WhyNoValue | null {
  const isUnread = overview.workInProgress.pullRequests.length === 0 && isNothingRead(overview);
  return isUnread ? whyAbsent(overview, undefined, language) : null;
}

function isNothingRead({ completeness, window }: ReadWindow): boolean {
  return coverageOf(completeness, window).kind === 'none';
}

function whyAbsent(
  { completeness, window }: ReadWindow,
  needed: Answer | undefined,
  { t }: Language,
): WhyNoValue {
  const { state, reason, inWindow } = completeness;
  const read = needed === undefined ? inWindow.merged : inWindow[needed];
  if (coverageOf(completeness, window).kind === 'whole' && read >= inWindow.merged) {
    return { text: t('whyNoValue.none'), sentence: t('whyNoValue.noneSentence') };
  }
  if (reason !== null && state !== 'importing' && isRefusal(reason)) {
    return {
      text: t('whyNoValue.notAllowed'),
      sentence: t('whyNoValue.notReadSentence', { reason: clause(reason) }),
    };
  }
  if (reason !== null && state === 'failed') {
    return {
      text: t('whyNoValue.notReadable'),
      sentence: t('whyNoValue.notReadSentence', { reason: clause(reason) }),
    };
  }
  return read === 0
    ? { text: t('whyNoValue.unread'), sentence: t('whyNoValue.unreadSentence') }
    : { text: t('whyNoValue.soFar'), sentence: t('whyNoValue.soFarSentence') };
}

/** The cause comes as a sentence only; a missing permission is told apart, since an admin can grant it. */
function isRefusal(reason: string): boolean {
  return reason.includes('permission');
}
