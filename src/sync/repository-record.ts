/** Keeps what is stored of a repository itself: first sight, rename, new main branch, deletion. */
import { readRepository } from '../bitbucket/bitbucket';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withBraces, type RepositoryId } from '../storage/keys';
import {
  createImport,
  purgeRepository,
  readRepositoryRecord,
  saveRepository,
  type StoredRepository,
} from '../storage/repositories';
import { sendImport } from './messages';

/** Reads slug and main branch as they are now; a repository seen for the first time is imported. */
export async function refreshRepository(
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | 'removed'> {
  if ((await readRepositoryRecord(repository)) === 'removed') return 'removed';
  const answer = await readRepository({ workspaceUuid, repositoryUuid: withBraces(repository) });
  const record: StoredRepository = {
    workspaceUuid,
    uuid: withBraces(repository),
    slug: answer.slug,
    defaultBranch: answer.defaultBranch,
    readAt: now,
  };
  await admitRepository(repository, record, now);
  return record;
}

/** Stores a repository's record and starts its import unless it has one. */
export async function admitRepository(
  repository: RepositoryId,
  record: StoredRepository,
  now: EpochSeconds,
): Promise<void> {
  await saveRepository(repository, record);
  // One that still waits may have lost its message; a second message finds the import at its place.
  if ((await createImport(repository, now)) !== 'waiting') return;
  await sendImport([
    { version: 1, kind: 'import-repository', workspaceUuid: record.workspaceUuid, repository },
  ]);
}

/** The stored record, read from Bitbucket where there is none yet. */
export async function knownRepository(
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | 'removed'> {
  const stored = await readRepositoryRecord(repository);
  return stored ?? refreshRepository(workspaceUuid, repository, now);
}

/** Removes everything of a repository that was deleted. */
export async function removeRepository(repository: RepositoryId): Promise<void> {
  await purgeRepository(repository);
}
