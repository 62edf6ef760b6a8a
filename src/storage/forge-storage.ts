/** The one door to Forge storage: reads in batches, writes in transactions, and names every failure. */
import { Filter, FilterConditions, MetadataField, Sort, WhereConditions, kvs, type Ttl } from '@forge/kvs';
import { allEnded } from '../concurrency/all-ended';
import { StorageConflict, StorageTrouble, toStorageError } from './errors';
import { ENTITY } from './keys';

/** Forge: a batch or transaction holds at most 25 operations. */
export const MOST_OPERATIONS = 25;

/** Forge: a query page holds at most 100 rows. */
export const PAGE_SIZE = 100;

/** Rows of up to 200,000 characters: a page of them stays below the 5 MB that Forge answers at most. */
const LARGE_ROWS: readonly string[] = [ENTITY.ledger, ENTITY.delivery];
const LARGE_ROWS_AT_ONCE = 20;

/** How many rows of an entity, or of plain keys (`null`), one query asks for. */
export function rowsAtOnce(entityName: string | null): number {
  return entityName !== null && LARGE_ROWS.includes(entityName) ? LARGE_ROWS_AT_ONCE : PAGE_SIZE;
}

/** Forge: every entity has this index. */
const KEY_INDEX = 'by-key';

export interface ItemKey {
  readonly key: string;
  readonly entityName?: string;
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toStorageError(error);
  }
}

/** The value of a plain key, or `undefined`. Strictly consistent. */
export function get(key: string): Promise<unknown> {
  return guarded(() => kvs.get<unknown>(key));
}

/** The value of an entity's key, or `undefined`. Strictly consistent. */
export function getEntity(entityName: string, key: string): Promise<unknown> {
  return guarded(() => kvs.entity<unknown>(entityName).get(key));
}

/** Writes a plain key, whatever was there. */
export function set(key: string, value: object, ttl?: Ttl): Promise<void> {
  return guarded(() => kvs.set<object>(key, value, ttl ? { ttl } : undefined));
}

/** Writes a plain key unless it exists; tells whether it was written. The store's idempotency primitive. */
export async function create(key: string, value: object, ttl?: Ttl): Promise<boolean> {
  try {
    await guarded(() => kvs.set(key, value, { keyPolicy: 'FAIL_IF_EXISTS', ...(ttl ? { ttl } : {}) }));
    return true;
  } catch (error) {
    if (error instanceof StorageConflict) return false;
    throw error;
  }
}

/** Writes an entity's row unless it exists; tells whether it was written. */
export async function createEntity(entityName: string, key: string, value: object): Promise<boolean> {
  try {
    await guarded(() => kvs.entity<object>(entityName).set(key, value, { keyPolicy: 'FAIL_IF_EXISTS' }));
    return true;
  } catch (error) {
    if (error instanceof StorageConflict) return false;
    throw error;
  }
}

/** Writes an entity's row, whatever was there. */
export function setEntity(entityName: string, key: string, value: object): Promise<void> {
  return guarded(() => kvs.entity<object>(entityName).set(key, value));
}

/** Removes a plain key; an absent one is fine. */
export function remove(key: string): Promise<void> {
  return guarded(() => kvs.delete(key));
}

/** Values by key in as few requests as there are 25s of keys; absent keys are absent from the answer. */
export async function getMany(items: readonly ItemKey[]): Promise<ReadonlyMap<string, unknown>> {
  const batches = chunks(items, MOST_OPERATIONS);
  const answers = await allEnded(
    batches.map((batch) => guarded(() => kvs.batchGet<unknown>(batch.map((item) => ({ ...item }))))),
  );
  const failed = answers
    .flatMap((answer) => answer.failedKeys)
    .find((item) => item.error.code !== 'KEY_NOT_FOUND');
  if (failed) throw new StorageTrouble(failed.error.code, 'a part of a batch was not read');
  return new Map(answers.flatMap((answer) => answer.successfulKeys.map((item) => [item.key, item.value])));
}

/** One write of a transaction; `ifVersion` makes the whole transaction fail unless the stored `version` is this. */
export interface TransactionSet {
  readonly key: string;
  readonly value: object;
  readonly entityName?: string;
  readonly ifVersion?: number;
}

/**
 * Writes all or nothing, and removes the plain keys in `gone`; counts as one write request. Throws StorageConflict where
 * an `ifVersion` does not hold. The caller keeps to 25 operations.
 */
export function transact(sets: readonly TransactionSet[], gone: readonly string[] = []): Promise<void> {
  return guarded(async () => {
    let transaction = kvs.transact();
    for (const { key, value, entityName, ifVersion } of sets) {
      if (entityName === undefined) transaction = transaction.set(key, value);
      else if (ifVersion === undefined) transaction = transaction.set(key, value, { entityName });
      else {
        const conditions = new Filter<{ version: number }>().and(
          'version',
          FilterConditions.equalTo(ifVersion),
        );
        // The SDK types conditions by the value; here the value is any object with a version.
        transaction = transaction.set<{ version: number }>(key, value as { version: number }, {
          entityName,
          conditions: conditions,
        });
      }
    }
    for (const each of gone) transaction = transaction.delete(each);
    await transaction.execute();
  });
}

