/** Who may ask what, and what each function may read for it: the table that the resolver holds every request to. */
import type { ResolverFunction } from './contract';

/**
 * `repository-viewer`: whoever Bitbucket shows the repository, or the pull request, in which the screen was opened;
 * `workspace-viewer`: whoever opens the workspace's page, for the repositories that Bitbucket shows to them;
 * `repository-administrator`, `workspace-administrator`: proved by asking Bitbucket as the viewer.
 */
export type Audience =
  'repository-viewer' | 'repository-administrator' | 'workspace-viewer' | 'workspace-administrator';

/** What one function may do. */
export interface Access {
  /** What Forge's context must name. */
  readonly place: 'repository' | 'pull-request' | 'workspace';
  readonly audience: Audience;
  /** What is read, and changed, in a sentence for the documents that are made from this. */
  readonly reads: string;
  /** It changes something: whoever administers is then asked for at this moment, not a few minutes ago. */
  readonly changes?: true;
  /** It answers also for a repository that an admin left out. */
  readonly whenLeftOut?: true;
  /** It answers also after everything was erased. */
  readonly whenErased?: true;
}

const OF_REPOSITORY = { place: 'repository', audience: 'repository-viewer' } as const;
const REPOSITORY_SETTINGS = {
  place: 'repository',
  audience: 'repository-administrator',
  whenLeftOut: true,
} as const;
const WORKSPACE_SETTINGS = { place: 'workspace', audience: 'workspace-administrator' } as const;
const CHANGES = { changes: true } as const;

