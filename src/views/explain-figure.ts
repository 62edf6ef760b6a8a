/** Lists the pull requests behind one figure, with the instants that gave each its value. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { explain } from '../metrics/explain';
import type { Explanation, MetricId } from '../metrics/figures';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import { readRepositoryView } from '../storage/repository-view';
import type { WindowDays } from './contract';

/** `null` where nothing is stored of the repository. */
export async function explainFigure(
  repository: RepositoryId,
  metric: MetricId,
  days: WindowDays,
  now: EpochSeconds,
): Promise<Explanation | null> {
  const window = windowEndingAt(now, days);
  const { record, importTask, facts } = await readRepositoryView(repository, window.from, now);
  if (record === null && importTask === null) return null;
  return explain(metric, facts, window, { defaultBranch: record?.defaultBranch ?? null });
}
