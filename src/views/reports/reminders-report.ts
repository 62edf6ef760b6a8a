/** What waits longer than usual in a repository, and the viewer's own day. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Reminder, Reminders } from '../../metrics/pull-request-waiting';
import type { ViewerDigest } from '../../metrics/viewer-digest';
import type { OpenWorkReport, ReportedOpenPullRequest } from './open-work-report';

/** An open pull request of which its own panel says that somebody should be reminded; on whom it waits as in open work. */
export interface LatePullRequest
  extends
    Pick<Reminder, 'age' | 'firstReview'>,
    Pick<ReportedOpenPullRequest, 'id' | 'openedAt' | 'waitingOn' | 'waitingSince' | 'waitingFor'> {
  /** Whether it waits on whoever looks. */
  readonly isViewers: boolean;
}

export interface RemindersReport {
  readonly asOf: EpochSeconds;
  /** How far the import is: open pull requests are read first, then what they are compared with. */
  readonly completeness: OpenWorkReport['completeness'];
  /** What is called late is compared with the merges of so many days. */
  readonly daysCompared: number;
  /** Without one for the time to merge nothing is called late. */
  readonly p85: Reminders['p85'];
  /** The oldest first; drafts and bots' are not among them. */
  readonly late: readonly LatePullRequest[];
  readonly showsReviewers: boolean;
  readonly digest: ViewerDigest;
  /** Since when the digest tells what was closed: a day, on Mondays three. */
  readonly digestSince: EpochSeconds;
}
