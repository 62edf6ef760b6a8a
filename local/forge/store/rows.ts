/** The rows of the store in the embedded database, and the index entries that stand beside them. */
import { z } from 'zod';
import type { DatabaseRow, DatabaseValue, HostDatabase } from '../database';
import type { Entity, EntityCatalogue } from './entity-schema';

/** Which store a row belongs to. */
export type Space = 'kvs' | 'secret' | `entity:${string}`;

/** One live row. */
export interface Row {
  readonly key: string;
  /** JSON text of the value. */
  readonly json: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Milliseconds since the epoch, or `null` for a row that stays. */
  readonly expiresAt: number | null;
}

/** A live row with the store it belongs to. */
export interface SpacedRow extends Row {
  readonly space: string;
}

/** A row that was written, or was deleted where `row` is `null`. */
export interface RowChange {
  readonly space: Space;
  readonly key: string;
  readonly row: Row | null;
}

const rowColumns = z.object({
  key: z.string(),
  value: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  expires_at: z.number().nullable(),
});

const spacedColumns = rowColumns.extend({ space: z.string() });

const MIGRATIONS = [
  `create table stored_row (
     space text not null,
     key text not null,
     value text not null,
     created_at integer not null,
     updated_at integer not null,
     expires_at integer,
     unique (space, key)
   );
   create index stored_row_expiry on stored_row (expires_at) where expires_at is not null;
   create table index_entry (
     space text not null,
     index_name text not null,
     partition_key text not null,
     range_value not null,
     key text not null,
     primary key (space, index_name, partition_key, range_value, key)
   ) without rowid;
   create index index_entry_key on index_entry (space, key);
   create table index_signature (space text primary key, signature text not null) without rowid;`,
];

const COLUMNS = 'row.key, row.value, row.created_at, row.updated_at, row.expires_at';
const LIVE = '(row.expires_at is null or row.expires_at > ?)';
const PURGE_EVERY_MILLISECONDS = 60_000;

