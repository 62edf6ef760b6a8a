/** What the Custom UI may ask the resolver and what it gets: imported by both sides, so that they cannot drift. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { HeadlineChanges } from '../metrics/change/headline-changes';
import type { DefinedMetric } from '../metrics/definitions/definition';
import type { Tool } from '../metrics/definitions/other-definitions';
import type { FigureId } from '../metrics/explained/figure-explanation';
import type {
  Count,
  Distribution,
  DurationMetric,
  HistogramBar,
  PullRequestFigures,
  Ratio,
  StageFigures,
  WeekFigures,
  Window,
  WorkInProgress,
} from '../metrics/figures';
import type { ImportAgain } from '../sync/import-again';
import type { BitbucketScope, Trouble } from '../sync/trouble';
import type { AdministrationFunctions } from './administration-contract';
import type { DeliveryReport } from './reports/delivery-report';
import type { DefinitionList, DefinitionsReport } from './reports/definitions-report';
import type { ExplainedFigure } from './reports/explained-figure';
import type { FilterChoices } from './reports/filter-choices';
import type { ChangeNotesAnswer, NoteChange, NotesReport } from './reports/notes-report';
import type {
  CalibrationReport,
  ForecastExplanation,
  OpenWorkAtReport,
  OpenWorkReport,
} from './reports/open-work-report';
import type { PipelinesReport } from './reports/pipelines-report';
import type { PullRequestReport } from './reports/pull-request-report';
import type {
  BranchPart,
  DistributionReport,
  ListedNumber,
  PullRequestsReport,
} from './reports/pull-requests-report';
import type { RecountAnswer, RecountReport } from './reports/recount-report';
import type { ReviewerExplanation, ReviewsReport } from './reports/reviews-report';
import type { RemindersReport } from './reports/reminders-report';
import type {
  AuditReport,
  RepositorySettingsChange,
  RepositorySettingsReport,
  SettingsAnswer,
} from './reports/settings-report';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from './reports/teams-report';
import type { WorkspacePayload, WorkspaceReport } from './reports/workspace-report';
import type { ReportedWindow, ViewQuery, WindowDays } from './view-query';

export { WINDOW_DAYS, type WindowDays } from './view-query';

/** Every resolver function answers this: data, or a cause with a sentence for the reader. */
export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly cause: FailureCause; readonly message: string };

/**
 * `bad-request`: the payload does not fit; `no-repository`, `no-pull-request`, `no-workspace`: the context names none;
 * `nothing-yet`: nothing is stored of it; `team-too-small`: figures of fewer than two people; `people-hidden`: the
 * workspace's admin switched figures of single reviewers off; `not-allowed`: the viewer may not do this; `no-viewer`:
 * Forge names nobody who looks; `left-out`: an admin left the repository out; `disconnected`: an admin had everything
 * erased; `newer-store`: a later release of the app wrote what is stored; `unavailable`: storage or Bitbucket failed, try again.
 */
export type FailureCause =
  | 'bad-request'
  | 'no-repository'
  | 'no-pull-request'
  | 'no-workspace'
  | 'nothing-yet'
  | 'team-too-small'
  | 'people-hidden'
  | 'not-allowed'
  | 'no-viewer'
  | 'left-out'
  | 'disconnected'
  | 'newer-store'
  | 'unavailable';

/** How far the import of this repository has come; `waiting` until its first page is read. */
export type ImportState = 'waiting' | 'importing' | 'complete' | 'failed';

export interface Completeness {
  readonly state: ImportState;
  /** Pull requests stored, and how many Bitbucket says there are (`null` until it said). */
  readonly pullRequests: number;
  readonly expected: number | null;
  /** Of the window's merged pull requests: how many, and for how many each answer is read. */
  readonly inWindow: {
    readonly merged: number;
    readonly withActivity: number;
    readonly withCommits: number;
    readonly withDiffstat: number;
  };
  /**
   * Whatever happened since this instant is read: figures of a window that begins earlier are partial. `null` while
   * nothing is; 0 when all history is.
   */
  readonly readSince: EpochSeconds | null;
  /** Seconds until the import is complete within the present request budget; `null` when complete or not yet known. */
  readonly remainingSeconds: number | null;
  /** Why `state` is `failed`, or why not everything could be read; `null` where neither. */
  readonly trouble: Trouble | null;
  /** The permission without which Bitbucket does not tell it of any pull request; `null` where it does. */
  readonly missing: Readonly<Record<keyof PullRequestFacts['coverage'], BitbucketScope | null>>;
  /** Since when nothing is read, for want of a licence; `null` while there is one. */
  readonly licenceInactiveSince: EpochSeconds | null;
  readonly lastEventAt: EpochSeconds | null;
  /** When the store was last compared with Bitbucket, and how many changes that events missed were found since. */
  readonly lastReconciledAt: EpochSeconds | null;
  readonly healed: number;
}

