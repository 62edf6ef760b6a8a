/** What `npm run store` shows: the kinds of rows, the keys that begin so, or one row. */
import { existsSync } from 'node:fs';
import { openDatabaseToRead, type HostDatabase } from '../forge/database';
import { storedKinds } from '../scale/stored-bytes';
import { databaseFileIn } from '../start/data-folder';
import { UsageError } from '../start/options';
import type { StoreViewOptions } from './options';
import { rowsBeginning, rowsNamed, waitingMessages, type WholeRow } from './rows';
import { unpacked } from './unpacked';

/** What goes to the terminal: `said` for whoever reads it, `printed` for a file too. */
export interface StoreViewOutput {
  readonly said: readonly string[];
  readonly printed: readonly string[];
}

/** Earlier than any expiry: what has expired and was not removed yet is in the file, and so is shown. */
const ALL_TIME = 0;

const NUMBER_WIDTH = 12;

/** Throws UsageError for what the person who asked can mend. */
export function viewStore({ data, wanted }: StoreViewOptions): StoreViewOutput {
  const file = databaseFileIn(data);
  if (!existsSync(file)) {
    throw new UsageError(`${data} holds no store. Run npm start first, or name another folder with --data.`);
  }
  const database = openDatabaseToRead(file);
  try {
    if (wanted === null) return { said: [], printed: overview(database, data) };
    const rows = rowsNamed(database, wanted);
    if (rows.length > 0) return contents(rows);
    return keys(database, wanted);
  } finally {
    database.close();
  }
}

function overview(database: HostDatabase, data: string): readonly string[] {
  const kinds = storedKinds(database, ALL_TIME);
  const all = {
    kind: 'all',
    rows: kinds.reduce((sum, { rows }) => sum + rows, 0),
    bytes: kinds.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  const width = Math.max(...[...kinds, all].map(({ kind }) => kind.length));
  const line = (kind: string, rows: string, bytes: string): string =>
    kind.padEnd(width) + rows.padStart(NUMBER_WIDTH) + bytes.padStart(NUMBER_WIDTH);
  return [
    data,
    line('', 'rows', 'bytes'),
    ...[...kinds, all].map(({ kind, rows, bytes }) => line(kind, counted(rows), counted(bytes))),
    `${counted(waitingMessages(database))} messages wait.`,
  ];
}

function keys(database: HostDatabase, prefix: string): StoreViewOutput {
  const rows = rowsBeginning(database, prefix);
  if (rows.length === 0) {
    throw new UsageError(`${prefix}: no key is or begins so. npm run store lists the kinds of rows.`);
  }
  return {
    said: [`${counted(rows.length)} rows, with the bytes of their values:`],
    printed: rows.map(({ name, bytes }) => `${counted(bytes).padStart(NUMBER_WIDTH)}  ${name}`),
  };
}

function contents(rows: readonly WholeRow[]): StoreViewOutput {
  const shown = rows.map((row) => ({ row, ...unpacked(row) }));
  return {
    said: shown.flatMap(({ row, trouble }) => [
      heading(row),
      ...(trouble === null ? [] : [`${row.name}: ${trouble}.`]),
    ]),
    printed: shown.map(({ value }) => JSON.stringify(value, null, 2)),
  };
}

function heading({ name, bytes, createdAt, updatedAt, expiresAt }: WholeRow): string {
  const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
  const expiry = expiresAt === null ? '' : `, expires ${at(expiresAt)}`;
  return `${name}: ${counted(bytes)} bytes, created ${at(createdAt)}, written ${at(updatedAt)}${expiry}`;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
