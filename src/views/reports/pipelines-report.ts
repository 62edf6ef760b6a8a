/** What the tab Pipelines shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { ReportedWindow } from '../view-query';

export interface PipelinesReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
}
