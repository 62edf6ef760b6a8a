/** What is stored of a repository itself, and how to remove all of it. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { CONNECTION_ITEM, parseConnection } from './connection';
import { get, getMany, queryPrefix, removeMany, set, type ItemKey } from './forge-storage';
import { key, withBraces, type RepositoryId } from './keys';
import { storedLeaving } from './left-out';
import { TASK_NAMES, taskItem } from './tasks';

export const storedRepository = z.object({
  workspaceUuid: z.string(),
  uuid: z.string(),
  slug: z.string().nullable(),
  defaultBranch: z.string().nullable(),
  readAt: z.number().int(),
});

/** What is left of a repository that was deleted, so that its late events find no home; it expires. */
const storedRemoval = z.object({ removedAt: z.number().int() });

/** Why nothing is kept of a repository: it was deleted in Bitbucket, or an admin left it out. */
export type Absence = 'removed' | 'left-out';

const REMOVAL_LIFETIME = { unit: 'DAYS', value: 90 } as const;

/** A repository by Bitbucket's uuids (with braces), its present slug and main branch. */
export type StoredRepository = z.output<typeof storedRepository>;

export const storedLastEvent = z.object({ at: z.number().int() });

/** What is known of a repository: its record, nothing yet (`null`), or why nothing is kept of it. */
export async function readRepositoryRecord(
  repository: RepositoryId,
): Promise<StoredRepository | Absence | null> {
  return parseRecord(await get(key.repository(repository)));
}

/** The same together with whether anything is collected at all, in one request: for the door that events come through. */
export async function readStanding(repository: RepositoryId): Promise<{
  readonly known: StoredRepository | Absence | null;
  readonly isCollecting: boolean;
}> {
  const rows = await getMany([{ key: key.repository(repository) }, CONNECTION_ITEM]);
  return {
    known: parseRecord(rows.get(key.repository(repository))),
    isCollecting: parseConnection(rows.get(CONNECTION_ITEM.key)).state === 'connected',
  };
}

function parseRecord(stored: unknown): StoredRepository | Absence | null {
  if (stored === undefined) return null;
  if (storedRemoval.safeParse(stored).success) return 'removed';
  return storedLeaving.safeParse(stored).success ? 'left-out' : storedRepository.parse(stored);
}

/** Whether there is a record, of a repository that is neither unknown nor absent. */
export function isRecord(known: StoredRepository | Absence | null): known is StoredRepository {
  return known !== null && typeof known === 'object';
}

/** Where a repository belongs, by Bitbucket's uuids with braces; also one that an admin left out. */
export interface RepositoryHome {
  readonly workspaceUuid: string;
  readonly uuid: string;
  readonly isLeftOut: boolean;
}

/** The key under which it is read together with other things. */
export function homeItem(repository: RepositoryId): ItemKey {
  return { key: key.repository(repository) };
}

/** A row that was read with `homeItem`; `null` where nothing is known, or the repository was deleted. */
export function parseHome(repository: RepositoryId, row: unknown): RepositoryHome | null {
  const uuid = withBraces(repository);
  const leaving = storedLeaving.safeParse(row);
  if (leaving.success) return { workspaceUuid: leaving.data.workspaceUuid, uuid, isLeftOut: true };
  const record = storedRepository.safeParse(row);
  return record.success ? { workspaceUuid: record.data.workspaceUuid, uuid, isLeftOut: false } : null;
}

export async function readHome(repository: RepositoryId): Promise<RepositoryHome | null> {
  return parseHome(repository, await get(key.repository(repository)));
}

/** Marks a repository as deleted: from now on its events are ignored. */
export function markRemoved(repository: RepositoryId, removedAt: EpochSeconds): Promise<void> {
  return set(key.repository(repository), { removedAt }, REMOVAL_LIFETIME);
}

export function saveRepository(repository: RepositoryId, record: StoredRepository): Promise<void> {
  return set(key.repository(repository), record);
}

const storedDiscovery = z.object({
  /** Absent before the first listing has come to its end. */
  at: z.number().int().optional(),
  repositories: z.number().int().optional(),
  /** When a listing that goes on now was asked for or last went on. */
  goesOnAt: z.number().int().optional(),
});

/** When the workspace's repositories were last listed to the end (epoch seconds), and how many there were. */
export interface Discovery {
  readonly at: EpochSeconds;
  readonly repositories: number;
}

/** The last listing of the repositories that came to its end, and one that goes on. */
export interface DiscoveryState {
  /** `null` where none ever did. */
  readonly last: Discovery | null;
  /** When the one that goes on was last heard of; `null` where there is none. */
  readonly goesOnAt: EpochSeconds | null;
}

export async function readDiscoveryState(): Promise<DiscoveryState> {
  const { data } = storedDiscovery.safeParse(await get(key.discovery()));
  const { at, repositories, goesOnAt = null } = data ?? {};
  return { last: at === undefined || repositories === undefined ? null : { at, repositories }, goesOnAt };
}

/** `null` where they never were listed to the end. */
export async function readDiscovery(): Promise<Discovery | null> {
  return (await readDiscoveryState()).last;
}

/** Notes that a listing goes on. */
export async function noteDiscovery({ last }: DiscoveryState, goesOnAt: EpochSeconds): Promise<void> {
  await set(key.discovery(), { ...last, goesOnAt });
}

/** Notes that a listing has come to its end. */
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

/** Removes every task of a repository: whoever works on one finds it gone at the next save. */
export function removeTasks(repository: RepositoryId): Promise<void> {
  return removeMany(TASK_NAMES.map((name) => taskItem(repository, name)));
}

/**
 * Repositories of which something is stored, or was until they were deleted: those whose id begins so, up to `most`.
 * Eventually consistent.
 */
export async function storedRepositories(
  digits: string,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly RepositoryId[]> {
  const repositories: RepositoryId[] = [];
  const prefix = key.repository('');
  for await (const row of queryPrefix(prefix + digits)) {
    repositories.push(row.key.slice(prefix.length));
    if (repositories.length >= most) break;
  }
  return repositories;
}
