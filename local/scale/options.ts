/** The options of `npm run scale`, read and checked before anything is made. */
import { parseArgs } from 'node:util';
import { UsageError } from '../start/options';
import type { ScaleSize } from './scale-source';

export interface ScaleOptions extends ScaleSize {
  readonly developers: number;
  /** Bitbucket's limit. */
  readonly requestsPerHour: number;
  /** Ends after so many simulated days; `null`: when all history is there and a week more has passed. */
  readonly days: number | null;
  /** Panels that are opened on a working day. */
  readonly viewsPerDay: number;
  readonly seed: number;
  /** Where the figures are written as JSON; `null` for nowhere. */
  readonly json: string | null;
}

const DEFAULT_DEVELOPERS = '50';
const DEFAULT_DAYS = '30';
const DEFAULT_SEED = '1';

/** What one developer stands for: a repository, 200 pull requests of history and four events a day. */
const PULL_REQUESTS_A_DEVELOPER = 200;
const EVENTS_A_DEVELOPER = 4;

/** Bitbucket: 1,000 an hour up to 100 seats, 10 more for each further one, 10,000 at most. */
const STANDARD_LIMIT = 1_000;
const LARGEST_LIMIT = 10_000;
const STANDARD_SEATS = 100;
const MORE_A_SEAT = 10;

export const USAGE = `Months of one installation in minutes: its limits, and what it costs.

  npm run scale                          a workspace of ${DEFAULT_DEVELOPERS} developers, for ${DEFAULT_DAYS} days
  npm run scale -- --developers N        a repository, ${PULL_REQUESTS_A_DEVELOPER} pull requests and ${EVENTS_A_DEVELOPER} events a day for each
                   --repositories N      so many repositories instead
                   --pull-requests N     pull requests before the beginning
                   --events N            events a day
                   --views N             panels opened on a working day (default: one a developer)
                   --requests-per-hour N Bitbucket's limit (default: by developers, ${STANDARD_LIMIT} to ${LARGEST_LIMIT})
                   --days N              end after so many simulated days (default ${DEFAULT_DAYS})
                   --until-complete      end a week after all history is there
                   --seed N              another workspace, other delays (default ${DEFAULT_SEED})
                   --json FILE           write the figures there too

Ctrl-C ends the simulated time, and prints the figures up to there.
`;

type NumberName =
  | 'developers'
  | 'repositories'
  | 'pull-requests'
  | 'events'
  | 'views'
  | 'requests-per-hour'
  | 'days'
  | 'seed';

type Values = Partial<Record<NumberName | 'json', string>> & {
  readonly help?: boolean;
  readonly 'until-complete'?: boolean;
};

/** Throws UsageError. */
export function readOptions(args: readonly string[]): ScaleOptions | 'help' {
  const values = parse(args);
  if (values.help === true) return 'help';
  const untilComplete = values['until-complete'] === true;
  if (untilComplete && values.days !== undefined) {
    throw new UsageError('--days and --until-complete say different ends: name one of them.');
  }
  const number = (name: NumberName, otherwise: string | number, least = 1): number =>
    whole(values[name] ?? String(otherwise), `--${name}`, least);
  const developers = number('developers', DEFAULT_DEVELOPERS);
  return {
    developers,
    repositories: number('repositories', developers),
    pullRequests: number('pull-requests', developers * PULL_REQUESTS_A_DEVELOPER),
    eventsPerDay: number('events', developers * EVENTS_A_DEVELOPER, 0),
    viewsPerDay: number('views', developers, 0),
    requestsPerHour: number('requests-per-hour', limitOf(developers)),
    days: untilComplete ? null : number('days', DEFAULT_DAYS),
    seed: number('seed', DEFAULT_SEED),
    json: values.json ?? null,
  };
}

/** Requests an hour that Bitbucket allows a workspace of so many seats. */
export function limitOf(seats: number): number {
  const scaled = STANDARD_LIMIT + MORE_A_SEAT * Math.max(0, seats - STANDARD_SEATS);
  return Math.min(LARGEST_LIMIT, scaled);
}

function parse(args: readonly string[]): Values {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    developers: text,
    repositories: text,
    'pull-requests': text,
    events: text,
    views: text,
    'requests-per-hour': text,
    days: text,
    seed: text,
    json: text,
    'until-complete': flag,
    help: flag,
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError(`"${args.join(' ')}" cannot be read. See npm run scale -- --help.`);
  }
}

function whole(text: string, option: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least) return number;
  throw new UsageError(`${option} ${text}: write a whole number of at least ${least}.`);
}