/** Reads and writes rows; expired rows are gone for every reader, though Forge may still show them for 48 hours. */
export class RowTable {
  private purgedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: HostDatabase,
    private readonly clock: { now(): number },
    private readonly catalogue: EntityCatalogue,
    private readonly onChange: (change: RowChange) => void = () => undefined,
  ) {
    database.migrate('store', MIGRATIONS);
    for (const entity of catalogue.all()) {
      this.rebuildWhenChanged(entity);
    }
  }

  /** Runs `work` all or nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.database.transaction(work);
  }

  /** The live row of a key. */
  get(space: Space, key: string): Row | undefined {
    const row = this.database.get(
      `select ${COLUMNS} from stored_row row where row.space = ? and row.key = ? and ${LIVE}`,
      space,
      key,
      this.clock.now(),
    );
    return row === undefined ? undefined : toRow(row);
  }

  /** Writes a row over any earlier one, keeping the instant of creation of a live one, and answers it. */
  put(space: Space, key: string, json: string, expiresAt: number | null): Row {
    const now = this.clock.now();
    this.purge(now);
    const createdAt = this.get(space, key)?.createdAt ?? now;
    const row: Row = { key, json, createdAt, updatedAt: now, expiresAt };
    this.replace(space, row);
    this.onChange({ space, key, row });
    return row;
  }

  /** Writes a row with its instants as they are. */
  replace(space: Space, { key, json, createdAt, updatedAt, expiresAt }: Row): void {
    this.database.transaction(() => {
      this.database.run(
        `insert into stored_row (space, key, value, created_at, updated_at, expires_at) values (?, ?, ?, ?, ?, ?)
         on conflict (space, key) do update set value = excluded.value, created_at = excluded.created_at,
           updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
        space,
        key,
        json,
        createdAt,
        updatedAt,
        expiresAt,
      );
      this.reindex(space, key, json);
    });
  }

  /** Deletes a row with its index entries. */
  delete(space: Space, key: string): void {
    this.database.transaction(() => {
      this.database.run('delete from stored_row where space = ? and key = ?', space, key);
      this.database.run('delete from index_entry where space = ? and key = ?', space, key);
    });
    this.onChange({ space, key, row: null });
  }

  /** Puts other rows in the place of every row there is. */
  restore(rows: readonly SpacedRow[]): void {
    this.database.transaction(() => {
      this.clear();
      for (const { space, ...row } of rows) this.replace(spaceOf(space), row);
    });
  }

  /**
   * Live rows of a space in the order of their keys (UTF-8 bytes).
   *
   * @param where Further SQL on `row.key`, beginning with `and`.
   */
  byKey(
    space: Space,
    where: string,
    values: readonly DatabaseValue[],
    descending: boolean,
    limit: number,
  ): Row[] {
    return this.database
      .all(
        `select ${COLUMNS} from stored_row row where row.space = ? and ${LIVE} ${where}
         order by row.key ${descending ? 'desc' : 'asc'} limit ?`,
        space,
        this.clock.now(),
        ...values,
        limit,
      )
      .map(toRow);
  }

  /**
   * Live rows of one partition of an index, in the order of their range attribute and then of their keys.
   *
   * @param where Further SQL on `entry.range_value` and `entry.key`, beginning with `and`.
   */
  byIndex(
    entry: { readonly space: Space; readonly index: string; readonly partition: string },
    where: string,
    values: readonly DatabaseValue[],
    descending: boolean,
    limit: number,
  ): Row[] {
    const direction = descending ? 'desc' : 'asc';
    return this.database
      .all(
        `select ${COLUMNS} from index_entry entry
         cross join stored_row row on row.space = entry.space and row.key = entry.key
         where entry.space = ? and entry.index_name = ? and entry.partition_key = ? and ${LIVE} ${where}
         order by entry.range_value ${direction}, entry.key ${direction} limit ?`,
        entry.space,
        entry.index,
        entry.partition,
        this.clock.now(),
        ...values,
        limit,
      )
      .map(toRow);
  }

  /** Every live row, ordered by space and key. */
  all(): readonly SpacedRow[] {
    return this.database
      .all(
        `select row.space, ${COLUMNS} from stored_row row where ${LIVE} order by row.space, row.key`,
        this.clock.now(),
      )
      .map((row) => ({ ...toRow(row), space: spacedColumns.parse(row).space }));
  }

  /** Deletes every row. */
  clear(): void {
    this.database.transaction(() => {
      this.database.run('delete from stored_row');
      this.database.run('delete from index_entry');
    });
  }

  private reindex(space: Space, key: string, json: string): void {
    const name = entityName(space);
    if (name === null) {
      return;
    }
    this.database.run('delete from index_entry where space = ? and key = ?', space, key);
    const value = JSON.parse(json) as Readonly<Record<string, unknown>>;
    for (const entry of this.catalogue.get(name).entries(value)) {
      this.database.run(
        'insert into index_entry (space, index_name, partition_key, range_value, key) values (?, ?, ?, ?, ?)',
        space,
        entry.index,
        entry.partition,
        entry.range,
        key,
      );
    }
  }

  /** A manifest with other indexes than the last run's needs other entries for the rows that are already there. */
  private rebuildWhenChanged(entity: Entity): void {
    const space: Space = `entity:${entity.name}`;
    const known = this.database.get('select signature from index_signature where space = ?', space);
    if (known?.signature === entity.indexSignature) {
      return;
    }
    this.database.transaction(() => {
      this.database.run('delete from index_entry where space = ?', space);
      for (const row of this.database.all(
        `select ${COLUMNS} from stored_row row where row.space = ?`,
        space,
      )) {
        const { key, json } = toRow(row);
        this.reindex(space, key, json);
      }
      this.database.run(
        'insert or replace into index_signature (space, signature) values (?, ?)',
        space,
        entity.indexSignature,
      );
    });
  }

  private purge(now: number): void {
    if (now - this.purgedAt < PURGE_EVERY_MILLISECONDS) {
      return;
    }
    this.purgedAt = now;
    const expired = 'select space, key from stored_row where expires_at <= ?';
    this.database.transaction(() => {
      this.database.run(`delete from index_entry where (space, key) in (${expired})`, now);
      this.database.run('delete from stored_row where expires_at <= ?', now);
    });
  }
}

function spaceOf(space: string): Space {
  const name = entityName(space);
  if (name !== null) return `entity:${name}`;
  return space === 'secret' ? 'secret' : 'kvs';
}

/** The entity whose rows a space holds, or `null` for plain keys and secrets. */
export function entityName(space: string): string | null {
  return space.startsWith('entity:') ? space.slice('entity:'.length) : null;
}

function toRow(row: DatabaseRow): Row {
  const { key, value, created_at, updated_at, expires_at } = rowColumns.parse(row);
  return { key, json: value, createdAt: created_at, updatedAt: updated_at, expiresAt: expires_at };
}
