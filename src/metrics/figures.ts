/** The shapes in which a metric's value leaves the metrics: one per kind of figure, the same in screens and export. */
import type { EpochSeconds } from '../facts/pull-request-facts';

/** Half-open interval `[from, to)` of epoch seconds. */
export interface Window {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
}

/** Units of a distribution: seconds, changed lines, changed files, or a plain number per pull request. */
export type DistributionUnit = 's' | 'lines' | 'files' | 'count';

/** Summary of values, one per pull request; percentiles are Hyndman and Fan type 7. All `null` when `n` is 0. */
export interface Distribution {
  readonly unit: DistributionUnit;
  readonly n: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
}

/** A share; `n` is its denominator and `value` is `null` when that is 0. */
export interface Ratio {
  readonly unit: 'ratio';
  readonly n: number;
  readonly value: number | null;
}

/** A count of pull requests; `n` equals `value`, so that every figure tells how many stand behind it. */
export interface Count {
  readonly unit: 'count';
  readonly n: number;
  readonly value: number;
}

export type Figure = Distribution | Ratio | Count;

/** A number of people, or of things a day; `n` is how many things stand behind it. */
export interface PlainFigure {
  readonly unit: 'people' | 'per day';
  readonly n: number;
  readonly value: number | null;
}

/** The durations over merged pull requests of METRICS 3, in seconds. */
export const DURATION_METRICS = [
  'time_to_open',
  'time_to_first_review',
  'time_to_first_inline_or_verdict',
  'time_to_approve',
  'review_time',
  'approval_spread',
  'merge_wait',
  'time_to_merge',
  'cycle_time',
] as const;

/** Numbers per merged pull request of METRICS 3. */
export const AMOUNT_METRICS = [
  'size_lines',
  'size_files',
  'review_comments',
  'revisions',
  'reviewers',
  'rework_cycles',
] as const;

export const RATIO_METRICS = [
  'merge_rate',
  'unreviewed_merge_rate',
  'unapproved_merge_rate',
  'self_merge_rate',
  'changes_requested_rate',
  'rework_after_review_rate',
  'stale_approval_rate',
] as const;

export const COUNT_METRICS = ['opened', 'merged', 'declined'] as const;

export type DurationMetric = (typeof DURATION_METRICS)[number];
export type AmountMetric = (typeof AMOUNT_METRICS)[number];
export type RatioMetric = (typeof RATIO_METRICS)[number];
export type CountMetric = (typeof COUNT_METRICS)[number];

export const METRIC_IDS = [
  ...DURATION_METRICS,
  ...AMOUNT_METRICS,
  ...RATIO_METRICS,
  ...COUNT_METRICS,
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** Whether an id is one of these: narrows it to them. */
export function isOneOf<Some extends string>(ids: readonly Some[], id: string): id is Some {
  return ids.some((each) => each === id);
}

/** Every metric of METRICS 3 over one window. */
export type PullRequestFigures = Readonly<Record<DurationMetric | AmountMetric, Distribution>> &
  Readonly<Record<RatioMetric, Ratio>> &
  Readonly<Record<CountMetric, Count>>;

export const STAGES = ['coding', 'pickup', 'review', 'merge_wait', 'unreviewed'] as const;
/** Parts of `cycle_time`; for every pull request they sum to it exactly. */
export type Stage = (typeof STAGES)[number];

/** Each stage over the merged pull requests that have it, and what part of all cycle time it takes. */
export interface StageFigures {
  readonly stage: Stage;
  readonly duration: Distribution;
  /** Sum of this stage over all merged pull requests, in seconds. */
  readonly total: number;
  /** `total` / total cycle time; `null` when there is none to divide. */
  readonly share: number | null;
}

/** One week (Monday 00:00 UTC) of the trend; weeks without a merge are present with `n` 0. */
export interface WeekFigures {
  readonly from: EpochSeconds;
  /** The window holds only a part of this week: its counts are not comparable with whole weeks. */
  readonly partial: boolean;
  readonly opened: number;
  readonly merged: number;
  readonly timeToMerge: Distribution;
  /** Of those merged in it. */
  readonly timeToFirstReview: Distribution;
  readonly unreviewed: Ratio;
  /** Pull requests open when the week ended, or the window. */
  readonly openAtEnd: number;
}

/** One bar of the distribution of time to merge: `[from, to)` seconds; the last bar's `to` is `null` (no upper bound). */
export interface HistogramBar {
  readonly from: number;
  readonly to: number | null;
  readonly count: number;
}

export const PHASES = ['draft', 'open', 'reviewed', 'approved'] as const;
/** Phase of an open pull request: a draft; no review; a review but no approval; approved. */
export type Phase = (typeof PHASES)[number];

/** One open pull request at an instant (METRICS 5). */
export interface OpenPullRequest {
  readonly id: number;
  readonly phase: Phase;
  /**
   * Whether Bitbucket's activity was read. Where not, only verdicts of the participants and events are known: reviews,
   * comments and idle time are not facts to show, and `stale` is not claimed.
   */
  readonly activityRead: boolean;
  readonly openedAt: EpochSeconds;
  /** Since the opening by the options' clock; likewise `idleSeconds` since the last activity. */
  readonly ageSeconds: number;
  readonly waitingOn: 'author' | 'reviewers';
  readonly reviews: number;
  readonly comments: number;
  readonly idleSeconds: number;
  readonly lines: number | null;
  readonly stale: boolean;
  readonly overP85: boolean;
}

export interface WorkInProgress {
  readonly byPhase: Readonly<Record<Phase, number>>;
  readonly stale: number;
  /** Seconds of the calendar without activity after which one is stale. */
  readonly staleAfterSeconds: number;
  readonly overP85: number;
  /** 85th percentile of `time_to_merge` over the last 180 days, in seconds by the same clock; `null` below 5 merges. */
  readonly p85Seconds: number | null;
  /** Oldest first. */
  readonly pullRequests: readonly OpenPullRequest[];
}

/** One pull request behind a figure, with the instants that gave its value. */
export interface ExplainedPullRequest {
  readonly id: number;
  /** The pull request's own value: seconds, an amount, or for a ratio and a count 1 (counts for it) or 0. */
  readonly value: number;
  /** Named instants used, in order, each with where it came from; empty where the value is not made of instants. */
  readonly instants: readonly ExplainedInstant[];
}

/** Durations with the pull requests behind them, the longest first. */
export interface ExplainedDurations {
  /** In seconds. */
  readonly figure: Distribution;
  readonly pullRequests: readonly ExplainedPullRequest[];
  /** How many of the population have no value, for want of an answer that was not read or of the stage itself. */
  readonly leftOut: number;
}

export interface ExplainedInstant {
  readonly name:
    | 'firstCommitAt'
    | 'openedAt'
    | 'firstReviewAt'
    | 'firstInlineOrVerdictAt'
    | 'firstApprovedAt'
    | 'lastApprovedAt'
    | 'mergedAt'
    | 'closedAt';
  readonly at: EpochSeconds;
  readonly source: 'pull request' | 'activity' | 'list' | 'event' | 'commits';
}
