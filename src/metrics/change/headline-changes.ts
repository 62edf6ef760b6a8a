/** The test of change for the durations that stand at the head of the page (METRICS 8). */
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import type { Window } from '../figures';
import type { FigureOptions } from '../population';
import { changesIn, type Change } from './is-change-real';

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
  const changeOf = changesIn(facts, window, options);
  return {
    time_to_merge: tested(changeOf('time_to_merge')),
    cycle_time: tested(changeOf('cycle_time')),
    time_to_first_review: tested(changeOf('time_to_first_review')),
  };
}

/** The test alone, without the figures that it compares. */
export function tested({ medians, pValue, isChange }: Change): TestedChange {
  return { medians, pValue, isChange };
}
