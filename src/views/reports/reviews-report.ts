/** What the tab Reviews shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { ReportedWindow } from '../view-query';

export interface ReviewsReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
}
