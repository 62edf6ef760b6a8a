/** The test of change for the durations that stand at the head of the page (METRICS 8). */
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import type { Window } from '../figures';
import type { FigureOptions } from '../population';
import { isChangeReal, type Change, type ComparableMetric } from './is-change-real';

export const TESTED_METRICS = ['time_to_merge', 'cycle_time', 'time_to_first_review'] as const;
export type TestedMetric = (typeof TESTED_METRICS)[number];

/** Whether a metric's change to the preceding window is more than chance explains. */
export type TestedChange = Pick<Change, 'medians' | 'pValue' | 'isChange'>;

export type HeadlineChanges = Readonly<Record<TestedMetric, TestedChange>>;

/** The same facts always give the same answer: the bootstrap is seeded. */
export function headlineChanges(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): HeadlineChanges {
  const tested = (metric: TestedMetric): TestedChange => testedChange(metric, facts, window, options);
  return {
    time_to_merge: tested('time_to_merge'),
    cycle_time: tested('cycle_time'),
    time_to_first_review: tested('time_to_first_review'),
  };
}

/** The test alone, without the figures that it compares. */
export function testedChange(
  metric: ComparableMetric,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): TestedChange {
  const { medians, pValue, isChange } = isChangeReal(metric, facts, window, options);
  return { medians, pValue, isChange };
}
