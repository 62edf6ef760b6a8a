/** What the Delivery section shows: the DORA figures, their bands, the calendar, and the pipelines behind them. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { deliveryFigures } from '../metrics/delivery/delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from '../metrics/delivery/delivery-settings';
import type { Window } from '../metrics/figures';
import { precedingWindow, SECONDS_A_DAY, windowEndingAt } from '../metrics/windows';
import { readDelivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readMainPushes } from '../storage/pushes';
import { readRepositoryView } from '../storage/repository-view';
import { importProgress } from '../sync/import/import-progress';
import type { DeliveryReport, WindowDays } from './contract';
import { deliveryMetrics, pipelineMetrics } from './exported-metrics';

/** What came before a window decides which deployment brought a change first: so much of it is looked at. */
const LOOKED_BACK_SECONDS = 90 * SECONDS_A_DAY;

/** `null` where nothing is stored of the repository. */
export async function deliveryOf(
  repository: RepositoryId,
  days: WindowDays,
  now: EpochSeconds,
): Promise<DeliveryReport | null> {
  const window = windowEndingAt(now, days);
  const previousWindow = precedingWindow(window);
  const since = previousWindow.from - LOOKED_BACK_SECONDS;
  const [view, delivery, pushes] = await allEnded([
    readRepositoryView(repository, since, now),
    readDelivery(repository, monthsBetween(since, now)),
    readMainPushes(repository),
  ]);
  if (view.record === null && view.importTask === null) return null;
  const [current, previous] = deliveryFigures(
    { pullRequests: view.facts, deployments: delivery.deployments, pushes },
    [window, previousWindow],
    now,
    DEFAULT_DELIVERY_SETTINGS,
    { defaultBranch: view.record?.defaultBranch ?? null },
  );
  if (current === undefined || previous === undefined) return null;
  const readSince = view.importTask === null ? null : importProgress(view.importTask).readSince;
  const isRead = ({ from }: Window): boolean => readSince !== null && readSince <= from;
  const isComparable = isRead(previousWindow);
  return {
    asOf: now,
    window: { ...window, days },
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
