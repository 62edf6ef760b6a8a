/** Every figure of one repository over several windows, under the ids of METRICS 3, 4, 6 and 7. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { deliveryFigures, type DeliveryFigures } from '../metrics/delivery/delivery-figures';
import type { DefaultBranchPush, TagPush } from '../metrics/delivery/delivery-facts';
import type { DeliverySettings } from '../metrics/delivery/delivery-settings';
import type { Window } from '../metrics/figures';
import { environmentFigures } from '../metrics/pipelines/environment-figures';
import { pipelineFigures } from '../metrics/pipelines/pipeline-figures';
import type { FigureOptions } from '../metrics/population';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import { reviewConcentration, reviewFigures } from '../metrics/review-concentration';
import { reviewEvidence } from '../metrics/review-load';
import type { Delivery } from '../storage/delivery-months';
import type { BitbucketScope } from '../sync/trouble';
import type {
  DeliveryMetrics,
  ExportedMetrics,
  PipelineMetrics,
  ReviewMetrics,
} from './reports/export-report';

/** All that is known of a repository. */
export interface RepositoryFacts {
  readonly pullRequests: readonly PullRequestFacts[];
  readonly delivery: Delivery;
  readonly pushes: readonly DefaultBranchPush[];
  /** Read where they count as deployments. */
  readonly tags: readonly TagPush[];
  /** Permissions without which Bitbucket does not tell of deployments; none where absent. */
  readonly missing?: readonly BitbucketScope[];
}

/** The figures of each window, in their order. */
export function exportedMetrics(
  { pullRequests, delivery, pushes, tags, missing = [] }: RepositoryFacts,
  windows: readonly Window[],
  now: EpochSeconds,
  options: FigureOptions,
  settings: DeliverySettings,
): readonly ExportedMetrics[] {
  const delivered = deliveryFigures(
    { pullRequests, deployments: delivery.deployments, pushes, tags },
    windows,
    now,
    settings,
    options,
  );
  return windows.flatMap((window, index): readonly ExportedMetrics[] => {
    const figures = delivered[index];
    if (figures === undefined) return [];
    return [
      {
        ...pullRequestFigures(pullRequests, window, options),
        ...reviewMetrics(pullRequests, window, now, options),
        ...deliveryMetrics(figures, missing),
        ...pipelineMetrics(delivery, window),
      },
    ];
  });
}

function reviewMetrics(
  facts: readonly PullRequestFacts[],
  window: Window,
  now: EpochSeconds,
  options: FigureOptions,
): ReviewMetrics {
  return reviewFigures(reviewConcentration(reviewEvidence(facts, window, now, options)));
}

/**
 * METRICS 6 without what stands behind each. `missing`: permissions without which Bitbucket does not tell of deployments;
 * that there is none then means nothing.
 */
export function deliveryMetrics(
  figures: DeliveryFigures,
  missing: readonly BitbucketScope[],
): DeliveryMetrics {
  const { n, value } = figures.deployment_frequency.figure;
  const isUnknown = n === 0 && figures.source === 'pipeline' && missing.length > 0;
  return {
    deployment_frequency: { unit: 'per day', n, value: isUnknown ? null : value },
    lead_time_for_changes: figures.lead_time_for_changes.figure,
    change_failure_rate: figures.change_failure_rate.figure,
    time_to_restore: figures.time_to_restore.figure,
    rework_rate: figures.rework_rate.figure,
    direct_pushes: figures.direct_pushes.figure,
    hotfix_pushes: figures.hotfix_pushes.figure,
  };
}

/** METRICS 7 likewise. */
export function pipelineMetrics({ pipelines, deployments }: Delivery, window: Window): PipelineMetrics {
  const figures = pipelineFigures(pipelines, window);
  return {
    pipeline_duration: figures.pipeline_duration.figure,
    pipeline_success_rate: figures.pipeline_success_rate.figure,
    pipeline_queue_time: figures.pipeline_queue_time.figure,
    deployment_duration: environmentFigures(deployments, window).deployment_duration.figure,
  };
}
