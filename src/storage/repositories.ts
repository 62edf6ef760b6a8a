/** What is stored of a repository itself, how far its import is, and how to remove all of it. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import {
  create,
  get,
  queryEntity,
  queryPrefix,
  remove,
  removeMany,
  set,
  type ItemKey,
} from './forge-storage';
import { ENTITY, INDEX, UNFINISHED_IMPORTS, key, repositoryPrefixes, type RepositoryId } from './keys';

export const storedRepository = z.object({
  workspaceUuid: z.string(),
  uuid: z.string(),
  slug: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  readAt: z.number().int(),
});

/** What is left of a repository that was deleted, so that its late events find no home; it expires. */
const storedRemoval = z.object({ removedAt: z.number().int() });

const REMOVAL_LIFETIME = { unit: 'DAYS', value: 90 } as const;

/** A repository by Bitbucket's uuids (with braces), its present slug and main branch. */
export type StoredRepository = z.output<typeof storedRepository>;

export const IMPORT_STATES = ['waiting', 'importing', 'complete', 'failed'] as const;

export const storedImport = z.object({
  state: z.enum(IMPORT_STATES),
  /** Bitbucket's link to the page that comes next; `null` at the beginning and at the end. */
  next: z.string().nullable(),
  /** How many pull requests Bitbucket says there are; `null` until it said. */
  expected: z.number().int().nullable(),
  stored: z.number().int(),
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  /** Why it failed, in a sentence. */
  reason: z.string().nullable(),
});

/** The import of one repository's pull requests: one page a step, the cursor saved after each. */
export type StoredImport = z.output<typeof storedImport>;

export const storedLastEvent = z.object({ at: z.number().int() });

/** What is known of a repository: its record, nothing yet (`null`), or that it was deleted. */
export async function readRepositoryRecord(
  repository: RepositoryId,
): Promise<StoredRepository | 'removed' | null> {
  const stored = await get(key.repository(repository));
  if (stored === undefined) return null;
  return storedRemoval.safeParse(stored).success ? 'removed' : storedRepository.parse(stored);
}

/** Marks a repository as deleted: from now on its events are ignored. */
export function markRemoved(repository: RepositoryId, removedAt: EpochSeconds): Promise<void> {
  return set(key.repository(repository), { removedAt }, REMOVAL_LIFETIME);
}

export function saveRepository(repository: RepositoryId, record: StoredRepository): Promise<void> {
  return set(key.repository(repository), record);
}

export async function readImport(repository: RepositoryId): Promise<StoredImport | null> {
  const stored = await get(key.importTask(repository));
  return stored === undefined ? null : storedImport.parse(stored);
}

/** Saves how far an import is; the list of unfinished ones follows. */
export async function saveImport(repository: RepositoryId, task: StoredImport): Promise<void> {
  await set(key.importTask(repository), task);
  if (task.state === 'complete' || task.state === 'failed') await remove(key.unfinishedImport(repository));
}

/** A waiting import, unless the repository has one already; tells its state. */
export async function createImport(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<StoredImport['state']> {
  const task: StoredImport = {
    state: 'waiting',
    next: null,
    expected: null,
    stored: 0,
    startedAt: now,
    updatedAt: now,
    reason: null,
  };
  // Listed first: killed in between, the schedule starts an import that finds no record and begins one.
  await set(key.unfinishedImport(repository), { since: now });
  if (await create(key.importTask(repository), task)) return 'waiting';
  const present = await readImport(repository);
  if (present?.state === 'complete' || present?.state === 'failed')
    await remove(key.unfinishedImport(repository));
  return present?.state ?? 'waiting';
}

/** Repositories whose import is not complete. Eventually consistent: one that just ended may still be named. */
export async function unfinishedImports(): Promise<readonly RepositoryId[]> {
  const repositories: RepositoryId[] = [];
  for await (const row of queryPrefix(UNFINISHED_IMPORTS))
    repositories.push(row.key.slice(UNFINISHED_IMPORTS.length));
  return repositories;
}

/** Whether the workspace's repositories were listed to the end once. */
export async function isDiscovered(): Promise<boolean> {
  return (await get(key.discovery())) !== undefined;
}

export function saveDiscovered(at: EpochSeconds): Promise<void> {
  return set(key.discovery(), { at });
}

export function saveLastEvent(repository: RepositoryId, at: EpochSeconds): Promise<void> {
  return set(key.lastEvent(repository), { at });
}

/**
 * Removes everything stored of a repository but the mark that it was deleted, and returns how many rows that was.
 * Running it again removes what a run that was killed left.
 */
export async function purgeRepository(repository: RepositoryId): Promise<number> {
  const items: ItemKey[] = [];
  for (const entityName of Object.values(ENTITY)) {
    for await (const row of queryEntity(entityName, INDEX.byRepository, [repository])) {
      items.push({ key: row.key, entityName });
    }
  }
  for (const prefix of repositoryPrefixes(repository)) {
    for await (const row of queryPrefix(prefix)) items.push({ key: row.key });
  }
  items.push(
    { key: key.importTask(repository) },
    { key: key.unfinishedImport(repository) },
    { key: key.lastEvent(repository) },
  );
  await removeMany(items);
  return items.length;
}
