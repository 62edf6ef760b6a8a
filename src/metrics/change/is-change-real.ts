/** Whether a metric differs from the window before by more than chance explains (METRICS 8, "Is the change real?"). */
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import type { AmountMetric, DurationMetric, Figure, Window } from '../figures';
import type { FigureOptions } from '../population';
import { contributionsIn, figureOf, type Contributions } from '../pull-request-figures';
import { precedingWindow } from '../windows';
import { mannWhitney } from './mann-whitney';
import { medianDifference, type MedianDifference } from './median-difference';

/** Metrics that have a median. */
export type ComparableMetric = DurationMetric | AmountMetric;

export interface Change {
  /** The figures of the two windows. */
  readonly before: Figure;
  readonly after: Figure;
  /** In the figures' unit, seconds whole; `null` where a window has fewer than 5 values. Likewise the others. */
  readonly medians: MedianDifference | null;
  /** Of the two-sided Mann-Whitney U test. It looks at the whole distribution, so it may differ from the medians. */
  readonly pValue: number | null;
  /** The interval of the medians' difference excludes 0: only then do screens speak of a change. */
  readonly isChange: boolean | null;
}

/** A figure with the values that it summarises, in any order. */
export interface Measured {
  readonly figure: Figure;
  readonly values: readonly number[];
}

/** Below this number of values nothing is concluded from them (METRICS 2). */
const FEWEST_VALUES = 5;

/** Always the same, so that the same facts give the same interval on every screen; Marsaglia's own. */
const SEED = 2_463_534_242;

/**
 * The metric in the window compared with the window of the same length before. What stands behind it is what `explainAny`
 * lists for these two windows. Whether the earlier window is read completely is for the caller to look at: a repository
 * whose history begins within it has fewer pull requests there, not other ones.
 */
export function isChangeReal(
  metric: ComparableMetric,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Change {
  return changesIn(facts, window, options)(metric);
}

/** The same for several metrics: who counts in the two windows is looked for once. */
export function changesIn(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): (metric: ComparableMetric) => Change {
  const earlier = contributionsIn(facts, precedingWindow(window), options);
  const later = contributionsIn(facts, window, options);
  return (metric) => changeBetween(measured(metric, earlier(metric)), measured(metric, later(metric)));
}

/** The change from one figure to another. */
export function changeBetween(before: Measured, after: Measured): Change {
  const [earlier, later] = [before.values, after.values];
  const figures = { before: before.figure, after: after.figure };
  if (Math.min(earlier.length, later.length) < FEWEST_VALUES) {
    return { ...figures, medians: null, pValue: null, isChange: null };
  }
  const medians = rounded(medianDifference(earlier, later, SEED), after.figure.unit);
  return {
    ...figures,
    medians,
    pValue: mannWhitney(later, earlier)?.pValue ?? null,
    // Decided on what the reader sees: no interval that shows 0 is called a change.
    isChange: medians && (medians.low > 0 || medians.high < 0),
  };
}

function measured(metric: ComparableMetric, contributions: Contributions): Measured {
  return {
    figure: figureOf(metric, contributions),
    values: contributions.values.map(({ value }) => value),
  };
}

/** Seconds are rounded to whole ones after aggregation (METRICS 2). */
function rounded(medians: MedianDifference | null, unit: Figure['unit']): MedianDifference | null {
  if (medians === null || unit !== 's') return medians;
  // Adding 0 makes a rounded -0.5 a plain 0.
  const whole = (seconds: number): number => Math.round(seconds) + 0;
  return { difference: whole(medians.difference), low: whole(medians.low), high: whole(medians.high) };
}
