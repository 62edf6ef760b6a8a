/**
 * The mark on the whole store: which version it has, whether anything is collected, and how far an erasure of everything
 * is. Every function reads it first.
 */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { ALL_ENTITIES, JOB_ENTITY, key } from './keys';
import {
  firstPlainRows,
  PAGE_SIZE,
  rowsAtOnce,
  removeMany,
  rowsAfter,
  type TransactionSet,
} from './forge-storage';
import { changeRow, parseRow, readRow, type GuardedRow } from './guarded-row';
import { unitsOf } from './units';
import { refuseNewer, STORE_VERSION, UNMARKED_VERSION } from './store-version';

const storedConnection = z.object({
  schema: z.literal(1),
  /** The latest version of a store that a release wrote to this one; absent where the row is older than versions. */
  storeVersion: z.number().int().default(UNMARKED_VERSION),
  /** `erasing`, `disconnected`: nothing is collected. */
  state: z.enum(['connected', 'erasing', 'disconnected']),
  startedAt: z.number().int().nullable(),
  endedAt: z.number().int().nullable(),
  /** Rows removed so far. */
  removed: z.number().int(),
  /** Repositories when the erasure began, and those that are left; `null` before they were counted. */
  repositories: z.number().int().nullable(),
  repositoriesLeft: z.number().int().nullable(),
  /** Rows that the last look over the whole store found; `null` before the first. */
  found: z.number().int().nullable(),
  /** Which run erases, and until when (epoch seconds) no other one does. */
  lease: z.object({ holder: z.string(), until: z.number().int() }).nullable(),
});

export type Connection = z.output<typeof storedConnection>;

const CONNECTED: Connection = {
  schema: 1,
  storeVersion: STORE_VERSION,
  state: 'connected',
  startedAt: null,
  endedAt: null,
  removed: 0,
  repositories: null,
  repositoriesLeft: null,
  found: null,
  lease: null,
};

/** It stands among the jobs, and alone in the store once everything else is erased. */
const CONNECTION: GuardedRow<Connection> = {
  entityName: JOB_ENTITY,
  key: key.connection(),
  parse: (detail) => {
    refuseNewer(detail);
    return storedConnection.parse(detail);
  },
  beginning: { ...CONNECTED, storeVersion: UNMARKED_VERSION },
};

/** The key under which the mark is read together with other things. */
export const CONNECTION_ITEM = { key: CONNECTION.key, entityName: CONNECTION.entityName } as const;

/** A row that was read with `CONNECTION_ITEM`. Throws NewerStore. */
export function parseConnection(row: unknown): Connection {
  return parseRow(CONNECTION, row);
}

/** Strictly consistent: who begins after the mark is set sees it. Throws NewerStore. */
export function readConnection(): Promise<Connection> {
  return readRow(CONNECTION);
}

/** Applies a change to the present mark; `also` is written with it or not at all. */
export function changeConnection<Result>(
  change: (connection: Connection) => {
    readonly detail: Connection;
    readonly result: Result;
    readonly also?: readonly TransactionSet[];
  },
): Promise<Result> {
  return changeRow(CONNECTION, change);
}

/** Notes that this release writes to the store: from now on an earlier one leaves it alone. */
export function markStore(): Promise<void> {
  return changeConnection((before) => ({
    detail: before.storeVersion === STORE_VERSION ? before : { ...before, storeVersion: STORE_VERSION },
    result: undefined,
  }));
}

/** The mark of an erasure that begins now. */
export function erasureBeginning(now: EpochSeconds): Connection {
  return { ...CONNECTED, state: 'erasing', startedAt: now };
}

/** Everything is collected. */
export function connectedAgain(): Connection {
  return CONNECTED;
}

/** Everything that is stored, the rows of an entity or the plain keys (`null`). */
export const STORES: readonly (string | null)[] = [null, ...ALL_ENTITIES];

/** How many rows were removed, 0 where nothing was found, and the units of 10 KB that were read for it. */
export interface FirstRows {
  readonly rows: number;
  readonly units: number;
}

/** Removes the first rows of the whole store but the mark. */
export async function removeFirstRows(): Promise<FirstRows> {
  for (const store of STORES) {
    const removed = await removeFirstRowsOf(store);
    if (removed.rows > 0) return removed;
  }
  return { rows: 0, units: STORES.length };
}

/** The same of one entity, or of the plain keys. */
export async function removeFirstRowsOf(store: string | null): Promise<FirstRows> {
  const found =
    store === null ? await firstPlainRows(PAGE_SIZE) : await rowsAfter(store, null, rowsAtOnce(store));
  const rows = found.filter(({ key: each }) => each !== CONNECTION.key || store !== CONNECTION.entityName);
  await removeMany(
    rows.map((row) => (store === null ? { key: row.key } : { key: row.key, entityName: store })),
  );
  return { rows: rows.length, units: unitsOf(found.map(({ value }) => value)) };
}
