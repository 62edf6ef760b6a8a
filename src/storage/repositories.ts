/** What is stored of a repository itself, and how to remove all of it. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { get, queryEntity, queryPrefix, removeMany, set, type ItemKey } from './forge-storage';
import {
  AUDIT_ENTITY,
  ENTITY,
  INDEX,
  key,
  NOTES_ENTITY,
  repositoryPrefixes,
  SETTINGS_ENTITY,
  type RepositoryId,
} from './keys';

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

const storedDiscovery = z.object({ at: z.number().int(), repositories: z.number().int() });

/** When the workspace's repositories were last listed to the end (epoch seconds), and how many there were. */
export type Discovery = z.output<typeof storedDiscovery>;

/** `null` where they never were. */
export async function readDiscovery(): Promise<Discovery | null> {
  const stored = storedDiscovery.safeParse(await get(key.discovery()));
  return stored.success ? stored.data : null;
}

export function saveDiscovery(discovery: Discovery): Promise<void> {
  return set(key.discovery(), discovery);
}

/** What was counted of the workspace for a screen, kept for a while. */
export function readKeptProgress(): Promise<unknown> {
  return get(key.workspaceProgress());
}

export function keepProgress(progress: object): Promise<void> {
  return set(key.workspaceProgress(), progress, { unit: 'HOURS', value: 1 });
}

export function saveLastEvent(repository: RepositoryId, at: EpochSeconds): Promise<void> {
  return set(key.lastEvent(repository), { at });
}

/** When an event of this repository last led to a reading; `null` where never. */
export async function readLastEvent(repository: RepositoryId): Promise<EpochSeconds | null> {
  const stored = storedLastEvent.safeParse(await get(key.lastEvent(repository)));
  return stored.success ? stored.data.at : null;
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
  for (const plain of [key.lastEvent, key.summary]) items.push({ key: plain(repository) });
  for await (const row of queryEntity(AUDIT_ENTITY, INDEX.byScope, [repository])) {
    items.push({ key: row.key, entityName: AUDIT_ENTITY });
  }
  items.push({ key: key.notes(repository), entityName: NOTES_ENTITY });
  items.push({ key: key.repositorySettings(repository), entityName: SETTINGS_ENTITY });
  await removeMany(items);
  return items.length;
}
