/** Keeps what is stored of a repository itself: first sight, rename, new main branch, deletion. */
import { BitbucketNotFound } from '../bitbucket/errors';
import { readRepository } from '../bitbucket/repositories';
import type { Caller, RepositoryAddress } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withBraces, type RepositoryId } from '../storage/keys';
import {
  markRemoved,
  readRepositoryRecord,
  saveRepository,
  type Absence,
  type StoredRepository,
} from '../storage/repositories';
import { purgeRepository } from '../storage/purge';
import { createTasks } from './create-tasks';
import { sendLive, sendWork } from './messages';

/** Reads slug and main branch as they are now; a repository seen for the first time is imported. */
export async function refreshRepository(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | Absence> {
  const before = await readRepositoryRecord(repository);
  if (typeof before === 'string') return before;
  const answer = await readRepository(caller, { workspaceUuid, repositoryUuid: withBraces(repository) });
  const record: StoredRepository = {
    workspaceUuid,
    uuid: withBraces(repository),
    slug: answer.slug,
    defaultBranch: answer.defaultBranch,
    readAt: now,
  };
  const admission = await admitRepository(repository, record, now, now);
  if (admission === 'new') await sendWork({ version: 1, kind: 'run', workspaceUuid });
  return record;
}

/** Whether a repository was new, or known; nothing is stored of one that was deleted or left out. */
export type Admission = 'new' | 'known' | Absence;

/**
 * Stores a repository's record and creates its tasks unless it has them. `updatedAt` (epoch seconds): the latest updated
 * are imported first.
 */
export async function admitRepository(
  repository: RepositoryId,
  record: StoredRepository,
  updatedAt: EpochSeconds,
  now: EpochSeconds,
): Promise<Admission> {
  const before = await readRepositoryRecord(repository);
  if (typeof before === 'string') return before;
  // The record comes last: where it stands, the tasks do.
  if (before === null) await createTasks(repository, updatedAt, now);
  const isSame = before?.slug === record.slug && before.defaultBranch === record.defaultBranch;
  if (!isSame) await saveRepository(repository, record);
  return before === null ? 'new' : 'known';
}

/** The stored record, read from Bitbucket where there is none yet. */
export async function knownRepository(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredRepository | Absence> {
  const stored = await readRepositoryRecord(repository);
  return stored ?? refreshRepository(caller, workspaceUuid, repository, now);
}

/** Long enough for every trigger that began before to have ended: Forge gives a trigger 25 s. */
export const REMOVAL_DELAY_SECONDS = 60;

/** Marks a repository as deleted, and has everything of it removed once nothing that began before writes any more. */
export async function forgetRepository(
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<void> {
  await markRemoved(repository, now);
  const message = { version: 1, kind: 'remove-repository', workspaceUuid, repository } as const;
  await sendLive(message, REMOVAL_DELAY_SECONDS);
}

/**
 * Whether Bitbucket no longer has the repository for the app: deleted, or transferred to another workspace, of which no
 * event tells. Only a 404 says so; whatever else stands in the way does not.
 */
export async function isGone(caller: Caller, address: RepositoryAddress): Promise<boolean> {
  try {
    await readRepository(caller, address);
    return false;
  } catch (error) {
    return error instanceof BitbucketNotFound;
  }
}

/** Removes a repository that was deleted, as much of it as a minute has units for; tells whether nothing is left. */
export async function removeRepository(repository: RepositoryId): Promise<boolean> {
  return (await purgeRepository(repository)).isDone;
}
