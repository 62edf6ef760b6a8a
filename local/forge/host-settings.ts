/** The few things that a host remembers of the installation between its runs. */
import { z } from 'zod';
import type { HostDatabase } from './database';

const MIGRATIONS = ['create table setting (name text primary key, value text not null) without rowid'];

/** Named values, each JSON and parsed by whoever reads it. */
export class HostSettings {
  constructor(private readonly database: HostDatabase) {
    database.migrate('settings', MIGRATIONS);
  }

  /** The value, or `undefined` where it was never set. */
  get<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> | undefined {
    const row = this.database.get('select value from setting where name = ?', name);
    if (row === undefined) return undefined;
    return schema.parse(JSON.parse(z.string().parse(row.value)));
  }

  /** As if it had never been set. */
  forget(name: string): void {
    this.database.run('delete from setting where name = ?', name);
  }

  set(name: string, value: unknown): void {
    this.database.run(
      'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      name,
      JSON.stringify(value),
    );
  }
}
