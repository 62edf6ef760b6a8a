/** A row of its own that several functions change at the same time: read, changed, and written only where nobody was first. */
import { z } from 'zod';
import { StorageConflict } from './errors';
import { createEntity, getEntity, transact, type TransactionSet } from './forge-storage';

const storedRow = z.object({ version: z.number().int(), detail: z.unknown() });

/** Where the row is, how its `detail` is read, and what it is before anybody wrote it. */
export interface GuardedRow<Detail extends object> {
  readonly entityName: string;
  readonly key: string;
  readonly parse: (detail: unknown) => Detail;
  readonly beginning: Detail;
}

const MOST_ATTEMPTS = 8;

export async function readRow<Detail extends object>(row: GuardedRow<Detail>): Promise<Detail> {
  return parseRow(row, await getEntity(row.entityName, row.key));
}

/** The row's detail, where it was read together with other things. */
export function parseRow<Detail extends object>(row: GuardedRow<Detail>, stored: unknown): Detail {
  return stored === undefined ? row.beginning : row.parse(storedRow.parse(stored).detail);
}

/** What a change gives back: the row's new detail, what the caller is told, and what is written with it or not at all. */
export interface RowChange<Detail extends object, Result> {
  readonly detail: Detail;
  readonly result: Result;
  readonly also?: readonly TransactionSet[];
}

/**
 * Applies a change to the row as it is and returns what it returned; the change may be asked for again, with what
 * somebody else wrote meanwhile. Nothing is written where it gives back the detail that it got. Throws StorageConflict
 * only where others kept writing first.
 */
export async function changeRow<Detail extends object, Result>(
  row: GuardedRow<Detail>,
  change: (detail: Detail) => RowChange<Detail, Result>,
): Promise<Result> {
  const { entityName, key, parse, beginning } = row;
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(entityName, key);
    if (raw === undefined) {
      const { detail, result } = change(beginning);
      if (detail === beginning) return result;
      // How Forge judges a condition on a missing key is not documented: the row stands before it is changed.
      await createEntity(entityName, key, { version: 0, detail: beginning });
      continue;
    }
    const stored = storedRow.parse(raw);
    const before = parse(stored.detail);
    const { detail, result, also = [] } = change(before);
    if (detail === before) return result;
    try {
      const value = { version: stored.version + 1, detail };
      await transact([{ key, entityName, value, ifVersion: stored.version }, ...also]);
      return result;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
