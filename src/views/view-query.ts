/** What a reader looks at: the window and what narrows it, the same in a screen's address, its requests and its export. */
import type { BranchKind, EpochSeconds } from '../facts/pull-request-facts';
import type { Inclusion } from '../metrics/filters';

export const WINDOW_DAYS = [30, 90, 180, 365] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];

/** Days of the calendar (UTC), both included, as `2026-01-31`. */
export interface CustomWindow {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Longest custom window: two years beside the two before them are what a screen can read within its time. */
export const MOST_CUSTOM_DAYS = 731;

/** Which hours count. Minutes after 00:00 by the zone's wall clock, the end not included. */
export type Clock =
  | { readonly kind: 'weekdays'; readonly timeZone: string }
  | {
      readonly kind: 'working-hours';
      readonly timeZone: string;
      readonly startMinute: number;
      readonly endMinute: number;
    };

/** What is absent narrows nothing; bots are left out unless `bots` lets them in; without a clock all hours count. */
export interface ViewQuery {
  readonly window: WindowDays | CustomWindow;
  readonly targetBranches?: readonly string[];
  readonly authorIds?: readonly string[];
  /** Whoever reviewed or, while it is open, is asked to. */
  readonly reviewerIds?: readonly string[];
  readonly teamId?: string;
  readonly branchKinds?: readonly BranchKind[];
  readonly drafts?: Inclusion;
  readonly bots?: Inclusion;
  readonly clock?: Clock;
}

/** A window as a report was made for it; `days` is its length, rounded up. */
export interface ReportedWindow {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
  readonly days: number;
}
