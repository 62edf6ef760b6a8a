/** The options of `npm start`, read and checked before anything is built. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_LOCALE, type Licence } from '../forge/host-api';

export interface StartOptions {
  /** Folder of recorded Bitbucket answers; `null` for the demo workspace. */
  readonly recording: string | null;
  /** Milliseconds; `null` for the present. */
  readonly now: number | null;
  /** Where a headless run writes the export; `null` to serve the panel. */
  readonly exportTo: string | null;
  /** Where the embedded store keeps its file; `null` for a folder of its own. */
  readonly data: string | null;
  readonly port: number;
  /** The locale of who looks, a BCP 47 tag. */
  readonly locale: string;
  /** Permissions of the manifest that the installation lacks. */
  readonly without: readonly string[];
  /** What Forge says of the app's licence; `null` for nothing, as of a free app. */
  readonly licence: Licence | null;
}

/** An option that cannot be followed: one sentence that says what is wrong and what to do; exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

const DEFAULT_PORT = 8_080;

export const USAGE = `Throughline on this machine, without an Atlassian account.

  npm start                              the demo workspace, with its panel in the browser
  npm start -- --recording DIR           the same on recorded Bitbucket answers
                --now ISO                as of this instant, such as 2016-07-01T00:00:00Z
                --export FILE            import, write all figures as JSON, and end
                --data DIR               where the store keeps its file
                --port N                 port of the page (default ${DEFAULT_PORT}; 0 for any that is free)
                --locale TAG             locale of who looks, such as de-DE (default ${DEFAULT_LOCALE})
                --without SCOPE          a permission that the installation lacks; may be repeated
                --licence STATE          what Forge says of the licence: active or inactive (default: nothing)
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  return {
    recording: values.recording === undefined ? null : existingFolder(values.recording),
    now: values.now === undefined ? null : instant(values.now),
    exportTo: values.export === undefined ? null : writableFile(values.export),
    data: values.data === undefined ? null : path.resolve(values.data),
    port: values.port === undefined ? DEFAULT_PORT : portNumber(values.port),
    locale: values.locale === undefined ? DEFAULT_LOCALE : localeTag(values.locale),
    without: values.without ?? [],
    licence: values.licence === undefined ? null : licenceState(values.licence),
  };
}

function parse(args: readonly string[]): {
  values: Partial<Record<'recording' | 'now' | 'export' | 'data' | 'port' | 'locale' | 'licence', string>> & {
    without?: string[];
    help?: boolean;
  };
} {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        recording: text,
        now: text,
        export: text,
        data: text,
        port: text,
        locale: text,
        without: { type: 'string', multiple: true },
        licence: text,
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    const reason = isErrorLike(error) ? error.message.split('. ')[0] : 'The options cannot be read';
    throw new UsageError(`${reason}. See npm start -- --help.`);
  }
}

/** Node's own errors are of another realm than a test's, so `instanceof` would not do. */
function isErrorLike(error: unknown): error is { message: string } {
  return (
    error !== null && typeof error === 'object' && 'message' in error && typeof error.message === 'string'
  );
}

function existingFolder(value: string): string {
  const folder = path.resolve(value);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new UsageError(
    `--recording ${value}: there is no such folder. Name the folder that holds repository.json.`,
  );
}

function instant(value: string): number {
  const milliseconds = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return milliseconds;
  throw new UsageError(`--now ${value}: write an instant such as 2016-07-01T00:00:00Z.`);
}

function writableFile(value: string): string {
  const file = path.resolve(value);
  const folder = path.dirname(file);
  if (!existsSync(folder)) throw new UsageError(`--export ${value}: the folder ${folder} does not exist.`);
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new UsageError(`--export ${value}: this is a folder. Name a file.`);
  }
  return file;
}

function portNumber(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new UsageError(`--port ${value}: write a number from 0 to 65535.`);
}

function localeTag(value: string): string {
  try {
    return new Intl.Locale(value).toString();
  } catch {
    throw new UsageError(`--locale ${value}: write a locale such as de-DE.`);
  }
}

function licenceState(value: string): Licence {
  if (value === 'active' || value === 'inactive') return value;
  throw new UsageError(`--licence ${value}: write active or inactive.`);
}

/** Throws UsageError where a permission that is to be missing is none that the manifest asks for. */
export function assertAskedFor(without: readonly string[], scopes: readonly string[]): void {
  const unknown = without.find((scope) => !scopes.includes(scope));
  if (unknown === undefined) return;
  throw new UsageError(
    `--without ${unknown}: the app asks for no such permission. Name one of ${scopes.join(', ')}.`,
  );
}
