/** What the panel on a pull request shows. */
import type { EpochSeconds, PullRequestState } from '../../facts/pull-request-facts';
import type { DeliveryInstant } from '../../metrics/delivery/explained';
import type { ExplainedInstant } from '../../metrics/figures';
import type { PullRequestDeployment } from '../../metrics/pull-request-deployment';
import type { PullRequestPipelines } from '../../metrics/pull-request-pipelines';
import type { Standing } from '../../metrics/pull-request-standing';
import type { TimelineStage } from '../../metrics/pull-request-timeline';
import type { PullRequestWaiting, Reminder } from '../../metrics/pull-request-waiting';
import type { BitbucketScope, Trouble } from '../../sync/trouble';

export interface PullRequestReport {
  readonly asOf: EpochSeconds;
  readonly id: number;
  readonly state: PullRequestState;
  readonly draft: boolean;
  readonly openedAt: EpochSeconds;
  /** `null` while open, and where nothing tells it. */
  readonly closedAt: EpochSeconds | null;
  /** Own commits; `null` until they are read. */
  readonly commits: number | null;
  /** Whether its reviews and comments are read: without them stages, standing and waiting are unknown in part. */
  readonly isActivityRead: boolean;
  readonly timeline: PanelTimeline;
  readonly standing: PanelStanding;
  /** `null` unless it is open. */
  readonly waiting: PullRequestWaiting | null;
  /** `null` unless it is open and no draft. */
  readonly reminder: PanelReminder | null;
  readonly pipelines: PanelPipelines;
  /** The permission without which Bitbucket does not tell it; `null` where it does. */
  readonly missing: Readonly<Record<'activity' | 'commits' | 'deployments', BitbucketScope | null>>;
}

export interface PanelTimeline {
  readonly stages: readonly PanelStage[];
  readonly instants: readonly PanelInstant[];
  /** `null` unless it was merged. */
  readonly deployment: PanelDeployment | null;
}

/** `deploy`: from the merge to the first production deployment that carried it. */
export type PanelStage = Omit<TimelineStage, 'stage'> & {
  readonly stage: TimelineStage['stage'] | 'deploy';
};

export interface PanelInstant {
  readonly name: ExplainedInstant['name'] | 'deployedAt';
  readonly at: EpochSeconds;
  readonly source: DeliveryInstant['source'];
}

/** `unread`: deployments are still being read; `too-old`: a merge of so long ago is not looked for in deployments. */
export type PanelDeployment = PullRequestDeployment | { readonly kind: 'unread' | 'too-old' };

export interface PanelStanding {
  readonly days: number;
  /** Whether all merges of these days are read. */
  readonly isWhole: boolean;
  readonly rows: readonly Standing[];
}

export interface PanelReminder extends Reminder {
  readonly days: number;
  readonly isWhole: boolean;
}

export interface PanelPipelines extends PullRequestPipelines {
  /** `failed`: they are not read, for `trouble`; `reading`: some may be missing. */
  readonly state: 'read' | 'reading' | 'failed';
  readonly trouble: Trouble | null;
  /** Earlier ones are not counted; `null` where all are. */
  readonly countedSince: EpochSeconds | null;
}
