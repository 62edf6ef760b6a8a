/** What the tab Work in progress shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { ReportedWindow } from '../view-query';

export interface OpenWorkReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
}
