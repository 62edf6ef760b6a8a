/** What the tab Pull requests shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { ReportedWindow } from '../view-query';

export interface PullRequestsReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
}
