/** What the tab Pipelines shows. */
import type { PipelineTarget } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Distribution, Ratio } from '../../metrics/figures';
import type { PipelineWeek } from '../../metrics/pipelines/pipeline-trend';
import type { RepositoryActivity } from '../../metrics/repository-activity';
import type { BitbucketScope } from '../../sync/trouble';
import type { PartProgress } from '../contract';
import type { ReportedWindow } from '../view-query';
import type { PipelineMetrics } from './export-report';

/** The pipelines of one class of target, or of one trigger. */
export interface PipelineGroupLine<Key> {
  readonly key: Key;
  readonly success: Ratio;
  readonly queueTime: Distribution;
}

/** What ended in one environment in the window. */
export interface EnvironmentLine {
  readonly environmentId: string | null;
  /** `PRODUCTION`, `STAGING`, `TEST`; `null` where Bitbucket does not say. */
  readonly environmentType: string | null;
  readonly successful: number;
  readonly failed: number;
  readonly stopped: number;
  /** Ended otherwise, or Bitbucket does not say how. */
  readonly other: number;
  readonly duration: Distribution;
}

export interface PipelinesReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  /** How far the import of pipelines and of deployments is; where one failed, why. */
  readonly parts: readonly PartProgress[];
  /** Permissions without which Bitbucket does not tell of pipelines or deployments. */
  readonly missing: readonly BitbucketScope[];
  readonly figures: PipelineMetrics;
  /** `null` while the window before is not read whole. */
  readonly previousFigures: PipelineMetrics | null;
  /** Pipelines that somebody stopped, and that waited for a person until they expired: apart from success and failure. */
  readonly stopped: number;
  readonly expired: number;
  readonly weeks: readonly PipelineWeek[];
  readonly byTarget: readonly PipelineGroupLine<PipelineTarget>[];
  readonly byTrigger: readonly PipelineGroupLine<string | null>[];
  readonly environments: readonly EnvironmentLine[];
  readonly activity: RepositoryActivity;
  /** The first known push: before it, none were told of. `null` where none is known. */
  readonly pushesSince: EpochSeconds | null;
}
