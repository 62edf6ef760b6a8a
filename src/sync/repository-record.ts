/** Keeps what is stored of a repository itself: first sight, rename, new main branch, deletion. */
import { readRepository } from '../bitbucket/repositories';
import type { Caller } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withBraces, type RepositoryId } from '../storage/keys';
import {
  purgeRepository,
  readRepositoryRecord,
  saveRepository,
  type StoredRepository,
} from '../storage/repositories';
import { createTasks } from './create-tasks';
import { sendWork } from './messages';

/** Reads slug and main branch as they are now; a repository seen for the first time is imported. */
export async function refreshRepository(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | 'removed'> {
  const before = await readRepositoryRecord(repository);
  if (before === 'removed') return 'removed';
  const answer = await readRepository(caller, { workspaceUuid, repositoryUuid: withBraces(repository) });
  const record: StoredRepository = {
    workspaceUuid,
    uuid: withBraces(repository),
    slug: answer.slug,
    defaultBranch: answer.defaultBranch,
    readAt: now,
  };
  const isNew = await admitRepository(repository, record, now, now);
  if (isNew) await sendWork({ version: 1, kind: 'run', workspaceUuid });
  return record;
}

/**
 * Stores a repository's record and creates its tasks unless it has them; tells whether it was new. `updatedAt` (epoch
 * seconds): the latest updated are imported first.
 */
export async function admitRepository(
  repository: RepositoryId,
  record: StoredRepository,
  updatedAt: EpochSeconds,
  now: EpochSeconds,
): Promise<boolean> {
  const before = await readRepositoryRecord(repository);
  if (before === 'removed') return false;
  // The record comes last: where it stands, the tasks do.
  if (before === null) await createTasks(repository, updatedAt, now);
  const isSame = before?.slug === record.slug && before.defaultBranch === record.defaultBranch;
  if (!isSame) await saveRepository(repository, record);
  return before === null;
}

/** The stored record, read from Bitbucket where there is none yet. */
export async function knownRepository(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | 'removed'> {
  const stored = await readRepositoryRecord(repository);
  return stored ?? refreshRepository(caller, workspaceUuid, repository, now);
}

/** Removes everything of a repository that was deleted. */
export async function removeRepository(repository: RepositoryId): Promise<void> {
  await purgeRepository(repository);
}
