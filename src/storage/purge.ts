/** Removes everything that is stored of a repository, page by page and a part of a minute's units at a time. */
import { queryEntity, queryPrefix, remove, removeMany, rowsAtOnce, type ItemKey } from './forge-storage';
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
import { unitsOf } from './units';

/** Of the 4,000 units that Forge reads in a minute: what is read and removed is gone, whatever comes afterwards. */
const UNITS_AT_ONCE = 1_000;

export interface Purge {
  readonly removed: number;
  /** What was read for it, in Forge's units of 10 KB. */
  readonly units: number;
  /** Nothing is left; otherwise it is to be called again, in another minute. */
  readonly isDone: boolean;
}

/**
 * Removes what is stored of a repository but the mark in place of its record. Running it again removes what a run that
 * was killed left.
 */
export function purgeRepository(repository: RepositoryId): Promise<Purge> {
  return purge([
    ...dataOf(repository),
    rowsOf(AUDIT_ENTITY, INDEX.byScope, repository),
    only(
      { key: key.repositorySettings(repository), entityName: SETTINGS_ENTITY },
      { key: key.leftOut(repository) },
    ),
  ]);
}

/** The same for a repository that an admin left out: what admins decided, and who did, stays. */
export function purgeData(repository: RepositoryId): Promise<Purge> {
  return purge(dataOf(repository));
}

/** Removes everything stored of a repository and, last of all, what is known of itself: where it stands, something may be left. */
export async function eraseRepository(repository: RepositoryId): Promise<Purge> {
  const purged = await purgeRepository(repository);
  if (!purged.isDone) return purged;
  await remove(key.repository(repository));
  return { ...purged, removed: purged.removed + 1 };
}

interface Found {
  readonly item: ItemKey;
  readonly value: unknown;
}

/** A place in which rows of a repository are, and how many of them one request may take. */
interface Place {
  readonly rows: AsyncIterable<Found> | Iterable<Found>;
  readonly atOnce: number;
}

/** What is stored of a repository beside its record, its settings and their changes. */
function dataOf(repository: RepositoryId): readonly Place[] {
  return [
    ...Object.values(ENTITY).map((entityName) => rowsOf(entityName, INDEX.byRepository, repository)),
    ...repositoryPrefixes(repository).map(keysFrom),
    only(
      { key: key.lastEvent(repository) },
      { key: key.summary(repository) },
      { key: key.notes(repository), entityName: NOTES_ENTITY },
    ),
  ];
}

/** Row by row out of pages that are read as they are needed, so that what is read is removed before more is read. */
async function purge(places: readonly Place[]): Promise<Purge> {
  let removed = 0;
  let units = 0;
  for (const { rows, atOnce } of places) {
    let page: Found[] = [];
    const removePage = async (): Promise<void> => {
      await removeMany(page.map(({ item }) => item));
      removed += page.length;
      units += unitsOf(page.map(({ value }) => value));
      page = [];
    };
    for await (const row of rows) {
      page.push(row);
      if (page.length < atOnce) continue;
      await removePage();
      if (units >= UNITS_AT_ONCE) return { removed, units, isDone: false };
    }
    if (page.length > 0) await removePage();
  }
  return { removed, units, isDone: true };
}

function rowsOf(entityName: string, index: string, repository: RepositoryId): Place {
  const atOnce = rowsAtOnce(entityName);
  async function* rows(): AsyncGenerator<Found> {
    for await (const { key: each, value } of queryEntity(entityName, index, [repository])) {
      yield { item: { key: each, entityName }, value };
    }
  }
  return { rows: rows(), atOnce };
}

function keysFrom(prefix: string): Place {
  async function* rows(): AsyncGenerator<Found> {
    for await (const { key: each, value } of queryPrefix(prefix)) yield { item: { key: each }, value };
  }
  return { rows: rows(), atOnce: rowsAtOnce(null) };
}

function only(...items: readonly ItemKey[]): Place {
  return { rows: items.map((item) => ({ item, value: null })), atOnce: items.length };
}
