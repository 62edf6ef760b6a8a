/** Lists what stands behind a figure, so that anyone can reckon it again (METRICS 8). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import type { Explanation, MetricId, Window } from './figures';
import type { FigureOptions } from './population';
import { contributionsTo, figureOf } from './pull-request-figures';
import { instantsOf } from './pull-request-values';

/**
 * The figure, every pull request's value in it (seconds, an amount, or 1 and 0 for a share) and how many of its
 * population have none. Largest value first: the pull requests that move a figure are the ones people look for.
 */
export function explain(
  metric: MetricId,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Explanation {
  const contributions = contributionsTo(metric, facts, window, options);
  return {
    metric,
    figure: figureOf(metric, contributions),
    pullRequests: contributions.values
      .map(({ facts: each, value, span }) => ({
        id: each.id,
        value,
        instants: span === null ? instantsOf(metric, each) : [span.from, span.to],
      }))
      .sort((a, b) => b.value - a.value || b.id - a.id),
    leftOut: contributions.leftOut,
  };
}
