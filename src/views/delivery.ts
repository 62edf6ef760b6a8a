/** What the Delivery section shows: the DORA figures, their bands, the calendar, and the pipelines behind them. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { deliveryFigures } from '../metrics/delivery/delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from '../metrics/delivery/delivery-settings';
import type { Window } from '../metrics/figures';
import { precedingWindow, SECONDS_A_DAY } from '../metrics/windows';
import { readDelivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readMainPushes } from '../storage/pushes';
import { importProgress } from '../sync/import/import-progress';
import type { DeliveryReport } from './contract';
import { deliveryMetrics, pipelineMetrics } from './exported-metrics';
import { select } from './selection';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** What came before a window decides which deployment brought a change first: so much of it is looked at. */
const LOOKED_BACK_SECONDS = 90 * SECONDS_A_DAY;

/**
 * `null` where nothing is stored of the repository. A filter narrows the pull requests, and so the changes whose lead
 * time counts, the merges that are deployments, and the repairs; deployments by pipelines and direct pushes belong to
 * nobody and stay.
 */
export async function deliveryOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DeliveryReport | null> {
  const since = (_: Window, previous: Window): EpochSeconds => previous.from - LOOKED_BACK_SECONDS;
  const earliest = since(windowOf(query, now), precedingWindow(windowOf(query, now)));
  const [selection, delivery, pushes] = await allEnded([
    select(repository, query, now, since),
    readDelivery(repository, monthsBetween(earliest, now)),
    readMainPushes(repository),
  ]);
  if (selection === null) return null;
  const { view, facts, options, window, previousWindow } = selection;
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
