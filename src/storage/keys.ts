/** Every key and entity name of the store in one place, with the ids they are made of. */

/** A repository's uuid without braces, which storage keys refuse. */
export type RepositoryId = string;

/** Strips the braces of a Bitbucket uuid. */
export function withoutBraces(uuid: string): string {
  return uuid.replace(/[{}]/g, '');
}

/** The form in which Bitbucket's API and Forge's contexts write a uuid. */
export function withBraces(id: string): string {
  return `{${withoutBraces(id)}}`;
}

export const ENTITY = {
  pullRequest: 'pullrequest',
  ledger: 'ledger',
  observation: 'observation',
  deployment: 'deployment',
  push: 'push',
  delivery: 'delivery',
  task: 'task',
} as const;

/** One row each for the whole installation, so not among those of a repository. */
export const BUDGET_ENTITY = 'budget';
export const SETTINGS_ENTITY = 'settings';

/** One row for each repository. */
export const NOTES_ENTITY = 'notes';

/** A row for each change of a setting. */
export const AUDIT_ENTITY = 'audit';

/** A row for each job of the whole workspace. */
export const JOB_ENTITY = 'job';

/** Every entity of the manifest. */
export const ALL_ENTITIES: readonly string[] = [
  ...Object.values(ENTITY),
  BUDGET_ENTITY,
  SETTINGS_ENTITY,
  NOTES_ENTITY,
  AUDIT_ENTITY,
  JOB_ENTITY,
];

export const INDEX = {
  byRepository: 'by-repository',
  byClosing: 'by-closing',
  byQueue: 'by-queue',
  byKind: 'by-kind',
  byScope: 'by-scope',
} as const;

/** Prefix of the events that came. */
export const EVENTS = 'event:';

/** Prefixes of what was given up, of events that did not fit, and of when events last came. */
export const DEAD_LETTERS = 'deadletter:';
export const REFUSED_EVENTS = 'refused:';
export const LAST_EVENTS = 'lastevent:';

/** Prefix of the list of repositories that an admin left out. */
export const LEFT_OUT = 'leftout:';

/** Prefix of the pages that imports keep. */
export const IMPORT_PAGES = 'importpage:';

export const key = {
  repository: (repository: RepositoryId): string => `repository:${repository}`,
  leftOut: (repository: RepositoryId): string => `${LEFT_OUT}${repository}`,
  task: (repository: RepositoryId, name: string): string => `${repository}:${name}`,
  /** Pages that an import has read and still needs. */
  importPage: (repository: RepositoryId, page: number): string => `${IMPORT_PAGES}${repository}:${page}`,
  budget: (): string => 'budget',
  discovery: (): string => 'discovery',
  licence: (): string => 'licence',
  lastEvent: (repository: RepositoryId): string => `${LAST_EVENTS}${repository}`,
  event: (repository: RepositoryId, digest: string): string => `${EVENTS}${repository}:${digest}`,
  refused: (digest: string): string => `${REFUSED_EVENTS}${digest}`,
  deadLetter: (digest: string): string => `${DEAD_LETTERS}${digest}`,
  refresh: (repository: RepositoryId, pullRequest: number): string => `refresh:${repository}:${pullRequest}`,
  pipelinesRefresh: (repository: RepositoryId): string => `refresh:${repository}:pipelines`,
  workspaceProgress: (): string => 'workspaceprogress',
  workspaceConnection: (): string => 'workspaceconnection',
  permissionCheck: (): string => 'permissioncheck',
  settings: (): string => 'settings',
  /** The mark of an erasure of everything, and how far that is. */
  connection: (): string => 'connection',
  job: (name: string): string => name,
  /** A job's row and a plain key on which features of Forge's storage are tried. */
  featureCheck: (): string => 'featurecheck',
  featureCheckValue: (): string => 'featurecheck',
  personalDataReport: (): string => 'personaldata',
  /** The ids that a report of personal data is about, some at a time; gone when it ends. */
  reportedAccounts: (part: number): string => `personaldata:${part}`,
  repositorySettings: (repository: RepositoryId): string => `settings:${repository}`,
  /** `scope` is `workspace` or a repository. */
  audit: (scope: string, id: string): string => `${scope}:${id}`,
  notes: (repository: RepositoryId): string => `notes:${repository}`,
  summary: (repository: RepositoryId): string => `summary:${repository}`,
  /** What Bitbucket showed to somebody, a page at a time. */
  visibleRepositories: (viewerDigest: string, page: number): string => `visible:${viewerDigest}:${page}`,
  /** That somebody was shown to be an administrator. */
  administrator: (digest: string): string => `administrator:${digest}`,
  pullRequest: (repository: RepositoryId, pullRequest: number): string => `${repository}:${pullRequest}`,
  ledger: (repository: RepositoryId, bucket: string, part: number): string =>
    part === 0 ? `${repository}:${bucket}` : `${repository}:${bucket}:${part}`,
  deployment: (repository: RepositoryId, deployment: string): string => `${repository}:${deployment}`,
  push: (repository: RepositoryId, digest: string): string => `${repository}:${digest}`,
  /** The pipelines and deployments of one month. */
  delivery: (repository: RepositoryId, month: string, part: number): string =>
    part === 0 ? `${repository}:${month}` : `${repository}:${month}:${part}`,
};

/** Prefix of the refreshes that were asked for of one repository. */
export function refreshPrefix(repository: RepositoryId): string {
  return `refresh:${repository}:`;
}

/** Prefixes of plain keys that belong to one repository, for its removal. */
export function repositoryPrefixes(repository: RepositoryId): readonly string[] {
  return [`${EVENTS}${repository}:`, refreshPrefix(repository), `${IMPORT_PAGES}${repository}:`];
}
