/** Lists what stands behind one figure, with the instants that gave each thing its value. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { explainAny } from '../metrics/explained/explain-any';
import { REVIEW_FIGURES, type FigureId } from '../metrics/explained/figure-explanation';
import { isOneOf, METRIC_IDS } from '../metrics/figures';
import type { RepositoryId } from '../storage/keys';
import { cutList } from './cut-list';
import { areDeploymentsAsked, deliveryRules } from './delivery-rules';
import { selectDelivery, type DeliverySelection } from './delivery-selection';
import type { ExplainedFigure } from './reports/explained-figure';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function explainFigure(
  repository: RepositoryId,
  figureId: FigureId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<ExplainedFigure | null> {
  const selection = await read(repository, figureId, query, now);
  if (selection === null) return null;
  const { facts, window, options, view, delivery, pushes, tags, missing } = selection;
  const settings = view.settings.delivery;
  const { source, ...explanation } = explainAny(
    figureId,
    { pullRequests: facts, ...delivery, pushes, tags },
    window,
    now,
    options,
    settings,
  );
  // Whose admin does not want figures of single people shown gets none: the list would be one.
  const isHidden = isOneOf(REVIEW_FIGURES, figureId) && !view.workspaceSettings.showReviewers;
  const rules = source === null ? null : deliveryRules(source, settings, tags);
  return {
    ...explanation,
    ...cutList(isHidden ? [] : explanation.items),
    isHidden,
    rules,
    missing: rules === null || areDeploymentsAsked(settings) ? missing : [],
  };
}

/** Figures of pull requests and reviews need nothing of delivery. */
async function read(
  repository: RepositoryId,
  figureId: FigureId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DeliverySelection | null> {
  if (!isOneOf(METRIC_IDS, figureId) && !isOneOf(REVIEW_FIGURES, figureId)) {
    return selectDelivery(repository, query, now);
  }
  const selection = await select(repository, query, now);
  return selection === null
    ? null
    : { ...selection, delivery: { pipelines: [], deployments: [] }, pushes: [], tags: [], missing: [] };
}
