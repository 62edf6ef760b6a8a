/** A row of its own that several functions change at the same time: read, changed, and written only where nobody was first. */
import { z } from 'zod';
import { StorageConflict } from './errors';
import { createEntity, getEntity, transact } from './forge-storage';

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
  const stored = await getEntity(row.entityName, row.key);
  return stored === undefined ? row.beginning : row.parse(storedRow.parse(stored).detail);
}

/**
 * Applies a change to the row as it is and returns what it returned; the change may be asked for again, with what
 * somebody else wrote meanwhile. Nothing is written where it gives back the detail that it got. Throws StorageConflict
 * only where others kept writing first.
 */
export async function changeRow<Detail extends object, Result>(
  row: GuardedRow<Detail>,
  change: (detail: Detail) => { readonly detail: Detail; readonly result: Result },
): Promise<Result> {
  const { entityName, key, parse, beginning } = row;
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(entityName, key);
    if (raw === undefined) {
      // How Forge judges a condition on a missing key is not documented: the row stands before it is changed.
      await createEntity(entityName, key, { version: 0, detail: beginning });
      continue;
    }
    const stored = storedRow.parse(raw);
    const before = parse(stored.detail);
    const { detail, result } = change(before);
    if (detail === before) return result;
    try {
      const value = { version: stored.version + 1, detail };
      await transact([{ key, entityName, value, ifVersion: stored.version }]);
      return result;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
