/** One duration of the window on a logarithmic scale. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { distributionOf } from '../metrics/distribution';
import type { DurationMetric } from '../metrics/figures';
import { logHistogram } from '../metrics/log-histogram';
import { contributionsTo } from '../metrics/pull-request-figures';
import type { RepositoryId } from '../storage/keys';
import type { DistributionReport } from './reports/pull-requests-report';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** Below this number there is no summary: the values themselves are told (METRICS 2). */
const FEWEST_VALUES = 5;

/** `null` where nothing is stored of the repository. */
export async function distributionReportOf(
  repository: RepositoryId,
  query: ViewQuery,
  metric: DurationMetric,
  now: EpochSeconds,
): Promise<DistributionReport | null> {
  const selection = await select(repository, query, now);
  return selection === null ? null : distributionReport(selection, metric, now);
}

/** Pure: the same facts give the same report. */
export function distributionReport(
  { facts, window, options }: Pick<Selection, 'facts' | 'window' | 'options'>,
  metric: DurationMetric,
  now: EpochSeconds,
): DistributionReport {
  const { values: contributions, leftOut } = contributionsTo(metric, facts, window, options);
  const values = contributions.map(({ value }) => value);
  return {
    asOf: now,
    window,
    metric,
    figure: distributionOf(values, 's'),
    bars: logHistogram(values),
    leftOut,
    values: values.length < FEWEST_VALUES ? values.toSorted((a, b) => a - b) : null,
  };
}
