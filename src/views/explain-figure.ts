/** Lists the pull requests behind one figure, with the instants that gave each its value. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { explain } from '../metrics/explain';
import type { Explanation, MetricId } from '../metrics/figures';
import type { RepositoryId } from '../storage/keys';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function explainFigure(
  repository: RepositoryId,
  metric: MetricId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<Explanation | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  return explain(metric, selection.facts, selection.window, selection.options);
}
