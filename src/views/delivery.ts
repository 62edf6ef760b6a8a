/** What the Delivery section shows: the DORA figures, their bands, the calendar, and the pipelines behind them. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { deliveryFigures } from '../metrics/delivery/delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from '../metrics/delivery/delivery-settings';
import type { Window } from '../metrics/figures';
import type { RepositoryId } from '../storage/keys';
import { importProgress } from '../sync/import/import-progress';
import type { DeliveryReport } from './contract';
import { selectDelivery } from './delivery-selection';
import { deliveryMetrics, pipelineMetrics } from './exported-metrics';

import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function deliveryOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DeliveryReport | null> {
  const selection = await selectDelivery(repository, query, now);
  if (selection === null) return null;
  const { view, facts, options, window, previousWindow, delivery, pushes } = selection;
  const [current, previous] = deliveryFigures(
    { pullRequests: facts, deployments: delivery.deployments, pushes },
    [window, previousWindow],
    now,
    DEFAULT_DELIVERY_SETTINGS,
    options,
  );
  if (current === undefined || previous === undefined) return null;
  const readSince = view.importTask === null ? null : importProgress(view.importTask).readSince;
  const isRead = ({ from }: Window): boolean => readSince !== null && readSince <= from;
  const isComparable = isRead(previousWindow);
  return {
    asOf: now,
    window,
    source: current.source,
    isWhole: isRead(window),
    figures: deliveryMetrics(current),
    previousFigures: isComparable ? deliveryMetrics(previous) : null,
    bands: current.bands,
    bandYear: current.bandYear,
    openFailures: current.time_to_restore.open.length,
    calendar: current.calendar.map(({ from, deployments, failures }) => ({
      from,
      deployments: deployments.length,
      failures: failures.length,
    })),
    pipelines: pipelineMetrics(delivery, window),
    previousPipelines: isComparable ? pipelineMetrics(delivery, previousWindow) : null,
  };
}
