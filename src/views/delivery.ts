/** What the tab Delivery shows: the DORA figures, their bands, their trend and the calendar. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { deliveryFiguresBy } from '../metrics/delivery/delivery-figures';
import { deliveryTrend } from '../metrics/delivery/delivery-trend';
import type { RepositoryId } from '../storage/keys';
import { importProgress } from '../sync/import/import-progress';
import { areDeploymentsAsked, deliveryRules } from './delivery-rules';
import { selectDelivery, type DeliverySelection } from './delivery-selection';
import { deliveryMetrics } from './exported-metrics';
import type { DeliveryReport } from './reports/delivery-report';
import type { DeliveryRules } from './reports/delivery-rules';
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
  const { facts, options, window, previousWindow, view, delivery, pushes, tags, missing } = selection;
  const known = { pullRequests: facts, deployments: delivery.deployments, pushes, tags };
  const settings = view.settings.delivery;
  const figuresOf = deliveryFiguresBy(known, now, settings, options);
  const current = figuresOf(window);
  const rules = deliveryRules(current.source, settings, tags);
  const readSince = readSinceOf(selection);
  const isComparable =
    isReadSince(previousWindow.from, readSince) && areTagsKnown(previousWindow.from, rules);
  return {
    asOf: now,
    window,
    rules,
    missing: areDeploymentsAsked(settings) ? missing : [],
    readSince,
    isWhole: isReadSince(window.from, readSince),
    figures: deliveryMetrics(current, missing),
    previousFigures: isComparable ? deliveryMetrics(figuresOf(previousWindow), missing) : null,
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

function isReadSince(from: EpochSeconds, readSince: EpochSeconds | null): boolean {
  return readSince !== null && readSince <= from;
}

/** Whether tags are known for as long; they need not be where something else is a deployment. */
function areTagsKnown(from: EpochSeconds, { source, tagsSince }: DeliveryRules): boolean {
  return source !== 'tag' || (tagsSince !== null && tagsSince <= from);
}

/** Since when pull requests are read; `null` while none are. */
export function readSinceOf({ view }: Pick<DeliverySelection, 'view'>): EpochSeconds | null {
  return view.importTask === null ? null : importProgress(view.importTask).readSince;
}