/** Complete by the compiler. */
export const ACCESS: Readonly<Record<ResolverFunction, Access>> = {
  overview: { ...OF_REPOSITORY, reads: 'Figures of this repository.' },
  explain: { ...OF_REPOSITORY, reads: 'The pull requests behind one figure of this repository.' },
  choices: {
    ...OF_REPOSITORY,
    reads: 'Branches, people by id and teams that filters of this repository offer.',
  },
  delivery: { ...OF_REPOSITORY, reads: 'Delivery figures of this repository.' },
  pullRequests: { ...OF_REPOSITORY, reads: 'Figures of this repository’s pull requests.' },
  distribution: { ...OF_REPOSITORY, reads: 'The distribution of one duration in this repository.' },
  explainBranches: { ...OF_REPOSITORY, reads: 'The pull requests behind one number of the branches.' },
  definitions: { ...OF_REPOSITORY, reads: 'This repository’s figures under other tools’ rules.' },
  explainDefinition: { ...OF_REPOSITORY, reads: 'The pull requests behind one of those figures.' },
  recount: {
    place: 'repository',
    audience: 'repository-administrator',
    ...CHANGES,
    reads: 'Has this repository’s pull requests of a window read again from Bitbucket.',
  },
  recountProgress: { ...OF_REPOSITORY, reads: 'How far the last such reading is, and what differed.' },
  reviews: {
    ...OF_REPOSITORY,
    reads: 'How review is shared in this repository; by person unless switched off.',
  },
  explainReviewer: {
    ...OF_REPOSITORY,
    reads: 'One person’s reviews in this repository, unless switched off.',
  },
  teams: { ...OF_REPOSITORY, reads: 'Teams, with those members whom this repository knows.' },
  saveTeams: {
    place: 'repository',
    audience: 'workspace-administrator',
    ...CHANGES,
    reads: 'Changes the workspace’s teams; members are people whom this repository knows.',
  },
  openWork: { ...OF_REPOSITORY, reads: 'Open pull requests of this repository.' },
  openWorkAt: { ...OF_REPOSITORY, reads: 'Pull requests of this repository that were open on one day.' },
  explainForecast: { ...OF_REPOSITORY, reads: 'What one pull request’s forecast is made from.' },
  calibration: { ...OF_REPOSITORY, reads: 'How far this repository’s forecasts came true.' },
  pipelines: { ...OF_REPOSITORY, reads: 'Pipelines and environments of this repository.' },
  progress: {
    ...OF_REPOSITORY,
    reads:
      'How far this repository’s import is; of the workspace only how many repositories, and the budget.',
  },
  importAgain: {
    place: 'repository',
    audience: 'repository-administrator',
    ...CHANGES,
    reads: 'Begins the import of this repository anew; of all, for whoever administers all of them.',
  },
  notes: { ...OF_REPOSITORY, reads: 'The notes on this repository’s charts.' },
  changeNotes: {
    place: 'repository',
    audience: 'repository-administrator',
    ...CHANGES,
    reads: 'Changes the notes on this repository’s charts.',
  },
  reminders: { ...OF_REPOSITORY, reads: 'What waits long in this repository, and what concerns the viewer.' },
  repositorySettings: { ...REPOSITORY_SETTINGS, reads: 'How this repository’s figures are computed.' },
  changeRepositorySettings: {
    ...REPOSITORY_SETTINGS,
    ...CHANGES,
    reads: 'Changes how this repository’s figures are computed, and whether it takes part.',
  },
  repositoryAudit: { ...REPOSITORY_SETTINGS, reads: 'Who changed this repository’s settings, by id.' },
  export: { ...OF_REPOSITORY, reads: 'Figures and facts of this repository’s pull requests.' },
  exportFigures: { ...OF_REPOSITORY, reads: 'Every figure of a view of this repository.' },
  exportPullRequests: { ...OF_REPOSITORY, reads: 'Facts of the pull requests of a view of this repository.' },
  pullRequest: {
    place: 'pull-request',
    audience: 'repository-viewer',
    reads: 'This pull request, beside figures of its repository.',
  },
  workspace: {
    place: 'workspace',
    audience: 'workspace-viewer',
    reads: 'Summaries of the repositories that Bitbucket shows to the viewer, and of no other.',
  },
  workspaceSettings: {
    ...WORKSPACE_SETTINGS,
    reads: 'How figures are computed, bots, retention, who is left out.',
  },
  changeWorkspaceSettings: {
    ...WORKSPACE_SETTINGS,
    ...CHANGES,
    reads: 'Changes these, for repositories that are known in this workspace.',
  },
  workspaceAudit: { ...WORKSPACE_SETTINGS, reads: 'Who changed the workspace’s settings, by id.' },
  workspaceTeams: { ...WORKSPACE_SETTINGS, reads: 'All teams, and people by id of one repository.' },
  saveWorkspaceTeams: {
    ...WORKSPACE_SETTINGS,
    ...CHANGES,
    reads: 'Changes teams; members are people whom that repository knows.',
  },
  connection: {
    ...WORKSPACE_SETTINGS,
    whenErased: true,
    reads: 'How the connection with Bitbucket is, over all repositories; no single one.',
  },
  checkPermissions: {
    ...WORKSPACE_SETTINGS,
    ...CHANGES,
    reads: 'Asks Bitbucket, as the app, which permissions are granted.',
  },
  selfReport: {
    ...WORKSPACE_SETTINGS,
    ...CHANGES,
    reads:
      'How events came and which features of Forge work, in counts; tries storage, and asks Bitbucket once.',
  },
  deadLetters: { ...WORKSPACE_SETTINGS, reads: 'Work that was given up, with its causes.' },
  replayDeadLetters: { ...WORKSPACE_SETTINGS, ...CHANGES, reads: 'Has work that was given up done again.' },
  eraseAll: {
    ...WORKSPACE_SETTINGS,
    ...CHANGES,
    whenErased: true,
    reads: 'Erases everything that is stored.',
  },
  erasure: { ...WORKSPACE_SETTINGS, whenErased: true, reads: 'How far that is.' },
  connectAgain: { ...WORKSPACE_SETTINGS, ...CHANGES, whenErased: true, reads: 'Begins to collect again.' },
};
