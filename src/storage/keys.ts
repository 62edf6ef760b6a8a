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
} as const;

export const INDEX = {
  byRepository: 'by-repository',
} as const;

/** Prefix of the list of imports that are not complete. */
export const UNFINISHED_IMPORTS = 'unfinished:';

export const key = {
  repository: (repository: RepositoryId): string => `repository:${repository}`,
  importTask: (repository: RepositoryId): string => `import:${repository}`,
  /** Beside the import, so that the schedule finds the unfinished few among thousands. */
  unfinishedImport: (repository: RepositoryId): string => `${UNFINISHED_IMPORTS}${repository}`,
  discovery: (): string => 'discovery',
  lastEvent: (repository: RepositoryId): string => `lastevent:${repository}`,
  event: (repository: RepositoryId, digest: string): string => `event:${repository}:${digest}`,
  refused: (digest: string): string => `refused:${digest}`,
  deadLetter: (digest: string): string => `deadletter:${digest}`,
  refresh: (repository: RepositoryId, pullRequest: number): string => `refresh:${repository}:${pullRequest}`,
  pullRequest: (repository: RepositoryId, pullRequest: number): string => `${repository}:${pullRequest}`,
  ledger: (repository: RepositoryId, bucket: string, part: number): string =>
    part === 0 ? `${repository}:${bucket}` : `${repository}:${bucket}:${part}`,
  deployment: (repository: RepositoryId, deployment: string): string => `${repository}:${deployment}`,
  push: (repository: RepositoryId, digest: string): string => `${repository}:${digest}`,
};

/** Prefixes of plain keys that belong to one repository, for its removal. */
export function repositoryPrefixes(repository: RepositoryId): readonly string[] {
  return [`event:${repository}:`, `refresh:${repository}:`];
}
