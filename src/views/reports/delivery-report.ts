/** What the tab Delivery shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { CalendarUnit } from '../../metrics/calendar-periods';
import type { Band, BandedFigures } from '../../metrics/delivery/bands';
import type { BandYear } from '../../metrics/delivery/delivery-settings';
import type { DeliveryWeek } from '../../metrics/delivery/delivery-trend';
import type { FailureCauses } from '../../metrics/delivery/failure-causes';
import type { Ratio } from '../../metrics/figures';
import type { BitbucketScope } from '../../sync/trouble';
import type { ReportedWindow } from '../view-query';
import type { DeliveryRules } from './delivery-rules';
import type { DeliveryMetrics } from './export-report';

/** One UTC day of the window. */
export interface DeliveryDay {
  readonly from: EpochSeconds;
  readonly deployments: number;
  /** Of these, how many failed, whenever that was found. */
  readonly failures: number;
}

export interface DeliveryReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  /** What counts as a deployment here, and when one has failed. */
  readonly rules: DeliveryRules;
  /** Permissions without which Bitbucket does not tell of deployments: merges stand for them, or nothing is known. */
  readonly missing: readonly BitbucketScope[];
  /** Whatever happened since is read; `null` while nothing is. */
  readonly readSince: EpochSeconds | null;
  /** Whether the window is read whole; while it is not, figures are of what is read so far. */
  readonly isWhole: boolean;
  readonly figures: DeliveryMetrics;
  /** `null` while the window before is not read whole. */
  readonly previousFigures: DeliveryMetrics | null;
  /** Shares of days, weeks, months and half-years with a deployment. */
  readonly shares: Readonly<Record<CalendarUnit, Ratio>>;
  /** Levels of the State of DevOps report of `bandYear`; `null` below five deployments. */
  readonly bands: Readonly<Record<keyof BandedFigures, Band | null>>;
  readonly bandYear: BandYear;
  /** Failed deployments whose repair is not in production yet. */
  readonly openFailures: number;
  readonly failureCauses: FailureCauses;
  readonly weeks: readonly DeliveryWeek[];
  readonly calendar: readonly DeliveryDay[];
}
