/** The options of `npm run store`, read and checked before the store is opened. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_FOLDER } from '../start/data-folder';
import { UsageError } from '../start/options';

export interface StoreViewOptions {
  /** The folder that `--data` of `npm start` names. */
  readonly data: string;
  /** A row's key, or what keys begin with; `null` for the overview. */
  readonly wanted: string | null;
}

export const USAGE = `Shows what the app has stored, whether it runs or not.

  npm run store                          rows by kind, with counts and bytes
  npm run store -- PREFIX                the keys that begin so, such as ledger/ or repository:
  npm run store -- KEY                   one row as JSON, ledgers and packed texts unpacked
                --data DIR               where npm start keeps the store (default ${path.relative('.', DEMO_FOLDER)})

Rows of an entity are named by it, ledger/<key>; all others by their key. npm run --silent store -- KEY > FILE keeps one.
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): StoreViewOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const [wanted = null, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`${others.join(' ')}: one key or prefix at a time. Name one.`);
  return { data: path.resolve(values.data ?? DEMO_FOLDER), wanted };
}

function parse(args: readonly string[]) {
  const options = { data: { type: 'string' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new UsageError(`"${args.join(' ')}" cannot be read. See npm run store -- --help.`);
  }
}
