/** The embedded database file of the local Forge host: one process at a time, durable across a killed process. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';

/** A value that SQLite stores. */
export type DatabaseValue = string | number | null;

/** One row as SQLite answers it: column name to value; parse it before use. */
export type DatabaseRow = Readonly<Record<string, unknown>>;

/** A database that the rooms of the host share; every statement is prepared once and kept. */
export interface HostDatabase {
  /** Path of the file, or `:memory:`. */
  readonly file: string;
  /** Runs one statement and answers how many rows it changed. */
  run(sql: string, ...values: readonly DatabaseValue[]): number;
  /** Every row of one query. */
  all(sql: string, ...values: readonly DatabaseValue[]): readonly DatabaseRow[];
  /** The first row of one query, or `undefined`. */
  get(sql: string, ...values: readonly DatabaseValue[]): DatabaseRow | undefined;
  /** Runs `work` all or nothing; inside another transaction it joins that one. */
  transaction<Result>(work: () => Result): Result;
  /**
   * Applies the steps of `room` that this file has not seen yet, each once and in order.
   * A step is one or more SQL statements; append new steps, never change one that has shipped.
   */
  migrate(room: string, steps: readonly string[]): void;
  /** Releases the file; afterwards any process may open it. */
  close(): void;
}

/** Another process, or another part of this one, has the file open. */
export class DatabaseInUseError extends Error {
  constructor(readonly file: string) {
    super(
      `${file} is already open in another Throughline host. Stop that one, or start this one with another data folder.`,
    );
    this.name = 'DatabaseInUseError';
  }
}

const BUSY_TIMEOUT_MILLISECONDS = 2_000;
const LOCK_TIMEOUT_MILLISECONDS = 100;

/**
 * Opens `file`, which is made with its folder where it is missing, or a database in memory for `:memory:`.
 *
 * @throws DatabaseInUseError when the file is open elsewhere. The lock belongs to the operating system, so a killed
 * process leaves nothing behind that would have to be removed.
 */
export function openDatabase(file: string): HostDatabase {
  const lock = file === ':memory:' ? null : lockFile(file);
  let connection: Libsql.Database;
  try {
    connection = new Libsql(file, { timeout: BUSY_TIMEOUT_MILLISECONDS });
    // A committed write survives a killed process; only a power cut may take the last ones in this mode.
    connection.exec('pragma journal_mode = wal');
    connection.exec('pragma synchronous = normal');
  } catch (error) {
    lock?.close();
    throw error;
  }
  return new LibsqlDatabase(file, connection, lock);
}

/**
 * Opens a file that is there to look at it, whether a host has it open or not; nothing can be written through it. Of what
 * a host writes meanwhile, each query sees what was there when it began.
 */
export function openDatabaseToRead(file: string): HostDatabase {
  const connection = new Libsql(file, { timeout: BUSY_TIMEOUT_MILLISECONDS });
  // The option `readonly` of libsql refuses nothing.
  connection.exec('pragma query_only = on');
  return new LibsqlDatabase(file, connection, null);
}

/**
 * Takes the lock of `file` in a companion file. It is a file of its own because a connection that still has prepared
 * statements keeps its locks after `close`, and a connection without any gives them up at once.
 */
function lockFile(file: string): Libsql.Database {
  mkdirSync(path.dirname(file), { recursive: true });
  const lock = new Libsql(`${file}.lock`, { timeout: LOCK_TIMEOUT_MILLISECONDS });
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DatabaseInUseError(file) : error;
  }
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'SQLITE_BUSY';
}

class LibsqlDatabase implements HostDatabase {
  private readonly statements = new Map<string, Libsql.Statement>();

  constructor(
    readonly file: string,
    private readonly connection: Libsql.Database,
    private readonly lock: Libsql.Database | null,
  ) {}

  run(sql: string, ...values: readonly DatabaseValue[]): number {
    return this.prepared(sql).run(values).changes;
  }

  all(sql: string, ...values: readonly DatabaseValue[]): readonly DatabaseRow[] {
    // SQLite answers an object per row; what its columns hold is for the caller to parse.
    return this.prepared(sql).all(values) as readonly DatabaseRow[];
  }

  get(sql: string, ...values: readonly DatabaseValue[]): DatabaseRow | undefined {
    return this.all(sql, ...values)[0];
  }

  transaction<Result>(work: () => Result): Result {
    if (this.inTransaction()) {
      return work();
    }
    this.connection.exec('begin immediate');
    try {
      const result = work();
      this.connection.exec('commit');
      return result;
    } catch (error) {
      // A commit that fails may have rolled back already, and its own error is the one to report.
      if (this.inTransaction()) {
        this.connection.exec('rollback');
      }
      throw error;
    }
  }

  migrate(room: string, steps: readonly string[]): void {
    this.connection.exec(
      'create table if not exists migration (room text primary key, steps integer not null) without rowid',
    );
    this.transaction(() => {
      const applied = Number(this.get('select steps from migration where room = ?', room)?.steps ?? 0);
      for (const step of steps.slice(applied)) {
        this.connection.exec(step);
      }
      this.run(
        'insert into migration (room, steps) values (?, ?) on conflict (room) do update set steps = max(steps, excluded.steps)',
        room,
        steps.length,
      );
    });
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
    this.lock?.close();
  }

  private inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  private prepared(sql: string): Libsql.Statement {
    const known = this.statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
