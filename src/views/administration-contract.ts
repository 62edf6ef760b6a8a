/** What the workspace's settings page may ask the resolver: for those who administer every repository of the workspace. */
import type {
  ConnectionReport,
  DeadLettersReport,
  ErasureReport,
  ReplayAnswer,
} from './reports/connection-report';
import type {
  AuditReport,
  SettingsAnswer,
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from './reports/settings-report';
import type { SelfReport } from './reports/self-report';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from './reports/teams-report';

type Nothing = Readonly<Record<string, never>>;

/** A repository of the workspace by uuid with braces: one that the payload names is looked up, never believed. */
interface OfRepository {
  readonly repositoryUuid: string;
}

/** Function name -> payload and data. */
export interface AdministrationFunctions {
  readonly workspaceSettings: { readonly payload: Nothing; readonly data: WorkspaceSettingsReport };
  readonly changeWorkspaceSettings: {
    readonly payload: { readonly change: WorkspaceSettingsChange };
    readonly data: SettingsAnswer<WorkspaceSettingsReport>;
  };
  readonly workspaceAudit: { readonly payload: Nothing; readonly data: AuditReport };
  /** Teams, and the people of one repository as their possible members. */
  readonly workspaceTeams: { readonly payload: OfRepository; readonly data: TeamsReport };
  readonly saveWorkspaceTeams: {
    readonly payload: OfRepository & { readonly change: TeamChange };
    readonly data: SaveTeamsAnswer;
  };
  readonly connection: { readonly payload: Nothing; readonly data: ConnectionReport };
  /** Asks Bitbucket, as the app, which permissions are granted. */
  readonly checkPermissions: { readonly payload: Nothing; readonly data: ConnectionReport };
  /** What the app finds out of itself and of Forge; it tries storage, and asks Bitbucket once. */
  readonly selfReport: { readonly payload: Nothing; readonly data: SelfReport };
  readonly deadLetters: { readonly payload: Nothing; readonly data: DeadLettersReport };
  /** By their ids, or all of them. */
  readonly replayDeadLetters: {
    readonly payload: { readonly ids: readonly string[] | 'all' };
    readonly data: ReplayAnswer;
  };
  /** Begins to erase everything; `confirmation` is the workspace's slug as the viewer typed it. */
  readonly eraseAll: { readonly payload: { readonly confirmation: string }; readonly data: ErasureReport };
  readonly erasure: { readonly payload: Nothing; readonly data: ErasureReport };
  /** Collects again after everything was erased: the import begins anew. */
  readonly connectAgain: { readonly payload: Nothing; readonly data: ErasureReport };
}