/** What is read of a repository, each at its own pace; `sizes` are the diffstats of recent pull requests. */
export const IMPORT_PARTS = ['pull-requests', 'deployments', 'pipelines', 'sizes'] as const;
export type ImportPart = (typeof IMPORT_PARTS)[number];

export interface PartProgress {
  readonly part: ImportPart;
  readonly state: ImportState;
  /** How many are read, and how many Bitbucket says there are (`null` until it said). */
  readonly done: number;
  readonly expected: number | null;
  /** Why the part failed or was left out; `null` where neither. */
  readonly trouble: Trouble | null;
}

/** How far the import is, of this repository and of the whole workspace; of other repositories only numbers. */
export interface ProgressReport {
  readonly asOf: EpochSeconds;
  /** Since when nothing is read, for want of a licence; `null` while there is one. */
  readonly licenceInactiveSince: EpochSeconds | null;
  readonly repository: {
    readonly parts: readonly PartProgress[];
    readonly remainingSeconds: number | null;
    readonly lastEventAt: EpochSeconds | null;
    readonly lastReconciledAt: EpochSeconds | null;
    readonly nextReconciliationAt: EpochSeconds | null;
    readonly healed: number;
    /** Requests to Bitbucket that this repository's import and reconciliation have cost so far. */
    readonly requests: number;
  };
  readonly workspace: {
    /** When repositories, the time that is left and dead letters were counted; the more there are, the less often. */
    readonly countedAt: EpochSeconds;
    readonly repositories: number;
    /** Repositories whose last 90 days are read, and those whose whole history is. */
    readonly recentComplete: number;
    readonly complete: number;
    readonly requestsThisHour: number;
    readonly requestsPerHour: number;
    /** Bitbucket asked to wait until then; `null` where it did not. */
    readonly pausedUntil: EpochSeconds | null;
    /** Seconds until all history of all repositories is read within the present budget; `null` when done or not yet known. */
    readonly remainingSeconds: number | null;
    /** Work that was given up; an admin can see and replay it. */
    readonly deadLetters: number;
  };
}

export interface RepositoryOverview {
  readonly asOf: EpochSeconds;
  readonly repository: { readonly uuid: string; readonly defaultBranch: string | null };
  readonly completeness: Completeness;
  readonly window: ReportedWindow;
  readonly previousWindow: Window;
  readonly figures: PullRequestFigures;
  readonly previousFigures: PullRequestFigures;
  /** The headline durations beside the preceding window: a change, or chance. */
  readonly changes: HeadlineChanges;
  readonly weeks: readonly WeekFigures[];
  readonly timeToMergeBars: readonly HistogramBar[];
  readonly stages: readonly StageFigures[];
  readonly workInProgress: WorkInProgress;
  /** Pull requests of bots in the window, which no figure counts. */
  readonly botsLeftOut: number;
}

export const IMPORT_SCOPES = ['repository', 'workspace'] as const;
export type ImportScope = (typeof IMPORT_SCOPES)[number];

/** What came of it; an import cannot begin within an hour of the last. */
export interface ImportAgainAnswer {
  readonly outcome: Exclude<ImportAgain, 'unknown'>;
}

interface OfQuery {
  readonly query: ViewQuery;
}

type Nothing = Readonly<Record<string, never>>;

