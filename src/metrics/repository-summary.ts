/** A repository in a few figures, for a list of many: 90 days beside the 90 before, the merges by week, what is open. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { changesIn } from './change/is-change-real';
import type { Count, Distribution, Ratio, Window } from './figures';
import { mergedIn, type FigureOptions } from './population';
import { figuresOf } from './pull-request-figures';
import { SECONDS_A_DAY, precedingWindow, windowEndingAt } from './windows';
import { workInProgress } from './work-in-progress';

/** The window of the summary, and of the one that it is compared with. */
export const SUMMARY_DAYS = 90;

/** As many times 7 days as the window touches. */
export const SUMMARY_WEEKS = 13;

const METRICS = ['merged', 'time_to_merge', 'time_to_first_review', 'unreviewed_merge_rate'] as const;

const SECONDS_A_WEEK = 7 * SECONDS_A_DAY;

/** The figures of METRICS 3 that a list shows, by their ids, with how many values stand behind each; medians in seconds. */
export interface SummaryFigures {
  readonly merged: Count['value'];
  readonly time_to_merge: Pick<Distribution, 'n' | 'p50'>;
  readonly time_to_first_review: Pick<Distribution, 'n' | 'p50'>;
  readonly unreviewed_merge_rate: Pick<Ratio, 'n' | 'value'>;
}

export interface FiguresSummary {
  readonly figures: SummaryFigures;
  readonly previousFigures: SummaryFigures;
  /** Whether the medians differ by more than chance explains (METRICS 8); `null` below 5 values. */
  readonly isChange: Readonly<Record<'time_to_merge' | 'time_to_first_review', boolean | null>>;
  /** Merges in each of the last 13 times 7 days, the oldest first; the last ends now. */
  readonly mergesByWeek: readonly number[];
  readonly open: number;
  /** Open ones above `p85Seconds` of work in progress; `null` where too few merges tell that percentile. */
  readonly openOverP85: number | null;
}

/** How far back the facts must reach: both windows, and the 180 days of the 85th percentile (METRICS 5). */
export function summarySince(now: EpochSeconds): EpochSeconds {
  return precedingWindow(windowEndingAt(now, SUMMARY_DAYS)).from;
}

/** The summary at `now`, of the facts since `summarySince`. */
export function summariseFigures(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: FigureOptions,
): FiguresSummary {
  const window = windowEndingAt(now, SUMMARY_DAYS);
  const { pullRequests, overP85, p85Seconds } = workInProgress(facts, now, options);
  const changeOf = changesIn(facts, window, options);
  return {
    figures: summaryFigures(facts, window, options),
    previousFigures: summaryFigures(facts, precedingWindow(window), options),
    isChange: {
      time_to_merge: changeOf('time_to_merge').isChange,
      time_to_first_review: changeOf('time_to_first_review').isChange,
    },
    mergesByWeek: mergesByWeek(facts, now, options),
    open: pullRequests.length,
    openOverP85: p85Seconds === null ? null : overP85,
  };
}

function summaryFigures(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): SummaryFigures {
  const {
    merged,
    time_to_merge: toMerge,
    time_to_first_review: toReview,
    unreviewed_merge_rate: unreviewed,
  } = figuresOf(METRICS, facts, window, options);
  return {
    merged: merged.value,
    time_to_merge: { n: toMerge.n, p50: toMerge.p50 },
    time_to_first_review: { n: toReview.n, p50: toReview.p50 },
    unreviewed_merge_rate: { n: unreviewed.n, value: unreviewed.value },
  };
}

/** Not the weeks of the calendar: a week that is not over would seem to be a bad one. */
function mergesByWeek(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: FigureOptions,
): readonly number[] {
  const window = { from: now - SUMMARY_WEEKS * SECONDS_A_WEEK, to: now };
  const counts = Array.from({ length: SUMMARY_WEEKS }, () => 0);
  for (const { mergedAt } of mergedIn(facts, window, options)) {
    const week = Math.floor((mergedAt - window.from) / SECONDS_A_WEEK);
    counts[week] = (counts[week] ?? 0) + 1;
  }
  return counts;
}
