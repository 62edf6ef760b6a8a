/** The options of `npm start`, read and checked before anything is built. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_LOCALE, type Licence } from '../forge/host-api';
import { readLiveName, type LiveName } from '../live/live-place';

export interface StartOptions {
  /** Folder of recorded Bitbucket answers; `null` for the demo workspace. */
  readonly recording: string | null;
  /** What to read of the real Bitbucket Cloud; `null` for the demo or a recording. */
  readonly live: LiveName | null;
  /** Seconds between two looks for what is new in live mode; `null` for as often as the hour's limit allows. */
  readonly poll: number | null;
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
  /** Whether the app is built anew whenever its sources change. */
  readonly watch: boolean;
}

/** An option that cannot be followed: one sentence that says what is wrong and what to do; exit status 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const DEFAULT_PORT = 8_080;

export const USAGE = `Throughline on this machine, without an Atlassian account.

  npm start                              the demo workspace, with its panel in the browser
  npm start -- --recording DIR           the same on recorded Bitbucket answers
  npm start -- --live WORKSPACE[/REPO]   the same on your own repositories, read-only: set BITBUCKET_TOKEN, and
                                         BITBUCKET_EMAIL too where it is an API token
                --poll SECONDS           how often live mode looks for what is new, as far as the limit allows
                --now ISO                as of this instant, such as 2016-07-01T00:00:00Z
                --export FILE            import, write all figures as JSON, and end
                --data DIR               where the store keeps its file
                --port N                 port of the page (default ${DEFAULT_PORT}; 0 for any that is free)
                --locale TAG             locale of who looks, such as de-DE (default ${DEFAULT_LOCALE})
                --without SCOPE          a permission that the installation lacks; may be repeated
                --licence STATE          what Forge says of the licence: active or inactive (default: nothing)
                --watch                  build again whenever src or static changes, and show it; npm run dev is this
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  if (values.live !== undefined) assertReadsNow(values);
  return {
    recording: values.recording === undefined ? null : existingFolder(values.recording),
    live: values.live === undefined ? null : readLiveName(values.live),
    poll: values.poll === undefined ? null : seconds(values.poll),
    now: values.now === undefined ? null : instant(values.now),
    exportTo: values.export === undefined ? null : writableFile(values.export),
    data: values.data === undefined ? null : path.resolve(values.data),
    port: values.port === undefined ? DEFAULT_PORT : portNumber(values.port),
    locale: values.locale === undefined ? DEFAULT_LOCALE : localeTag(values.locale),
    without: values.without ?? [],
    licence: values.licence === undefined ? null : licenceState(values.licence),
    watch: watchOption(values.watch ?? false, values.export),
  };
}

type TextOption = 'recording' | 'live' | 'poll' | 'now' | 'export' | 'data' | 'port' | 'locale' | 'licence';

interface Values extends Partial<Record<TextOption, string>> {
  without?: string[];
  watch?: boolean;
  help?: boolean;
}

function parse(args: readonly string[]): { values: Values } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        recording: text,
        live: text,
        poll: text,
        now: text,
        export: text,
        data: text,
        port: text,
        locale: text,
        without: { type: 'string', multiple: true },
        licence: text,
        watch: { type: 'boolean' },
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

/** What Bitbucket says now, of what the token may read, is all that live mode has. */
function assertReadsNow({ recording, now, without }: Values): void {
  if (recording !== undefined) {
    throw new UsageError('--live and --recording: name one of them, they are two sources.');
  }
  if (now !== undefined) {
    throw new UsageError('--live and --now: Bitbucket tells what is true now; leave --now out.');
  }
  if (without !== undefined) {
    throw new UsageError(
      '--live and --without: the token says what may be read; make one that lacks the permission.',
    );
  }
}

function seconds(value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new UsageError(`--poll ${value}: write a number of seconds.`);
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

/** Throws UsageError. */
export function portNumber(value: string): number {
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

function watchOption(watch: boolean, exportTo: string | undefined): boolean {
  if (!watch || exportTo === undefined) return watch;
  throw new UsageError(
    '--watch and --export: an export ends by itself, so there is nothing to watch for. Name one.',
  );
}

/** Throws UsageError where a permission that is to be missing is none that the manifest asks for. */
export function assertAskedFor(without: readonly string[], scopes: readonly string[]): void {
  const unknown = without.find((scope) => !scopes.includes(scope));
  if (unknown === undefined) return;
  throw new UsageError(
    `--without ${unknown}: the app asks for no such permission. Name one of ${scopes.join(', ')}.`,
  );
}
