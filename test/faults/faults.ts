/** Every way in which storage, Bitbucket and queues fail: what each does instead of, or after, what was asked. */
import type { Chance } from '../../local/demo/random';

/** A request of the app to its platform. */
export interface Call {
  readonly target: string;
  readonly body: string;
  /** Does what is asked, with another body or target where one is given. */
  pass(change?: { readonly target?: string; readonly body?: string }): Promise<Response>;
}

/** One kind of fault. */
export interface Fault {
  readonly name: string;
  applies(call: Call): boolean;
  /** The answer in its place; `null` where the true answer holds nothing to spoil. Throws where none comes. */
  make(call: Call, luck: Chance): Promise<Response | null>;
}

const GET_MANY = '/api/v1/batch/get';
const DELETE_MANY = '/api/v1/batch/delete';
const TRANSACTION = '/api/v1/transaction';
const WRITES = /\/(set|delete|transaction)$/;

const FAILED = { code: 'INTERNAL_SERVER_ERROR', message: 'failed' } as const;
const always = (): boolean => true;

export const STORAGE_FAULTS: readonly Fault[] = [
  {
    name: 'storage throttles',
    applies: always,
    make: () => answered(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'too many' }),
  },
  {
    name: 'storage fails',
    applies: always,
    make: (_, luck) => answered(luck.pick([500, 502, 503]), FAILED),
  },
  { name: 'storage does not answer', applies: always, make: () => Promise.reject(new TypeError('failed')) },
  {
    // Done, and nobody is told: the hardest of all.
    name: 'storage answer lost',
    applies: ({ target }) => WRITES.test(target),
    make: async (call, luck) => {
      await call.pass();
      if (luck.happens(0.5)) throw new TypeError('terminated');
      return answered(500, FAILED);
    },
  },
  {
    name: 'storage does a part',
    applies: ({ target, body }) =>
      (target === GET_MANY || target === DELETE_MANY) && itemsIn(body).length > 1,
    make: partOf,
  },
  {
    name: 'storage tells of a conflict',
    applies: ({ target, body }) => target === TRANSACTION && body.includes('"conditions"'),
    make: () => answered(400, { code: 'CONDITIONAL_CHECK_FAILED', message: 'somebody wrote' }),
  },
];

/** A batch of which half is done: the rest is named as failed, as Forge does. */
async function partOf(call: Call): Promise<Response> {
  const items = itemsIn(call.body);
  const half = Math.ceil(items.length / 2);
  const done = await call.pass({ body: JSON.stringify(items.slice(0, half)) });
  const { failedKeys = [], ...rest } = (await done.json()) as { readonly failedKeys?: readonly object[] };
  const failed = items.slice(half).map(({ options: _, ...item }) => ({ ...item, error: FAILED }));
  return answered(200, { ...rest, failedKeys: [...failedKeys, ...failed] });
}

function itemsIn(body: string): readonly { readonly options?: unknown }[] {
  return JSON.parse(body) as readonly { readonly options?: unknown }[];
}

/** Bitbucket's words for how long to wait, sensible or not. */
const RETRY_AFTER = ['1', '30', '120', '1e99', '-5', 'soon', '', 'Wed, 21 Oct 2015 07:28:00 GMT', 'NaN', '0'];

const OF_ONE_PULL_REQUEST = /\/pullrequests\/\d+(\?|$)/;

/**
 * Where one of these is gone, not shown or without an end, the app believes it until the next reading: that is looked at
 * in `bitbucket-data.test.ts`.
 */
const A_LIST_OF_ONE = /\/pullrequests\/\d+\//;

/** The parameter that makes a link of a chain that never ends. */
const ENDLESS = 'endless';