/** Functions of a repository's screens: name -> payload and data. The repository always comes from Forge's context. */
export interface RepositoryFunctions {
  readonly overview: { readonly payload: OfQuery; readonly data: RepositoryOverview };
  readonly explain: {
    readonly payload: OfQuery & { readonly figure: FigureId };
    readonly data: ExplainedFigure;
  };
  readonly choices: { readonly payload: OfQuery; readonly data: FilterChoices };
  readonly delivery: { readonly payload: OfQuery; readonly data: DeliveryReport };
  readonly pullRequests: { readonly payload: OfQuery; readonly data: PullRequestsReport };
  readonly distribution: {
    readonly payload: OfQuery & { readonly metric: DurationMetric };
    readonly data: DistributionReport;
  };
  readonly explainBranches: {
    readonly payload: OfQuery & { readonly part: BranchPart };
    readonly data: ListedNumber;
  };
  /** The same pull requests under several tools' rules. */
  readonly definitions: { readonly payload: OfQuery; readonly data: DefinitionsReport };
  /** Reads the window again, for those who administer the repository; of the query only the window matters. */
  readonly recount: { readonly payload: OfQuery; readonly data: RecountAnswer };
  readonly recountProgress: { readonly payload: Nothing; readonly data: RecountReport };
  readonly explainDefinition: {
    readonly payload: OfQuery & { readonly tool: Tool; readonly metric: DefinedMetric };
    readonly data: DefinitionList;
  };
  readonly reviews: { readonly payload: OfQuery; readonly data: ReviewsReport };
  /** What stands behind one person's row of the tab Reviews. */
  readonly explainReviewer: {
    readonly payload: OfQuery & { readonly personId: string };
    readonly data: ReviewerExplanation;
  };
  readonly teams: { readonly payload: Nothing; readonly data: TeamsReport };
  /** For those who administer the whole workspace. */
  readonly saveTeams: { readonly payload: { readonly change: TeamChange }; readonly data: SaveTeamsAnswer };
  readonly openWork: { readonly payload: OfQuery; readonly data: OpenWorkReport };
  /** `day` is 00:00 UTC of a day of the window. */
  readonly openWorkAt: {
    readonly payload: OfQuery & { readonly day: EpochSeconds };
    readonly data: OpenWorkAtReport;
  };
  readonly explainForecast: {
    readonly payload: OfQuery & { readonly pullRequest: number };
    readonly data: ForecastExplanation;
  };
  readonly calibration: { readonly payload: OfQuery; readonly data: CalibrationReport };
  readonly pipelines: { readonly payload: OfQuery; readonly data: PipelinesReport };
  readonly progress: { readonly payload: Nothing; readonly data: ProgressReport };
  /** Reads history anew, for those who administer what is read. */
  readonly importAgain: {
    readonly payload: { readonly scope: ImportScope };
    readonly data: ImportAgainAnswer;
  };
  /** The notes on the charts. */
  readonly notes: { readonly payload: Nothing; readonly data: NotesReport };
  /** For those who administer the repository. */
  readonly changeNotes: {
    readonly payload: { readonly change: NoteChange };
    readonly data: ChangeNotesAnswer;
  };
  /** What waits longer than usual, and what concerns the viewer; the zone, UTC where it is not said, tells when Monday is. */
  readonly reminders: { readonly payload: { readonly timeZone?: string }; readonly data: RemindersReport };
  /** The repository's settings page: all three for those who administer the repository. */
  readonly repositorySettings: { readonly payload: Nothing; readonly data: RepositorySettingsReport };
  readonly changeRepositorySettings: {
    readonly payload: { readonly change: RepositorySettingsChange };
    readonly data: SettingsAnswer<RepositorySettingsReport>;
  };
  readonly repositoryAudit: { readonly payload: Nothing; readonly data: AuditReport };
  /** The document of METRICS 9 for one repository, a part of its pull requests at a time. */
  readonly export: {
    readonly payload: { readonly asOf?: EpochSeconds; readonly afterId: number };
    readonly data: RepositoryExportPart;
  };
  /** Every figure of what the reader looks at. */
  readonly exportFigures: {
    readonly payload: OfQuery & { readonly asOf?: EpochSeconds };
    readonly data: ExportedView;
  };
  /** The pull requests of what the reader looks at, a part at a time. */
  readonly exportPullRequests: {
    readonly payload: OfQuery & { readonly asOf?: EpochSeconds; readonly afterId: number };
    readonly data: ViewExportPart;
  };
}

/** Functions of a pull request's screen; it and its repository come from Forge's context. */
export interface PullRequestFunctions {
  readonly pullRequest: { readonly payload: Nothing; readonly data: PullRequestReport };
}

/** Functions of the workspace's page. What is told of a repository, the viewer has been shown to see by Bitbucket. */
export interface WorkspaceFunctions {
  readonly workspace: { readonly payload: WorkspacePayload; readonly data: WorkspaceReport };
}

export type ResolverFunctions = RepositoryFunctions &
  PullRequestFunctions &
  WorkspaceFunctions &
  AdministrationFunctions;

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

export type ResolverFunction = keyof ResolverFunctions;
