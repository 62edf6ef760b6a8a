/** What the tab Delivery shows: the DORA figures, their bands, their trend and the calendar. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { deliveryFiguresBy } from '../metrics/delivery/delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from '../metrics/delivery/delivery-settings';
import { deliveryTrend } from '../metrics/delivery/delivery-trend';
import type { RepositoryId } from '../storage/keys';
import { importProgress } from '../sync/import/import-progress';
import { selectDelivery, type DeliverySelection } from './delivery-selection';
import { deliveryMetrics } from './exported-metrics';
import type { DeliveryReport } from './reports/delivery-report';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function deliveryOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DeliveryReport | null> {
  const selection = await selectDelivery(repository, query, now);
  return selection === null ? null : deliveryReport(selection, now);
}

/** The report of what was read. */
export function deliveryReport(selection: DeliverySelection, now: EpochSeconds): DeliveryReport {
  const { facts, options, window, previousWindow, delivery, pushes } = selection;
  const known = { pullRequests: facts, deployments: delivery.deployments, pushes };
  const figuresOf = deliveryFiguresBy(known, now, DEFAULT_DELIVERY_SETTINGS, options);
  const current = figuresOf(window);
  const readSince = readSinceOf(selection);
  const isComparable = readSince !== null && readSince <= previousWindow.from;
  return {
    asOf: now,
    window,
    source: current.source,
    readSince,
    isWhole: readSince !== null && readSince <= window.from,
    figures: deliveryMetrics(current),
    previousFigures: isComparable ? deliveryMetrics(figuresOf(previousWindow)) : null,
    shares: current.deployment_frequency.figure.shares,
    bands: current.bands,
    bandYear: current.bandYear,
    openFailures: current.time_to_restore.open.length,
    failureCauses: current.failureCauses,
    weeks: deliveryTrend(figuresOf, window),
    calendar: current.calendar.map(({ from, deployments, failures }) => ({
      from,
      deployments: deployments.length,
      failures: failures.length,
    })),
  };
}

/** Since when pull requests are read; `null` while none are. */
export function readSinceOf({ view }: Pick<DeliverySelection, 'view'>): EpochSeconds | null {
  return view.importTask === null ? null : importProgress(view.importTask).readSince;
}
