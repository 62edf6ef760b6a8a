/** Says why a figure has no value: there is none in the window, it is not read yet, or it may not be read. */
import type { MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { clause } from './completeness';
import { headlineValue } from './format';
import { coverageOf } from './window-coverage';

export interface WhyNoValue {
  /** A few words to stand in the figure's place. */
  readonly text: string;
  /** The same as a whole sentence, for a title. */
  readonly sentence: string;
}

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
export function whyNoValue(metric: MetricId, overview: RepositoryOverview): WhyNoValue | null {
  const figure = overview.figures[metric];
  // A count of nothing while nothing is read is no 0; a share or a median of 0 has values behind it.
  const isUnread = figure.n === 0 && isNothingRead(overview);
  return headlineValue(figure) === null || isUnread ? whyAbsent(overview, NEEDED[metric]) : null;
}

/** For a stage that has none; the stages need activity and commits. */
export function whyNoStage(overview: RepositoryOverview): WhyNoValue {
  const { withActivity, withCommits } = overview.completeness.inWindow;
  return whyAbsent(overview, withActivity <= withCommits ? 'withActivity' : 'withCommits');
}

/** Of open work the same: nothing is open only once something is read. */
export function whyNoOpenWork(overview: RepositoryOverview): WhyNoValue | null {
  const isUnread = overview.workInProgress.pullRequests.length === 0 && isNothingRead(overview);
  return isUnread ? whyAbsent(overview, undefined) : null;
}

function isNothingRead({ completeness, window }: RepositoryOverview): boolean {
  return coverageOf(completeness, window).kind === 'none';
}

function whyAbsent({ completeness, window }: RepositoryOverview, needed: Answer | undefined): WhyNoValue {
  const { state, reason, inWindow } = completeness;
  const read = needed === undefined ? inWindow.merged : inWindow[needed];
  if (coverageOf(completeness, window).kind === 'whole' && read >= inWindow.merged) {
    return {
      text: 'no value in this window',
      sentence: 'Read whole: no pull request of this window has a value for this figure.',
    };
  }
  if (reason !== null && state !== 'importing' && isRefusal(reason)) {
    return { text: 'not allowed', sentence: `Not read: ${clause(reason)}.` };
  }
  if (reason !== null && state === 'failed') {
    return { text: 'could not be read', sentence: `Not read: ${clause(reason)}.` };
  }
  return read === 0
    ? { text: 'not read yet', sentence: 'What this figure is made of is not read yet.' }
    : {
        text: 'no value so far',
        sentence: 'None of the pull requests read so far has a value for this figure.',
      };
}

/** The cause comes as a sentence only; a missing permission is told apart, since an admin can grant it. */
function isRefusal(reason: string): boolean {
  return reason.includes('permission');
}