/** A row as a query gives it. */
interface QueriedRow {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Rows of one entity in a partition of an index, of those whose range attribute is at least `least` where that is said.
 * Eventually consistent: right for listing, not for deciding.
 */
export function queryEntity(
  entityName: string,
  index: string,
  partition: readonly (string | number)[],
  least?: number,
): AsyncGenerator<QueriedRow> {
  const all = inPartition(entityName, index, partition);
  return everyPage(
    entityName,
    least === undefined ? all : all.where(WhereConditions.greaterThanEqualTo(least)),
  );
}

/** Rows of one entity in a partition of an index, the highest range attribute first. Eventually consistent. */
export function queryEntityFromHighest(
  entityName: string,
  index: string,
  partition: readonly (string | number)[],
): AsyncGenerator<QueriedRow> {
  return everyPage(entityName, inPartition(entityName, index, partition).sort(Sort.DESC));
}

/** Rows of one entity in a partition of an index whose range attribute is less than `most`. Eventually consistent. */
export function queryEntityBelow(
  entityName: string,
  index: string,
  partition: readonly (string | number)[],
  most: number | string,
): AsyncGenerator<QueriedRow> {
  return everyPage(
    entityName,
    inPartition(entityName, index, partition).where(WhereConditions.lessThan(most)),
  );
}

type EntityQuery = ReturnType<typeof inPartition>;

function inPartition(entityName: string, index: string, partition: readonly (string | number)[]) {
  return kvs
    .entity<unknown>(entityName)
    .query()
    .index(index, { partition: [...partition] });
}

async function* everyPage(entityName: string, query: Pick<EntityQuery, 'limit'>): AsyncGenerator<QueriedRow> {
  let cursor: string | undefined;
  do {
    const page = await guarded(() => {
      const limited = query.limit(rowsAtOnce(entityName));
      return (cursor === undefined ? limited : limited.cursor(cursor)).getMany();
    });
    yield* page.results;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** The first rows of an entity after a key (`null`: from the beginning), in the order of their keys. Eventually consistent. */
export async function rowsAfter(
  entityName: string,
  after: string | null,
  limit: number,
): Promise<readonly { readonly key: string; readonly value: unknown }[]> {
  const page = await guarded(() => {
    const all = kvs.entity<unknown>(entityName).query().index(KEY_INDEX).sort(Sort.ASC).limit(limit);
    return (after === null ? all : all.where(WhereConditions.greaterThan(after))).getMany();
  });
  return page.results;
}

/** The first plain keys of the whole store, with their values. Eventually consistent. */
export async function firstPlainRows(limit: number): Promise<readonly QueriedRow[]> {
  const page = await guarded(() => kvs.query().limit(limit).getMany());
  return page.results;
}

/** The first rows of a partition whose range attribute is at most `most`, lowest first. Eventually consistent. */
export async function queryLowest(
  entityName: string,
  index: string,
  partition: readonly (string | number)[],
  most: number,
  limit: number,
): Promise<readonly { readonly key: string; readonly value: unknown }[]> {
  const page = await guarded(() =>
    kvs
      .entity<unknown>(entityName)
      .query()
      .index(index, { partition: [...partition] })
      .where(WhereConditions.lessThanEqualTo(most))
      .sort(Sort.ASC)
      .limit(limit)
      .getMany(),
  );
  return page.results;
}

/** Plain keys and values that begin with a prefix. Eventually consistent. */
export async function* queryPrefix(
  prefix: string,
): AsyncGenerator<{ readonly key: string; readonly value: unknown; readonly expiresAt: string | undefined }> {
  let cursor: string | undefined;
  do {
    const page = await guarded(() => {
      const query = kvs
        .query({ metadataFields: [MetadataField.EXPIRE_TIME] })
        .where('key', WhereConditions.beginsWith(prefix))
        .limit(PAGE_SIZE);
      return (cursor === undefined ? query : query.cursor(cursor)).getMany();
    });
    for (const { key, value, expireTime } of page.results) yield { key, value, expiresAt: expireTime };
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** How many plain keys begin with a prefix, counted up to `most`. Eventually consistent. */
export async function countPrefix(prefix: string, most: number): Promise<number> {
  let count = 0;
  for await (const row of queryPrefix(prefix)) {
    count += Number(row.key.startsWith(prefix));
    if (count === most) break;
  }
  return count;
}

/** Removes rows in batches of 25; absent ones are fine. */
export async function removeMany(items: readonly ItemKey[]): Promise<void> {
  for (const batch of chunks(items, MOST_OPERATIONS)) {
    const answer = await guarded(() => kvs.batchDelete(batch.map((item) => ({ ...item }))));
    const failed = answer.failedKeys.find((item) => item.error.code !== 'KEY_NOT_FOUND');
    if (failed) throw new StorageTrouble(failed.error.code, 'a part of a batch was not removed');
  }
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
