/** What the Custom UI may ask the resolver and what it gets: imported by both sides, so that they cannot drift. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { HeadlineChanges } from '../metrics/change/headline-changes';
import type { DefinedMetric } from '../metrics/definitions/definition';
import type { Tool } from '../metrics/definitions/other-definitions';
import type { FigureId } from '../metrics/explained/figure-explanation';
import type {
  DurationMetric,
  HistogramBar,
  PullRequestFigures,
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
import type { ExportedView, RepositoryExportPart, ViewExportPart } from './reports/export-report';
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
import type { ReportedWindow, ViewQuery } from './view-query';

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

export type ResolverFunction = keyof ResolverFunctions;