export const BITBUCKET_FAULTS: readonly Fault[] = [
  {
    name: 'Bitbucket throttles',
    applies: always,
    make: (_, luck) => {
      const headers = luck.happens(0.7) ? { 'retry-after': luck.pick(RETRY_AFTER) } : {};
      return Promise.resolve(new Response('slow down', { status: 429, headers }));
    },
  },
  {
    name: 'Bitbucket fails',
    applies: always,
    make: (_, luck) =>
      Promise.resolve(new Response('<html>', { status: luck.pick([500, 502, 503, 504, 408]) })),
  },
  {
    name: 'Bitbucket answers a page of HTML',
    applies: always,
    make: () => Promise.resolve(new Response('<!doctype html><title>Bitbucket</title>', { status: 200 })),
  },
  {
    name: 'Bitbucket’s answer is cut off',
    applies: always,
    make: async (call) => {
      const whole = await (await call.pass()).text();
      return new Response(whole.slice(0, Math.floor(whole.length / 2)), { status: 200 });
    },
  },
  {
    name: 'Bitbucket does not answer',
    applies: always,
    make: () => Promise.reject(new TypeError('fetch failed')),
  },
  {
    name: 'Bitbucket does not know a pull request',
    applies: ({ target }) => OF_ONE_PULL_REQUEST.test(target),
    make: () => answered(404, { type: 'error' }),
  },
  {
    name: 'Bitbucket forbids',
    applies: ({ target }) => !A_LIST_OF_ONE.test(target),
    make: () => answered(403, { type: 'error' }),
  },
  {
    name: 'Bitbucket’s page is its own next',
    applies: always,
    make: (call) => spoiled(call, (body) => (isPage(body) ? { ...body, next: linkTo(call.target) } : null)),
  },
  {
    name: 'Bitbucket’s pages go on and on',
    applies: ({ target }) => !A_LIST_OF_ONE.test(target),
    make: (call) =>
      spoiled(call, (body) => (isPage(body) ? { ...body, next: linkTo(endlessTarget(call.target)) } : null)),
  },
  {
    name: 'Bitbucket’s answer has a wrong type',
    applies: always,
    make: (call) =>
      spoiled(call, (body) =>
        'values' in body ? { ...body, values: null } : { ...body, id: null, uuid: 7 },
      ),
  },
];

export const QUEUE_FAULTS: readonly Fault[] = [
  { name: 'queue refuses', applies: always, make: (_, luck) => answered(luck.pick([429, 500, 503]), {}) },
  {
    name: 'queue answer lost',
    applies: always,
    make: async (call) => {
      await call.pass();
      throw new TypeError('terminated');
    },
  },
];

/** Whether a link of a chain that never ends is followed: nobody but a broken Bitbucket knows it. */
export function isEndless(target: string): boolean {
  return new URL(linkTo(target)).searchParams.has(ENDLESS);
}

/** The page that an endless chain's link shows, again with a next one. */
export async function endlessPage(call: Call): Promise<Response> {
  const url = new URL(linkTo(call.target));
  url.searchParams.delete(ENDLESS);
  const first = { ...call, pass: () => call.pass({ target: `${url.pathname}${url.search}` }) };
  const page = await spoiled(first, (body) => ({ ...body, next: linkTo(endlessTarget(call.target)) }));
  return page ?? new Response('', { status: 500 });
}

function endlessTarget(target: string): string {
  const url = new URL(linkTo(target));
  url.searchParams.set(ENDLESS, String(Number(url.searchParams.get(ENDLESS) ?? 0) + 1));
  return `${url.pathname}${url.search}`;
}

function linkTo(target: string): string {
  return `https://api.bitbucket.org${target}`;
}

type Body = Readonly<Record<string, unknown>>;

function isPage(body: Body): boolean {
  return Array.isArray(body.values) && body.values.length > 0;
}

async function spoiled(call: Call, spoil: (body: Body) => Body | null): Promise<Response | null> {
  const answer = await call.pass();
  if (!answer.ok) return null;
  const spoilt = spoil((await answer.clone().json()) as Body);
  return spoilt === null ? null : answered(200, spoilt);
}

function answered(status: number, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
}
