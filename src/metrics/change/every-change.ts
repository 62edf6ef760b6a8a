/** The test of change for every metric that has a median (METRICS 3 and 8). */
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { AMOUNT_METRICS, DURATION_METRICS, type Window } from '../figures';
import type { FigureOptions } from '../population';
import { tested, type TestedChange } from './headline-changes';
import { changesIn, type ComparableMetric } from './is-change-real';

export const COMPARABLE_METRICS = [...DURATION_METRICS, ...AMOUNT_METRICS] as const;

export type EveryChange = Readonly<Record<ComparableMetric, TestedChange>>;

/** Each metric of the window beside the preceding one; the same facts always give the same answer. */
export function everyChange(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): EveryChange {
  const changeOf = changesIn(facts, window, options);
  return Object.fromEntries(COMPARABLE_METRICS.map((metric) => [metric, tested(changeOf(metric))])) as Record<
    ComparableMetric,
    TestedChange
  >;
}
