/** Lists what stands behind a figure, so that anyone can reckon it again (METRICS 8). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import type { ExplainedInstant, Explanation, MetricId, Window } from './figures';
import type { FigureOptions } from './population';
import { contributionsTo, figureOf } from './pull-request-figures';

/** Largest value first: the pull requests that move a figure are the ones people look for. */
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
        instants: span === null ? countedInstants(each) : [span.from, span.to],
      }))
      .sort((a, b) => b.value - a.value || b.id - a.id),
    leftOut: contributions.leftOut,
  };
}

/** For a share, a count or an amount: when the pull request was opened, and when it was closed. */
function countedInstants(facts: PullRequestFacts): readonly ExplainedInstant[] {
  const opened: ExplainedInstant = { name: 'openedAt', at: facts.openedAt, source: 'pull request' };
  if (facts.closedAt === null) return [opened];
  const name = facts.state === 'MERGED' ? 'mergedAt' : 'closedAt';
  return [opened, { name, at: facts.closedAt, source: facts.mergedAtSource ?? 'activity' }];
}
