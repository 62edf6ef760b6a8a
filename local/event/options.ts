/** The options of `npm run event`, read and checked before anything is sent. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PORT, portNumber, UsageError } from '../start/options';

/** What is to be sent: an action by its name, a file's event, or nothing, to list the names. */
export type EventWish =
  | { readonly kind: 'list' }
  | { readonly kind: 'action'; readonly key: string }
  | { readonly kind: 'file'; readonly file: string };

export interface EventOptions {
  readonly wish: EventWish;
  /** Port of the running app's page. */
  readonly port: number;
  /** Slug; `null` for the first in which it can be done. */
  readonly repository: string | null;
  /** `null` for the first open one to which it can be done. */
  readonly pullRequest: number | null;
}

export const USAGE = `Sends an event to the app that npm start or npm run dev runs.

  npm run event                          lists the names, and what each does
  npm run event -- NAME                  does that to the demo, and sends the event that Bitbucket sends for it
                --repository SLUG        to this repository (default: the first in which it can be done)
                --pull-request N         to this pull request (default: the open one that changed last and lets it be done)
  npm run event -- FILE.json             sends the event in the file as it is; it must have an eventType
                --port N                 port of the page (default ${DEFAULT_PORT})

What was sent is printed as JSON; npm run --silent event -- NAME > FILE.json keeps it.
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): EventOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const [wished, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`${others.join(' ')}: one event at a time. Name one.`);
  const wish = wishOf(wished);
  const { repository, 'pull-request': pullRequest, port } = values;
  if (wish.kind !== 'action' && (repository !== undefined || pullRequest !== undefined)) {
    throw new UsageError('--repository and --pull-request belong to the name of an event. Name one.');
  }
  return {
    wish,
    port: port === undefined ? DEFAULT_PORT : portNumber(port),
    repository: repository ?? null,
    pullRequest: pullRequest === undefined ? null : numberOf(pullRequest),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    port: text,
    repository: text,
    'pull-request': text,
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new UsageError(`"${args.join(' ')}" cannot be read. See npm run event -- --help.`);
  }
}

function wishOf(wished: string | undefined): EventWish {
  if (wished === undefined) return { kind: 'list' };
  if (!wished.endsWith('.json')) return { kind: 'action', key: wished };
  const file = path.resolve(wished);
  if (existsSync(file)) return { kind: 'file', file };
  throw new UsageError(`${wished}: there is no such file.`);
}

function numberOf(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`--pull-request ${text}: write a number such as 7.`);
}
