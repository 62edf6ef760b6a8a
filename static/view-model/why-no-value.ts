/** Says why a figure has no value: there is none in the window, it is not read yet, or it may not be read. */
import type { MetricId } from '../../src/metrics/figures';
import type { BitbucketScope } from '../../src/sync/trouble';
import type { RepositoryOverview } from '../../src/views/contract';
import type { Language } from '../shared/language';
import { headlineValue } from './format';
import { causeText } from './trouble';
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

const ANSWERS = { withActivity: 'activity', withCommits: 'commits', withDiffstat: 'diffstat' } as const;

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
  const { inWindow, missing } = overview.completeness;
  const isActivityBehind = inWindow.withActivity <= inWindow.withCommits;
  const behind = isActivityBehind ? 'withActivity' : 'withCommits';
  const refused = missing.activity === null ? 'withCommits' : 'withActivity';
  const isRefused = missing.activity !== null || missing.commits !== null;
  return whyAbsent(overview, isRefused ? refused : behind, language);
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
  language: Language,
): WhyNoValue {
  const { t } = language;
  const { state, trouble, missing, inWindow } = completeness;
  const read = needed === undefined ? inWindow.merged : inWindow[needed];
  if (coverageOf(completeness, window).kind === 'whole' && read >= inWindow.merged) {
    return { text: t('whyNoValue.none'), sentence: t('whyNoValue.noneSentence') };
  }
  const scope = needed === undefined ? null : missing[ANSWERS[needed]];
  if (scope !== null) return whyMissing(scope, language);
  const holdsUp = state === 'failed' || trouble?.cause === 'permission-awaited' ? trouble : null;
  if (holdsUp !== null) {
    return {
      text:
        holdsUp.scope === null
          ? t('whyNoValue.notReadable')
          : t('whyNoValue.missingPermission', { permission: holdsUp.scope }),
      sentence: t('whyNoValue.notReadSentence', { cause: causeText(holdsUp, language) }),
    };
  }
  return read === 0
    ? { text: t('whyNoValue.unread'), sentence: t('whyNoValue.unreadSentence') }
    : { text: t('whyNoValue.soFar'), sentence: t('whyNoValue.soFarSentence') };
}

/** For a figure that Bitbucket tells nothing of, for want of a permission. */
export function whyMissing(scope: BitbucketScope, language: Language): WhyNoValue {
  const { t } = language;
  const cause = causeText({ cause: 'missing-permission', scope }, language);
  return {
    text: t('whyNoValue.missingPermission', { permission: scope }),
    sentence: t('whyNoValue.notReadSentence', { cause }),
  };
}
