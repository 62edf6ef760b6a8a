/** What the exports give: every figure of a window by its id, and the facts of each pull request (METRICS 9). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Count, Distribution, PullRequestFigures, Ratio } from '../../metrics/figures';
import type { ReportedWindow, ViewQuery, WindowDays } from '../view-query';

/** Pull requests above `afterId`, by id; `lastId` is the next part's `afterId`, `null` at the end. */
export interface PullRequestsPart {
  /** The instant that the figures are of: whoever asks for the next part names it. */
  readonly asOf: EpochSeconds;
  readonly pullRequests: readonly ExportedPullRequest[];
  readonly lastId: number | null;
}

export interface RepositoryExportPart extends PullRequestsPart {
  readonly repository: Omit<RepositoryExport, 'pullRequests' | 'view'>;
}

/** Those that were opened, open or closed at some instant of the window, with the filters and bots as its figures have them. */
export interface ViewExportPart extends PullRequestsPart {
  readonly window: ReportedWindow;
  /** How many there are in all parts. */
  readonly of: number;
}

/** A window of the reader's own, or filters, beside the windows that the export always has; ISO instants. */
export interface ExportedView {
  readonly query: ViewQuery;
  readonly from: string;
  readonly to: string;
  readonly metrics: ExportedMetrics;
}

export interface RepositoryExport {
  readonly uuid: string;
  readonly slug: string | null;
  readonly defaultBranch: string | null;
  readonly coverage: {
    readonly pullRequests: number;
    readonly withActivity: number;
    readonly withCommits: number;
    readonly withDiffstat: number;
  };
  readonly windows: readonly ExportedWindow[];
  /** Only in a screen's download, and only where it shows more than one of the windows above (METRICS 9). */
  readonly view?: ExportedView;
  readonly pullRequests: readonly ExportedPullRequest[];
}

/** A figure that is no distribution over pull requests; `n` is how many things stand behind it. */
export interface ExportedValue {
  readonly unit: 'ratio' | 'people' | 'per day';
  readonly n: number;
  readonly value: number | null;
}

/** METRICS 4. */
export interface ReviewMetrics {
  readonly review_load_gini: ExportedValue;
  readonly bus_factor: ExportedValue;
}

/** METRICS 6. */
export interface DeliveryMetrics {
  readonly deployment_frequency: ExportedValue;
  readonly lead_time_for_changes: Distribution;
  readonly change_failure_rate: Ratio;
  readonly time_to_restore: Distribution;
  readonly rework_rate: Ratio;
  readonly direct_pushes: Count;
  readonly hotfix_pushes: Count;
}

/** METRICS 7. */
export interface PipelineMetrics {
  readonly pipeline_duration: Distribution;
  readonly pipeline_success_rate: Ratio;
  readonly pipeline_queue_time: Distribution;
  readonly deployment_duration: Distribution;
}

/** Every figure by its id. */
export type ExportedMetrics = PullRequestFigures & ReviewMetrics & DeliveryMetrics & PipelineMetrics;

/** ISO instants; `all` begins with the first pull request. */
export interface ExportedWindow {
  readonly from: string;
  readonly to: string;
  readonly days: WindowDays | 'all';
  readonly metrics: ExportedMetrics;
}

/**
 * One pull request's facts (METRICS 1); instants are ISO 8601 in UTC with whole seconds. What an answer that was not
 * read would tell is `null`, never 0.
 */
export interface ExportedPullRequest {
  readonly id: number;
  readonly state: string;
  readonly draft: boolean;
  readonly authorId: string | null;
  readonly authorIsBot: boolean;
  readonly targetBranch: string;
  readonly targetsDefault: boolean;
  readonly branchKind: string;
  readonly fromFork: boolean;
  readonly openedAt: string;
  readonly mergedAt: string | null;
  readonly mergedAtSource: string | null;
  readonly closedAt: string | null;
  readonly closedById: string | null;
  readonly firstCommitAt: string | null;
  readonly firstReviewAt: string | null;
  readonly firstApprovedAt: string | null;
  readonly lastApprovedAt: string | null;
  /** Both `null` where the workspace's admin switched figures of single reviewers off: then nobody is named. */
  readonly reviewerIds: readonly string[] | null;
  readonly approverIds: readonly string[] | null;
  readonly commentCount: number | null;
  readonly reviewCommentCount: number | null;
  readonly withdrawnApprovals: number;
  readonly staleApproval: boolean | null;
  readonly selfApproved: boolean;
  readonly selfMerged: boolean | null;
  readonly revisions: number | null;
  readonly commits: number | null;
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  readonly filesChanged: number | null;
  readonly lastActivityAt: string | null;
}
