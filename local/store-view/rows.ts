/** The rows of a store's file, as a developer looks for them. */
import { z } from 'zod';
import type { HostDatabase } from '../forge/database';

/** A row without its value. */
export interface RowLine {
  /** `<entity>/<key>`, or the key of a row that belongs to no entity. */
  readonly name: string;
  /** Of the value. */
  readonly bytes: number;
}

/** A row; instants in milliseconds. */
export interface WholeRow extends RowLine {
  /** `null` for a plain key. */
  readonly entity: string | null;
  readonly value: unknown;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** `null` for a row that stays. */
  readonly expiresAt: number | null;
}

const line = z.object({ space: z.string(), key: z.string(), bytes: z.number() });
const whole = line.extend({
  value: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  expires_at: z.number().nullable(),
});

const BYTES = 'length(cast(value as blob)) as bytes';
const ENTITY = 'entity:';

function entityOf(space: string): string | null {
  return space.startsWith(ENTITY) ? space.slice(ENTITY.length) : null;
}

function nameOf({ space, key }: { readonly space: string; readonly key: string }): string {
  const entity = entityOf(space);
  return entity === null ? key : `${entity}/${key}`;
}

/** Those whose name or key begins so, expired ones that nobody removed yet among them. */
export function rowsBeginning(database: HostDatabase, prefix: string): readonly RowLine[] {
  return database
    .all(`select space, key, ${BYTES} from stored_row order by space, key`)
    .map((row) => line.parse(row))
    .filter((row) => row.key.startsWith(prefix) || nameOf(row).startsWith(prefix))
    .map((row) => ({ name: nameOf(row), bytes: row.bytes }));
}

/** Those of this name or key: a month's ledger and its deliveries, for one, have the same key. */
export function rowsNamed(database: HostDatabase, wanted: string): readonly WholeRow[] {
  const key = wanted.slice(wanted.indexOf('/') + 1);
  return database
    .all(`select *, ${BYTES} from stored_row where key in (?, ?) order by space`, wanted, key)
    .map((row) => whole.parse(row))
    .filter((row) => row.key === wanted || nameOf(row) === wanted)
    .map((row) => ({
      name: nameOf(row),
      entity: entityOf(row.space),
      bytes: row.bytes,
      value: JSON.parse(row.value) as unknown,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      expiresAt: row.expires_at,
    }));
}

const counted = z.object({ messages: z.number() });

/** Messages that the platform still has to deliver. */
export function waitingMessages(database: HostDatabase): number {
  return counted.parse(database.get('select count(*) as messages from message')).messages;
}
