/** Puts faults between the app and its platform, as a seed says: storage, Bitbucket and queues that fail before or after. */
import type { Chance } from '../../local/demo/random';

interface Meta {
  readonly type: string;
  readonly remote?: string;
}
type ForgeFetch = (meta: Meta, target: string, init?: RequestInit) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

/** The probability of a fault in one call. */
export interface FaultRates {
  readonly storage: number;
  readonly bitbucket: number;
  readonly queue: number;
  /** That a query answers what it answered to the same question before. */
  readonly staleQuery: number;
}

export interface FaultyPlatform {
  /** Faults made so far, by kind. */
  readonly made: ReadonlyMap<string, number>;
  /** No more faults from here on, until `resume`. */
  pause(): void;
  resume(): void;
}

const DELETED = '/api/v1/batch/delete';
const READ_MANY = '/api/v1/batch/get';
const QUERIES = ['/api/v1/query', '/api/v1/entity/query'];

/** Begins to fail; whatever was connected before stands behind. */
export function failAtRandom(luck: Chance, rates: FaultRates): FaultyPlatform {
  const behind = globals.__forge_fetch__;
  if (behind === undefined) throw new Error('Start the app first.');
  const made = new Map<string, number>();
  const earlier = new Map<string, string>();
  let isPaused = false;
  const note = (kind: string): void => void made.set(kind, (made.get(kind) ?? 0) + 1);

  async function storage(meta: Meta, target: string, init: RequestInit | undefined): Promise<Response> {
    if (QUERIES.includes(target)) {
      const question = `${target} ${textOf(init)}`;
      const before = earlier.get(question);
      if (before !== undefined && luck.happens(rates.staleQuery)) {
        note('stale query');
        return json(200, before);
      }
      const answer = await call(meta, target, init);
      if (answer.ok) earlier.set(question, await answer.clone().text());
      return answer;
    }
    if (!luck.happens(rates.storage)) return call(meta, target, init);
    switch (luck.integer(1, 6)) {
      case 1:
        note('storage throttles');
        return json(429, '{"code":"RATE_LIMIT_EXCEEDED","message":"too many"}');
      case 2:
        note('storage fails');
        return json(luck.pick([500, 502, 503]), '{"code":"INTERNAL_SERVER_ERROR","message":"failed"}');
      case 3:
        note('storage does not answer');
        throw new TypeError('fetch failed');
      case 4:
        if (target === READ_MANY || target === DELETED) {
          note('storage does a part');
          return partly(meta, target, init);
        }
        break;
      default:
        break;
    }
    // Done, and nobody is told: the hardest of all.
    note('storage answer lost');
    await call(meta, target, init);
    if (luck.happens(0.5)) throw new TypeError('terminated');
    return json(500, '{"code":"INTERNAL_SERVER_ERROR","message":"failed"}');
  }

  /** A batch of which half is done: the rest is named as failed, as Forge does. */
  async function partly(meta: Meta, target: string, init: RequestInit | undefined): Promise<Response> {
    const all = JSON.parse(textOf(init)) as readonly { readonly options?: unknown }[];
    const half = Math.ceil(all.length / 2);
    if (half === all.length) return json(500, '{"code":"INTERNAL_SERVER_ERROR","message":"failed"}');
    const done = all.slice(0, half);
    const answer = await call(meta, target, { ...init, body: JSON.stringify(done) });
    const parsed = (await answer.json()) as { failedKeys?: readonly object[] };
    const failed = all.slice(half).map(({ options: _, ...item }) => ({
      ...item,
      error: { code: 'INTERNAL_SERVER_ERROR', message: 'failed' },
    }));
    return json(200, JSON.stringify({ ...parsed, failedKeys: [...(parsed.failedKeys ?? []), ...failed] }));
  }

  async function bitbucket(meta: Meta, target: string, init: RequestInit | undefined): Promise<Response> {
    if (!luck.happens(rates.bitbucket)) return call(meta, target, init);
    switch (luck.integer(1, 7)) {
      case 1:
        note('Bitbucket throttles');
        return new Response('slow down', { status: 429, headers: retryAfter(luck) });
      case 2:
        note('Bitbucket fails');
        return new Response('<html>', { status: luck.pick([500, 502, 503, 504, 408]) });
      case 3:
        note('Bitbucket answers a page');
        return new Response('<!doctype html><title>Bitbucket</title>', { status: 200 });
      case 4: {
        note('Bitbucket’s answer is cut off');
        const whole = await (await call(meta, target, init)).text();
        return json(200, whole.slice(0, Math.floor(whole.length / 2)));
      }
      case 5:
        note('Bitbucket does not answer');
        throw new TypeError('fetch failed');
      case 6: {
        const answer = await call(meta, target, init);
        const body = (await answer.clone().json()) as Record<string, unknown>;
        if (!answer.ok || !Array.isArray(body.values)) return answer;
        note('Bitbucket’s page is its own next');
        return json(200, JSON.stringify({ ...body, next: `https://api.bitbucket.org${target}` }));
      }
      default: {
        note('Bitbucket’s answer has a wrong type');
        const answer = await call(meta, target, init);
        const body = (await answer.clone().json()) as Record<string, unknown>;
        if (!answer.ok) return answer;
        return json(
          200,
          JSON.stringify('values' in body ? { ...body, values: null } : { ...body, id: null }),
        );
      }
    }
  }

  async function queue(meta: Meta, target: string, init: RequestInit | undefined): Promise<Response> {
    if (!luck.happens(rates.queue)) return call(meta, target, init);
    if (luck.happens(0.5)) {
      note('queue refuses');
      return json(luck.pick([429, 500, 503]), '{}');
    }
    note('queue answer lost');
    await call(meta, target, init);
    throw new TypeError('terminated');
  }

  const call: ForgeFetch = (meta, target, init) => behind(meta, target, init);
  globals.__forge_fetch__ = (meta, target, init) => {
    if (isPaused) return call(meta, target, init);
    if (meta.type === 'kvs') return storage(meta, target, init);
    return meta.remote === 'bitbucket' ? bitbucket(meta, target, init) : queue(meta, target, init);
  };
  return {
    made,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
  };
}

function textOf(init: RequestInit | undefined): string {
  return typeof init?.body === 'string' ? init.body : '';
}

function json(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}

function retryAfter(luck: Chance): Record<string, string> {
  return luck.happens(0.5) ? { 'retry-after': String(luck.integer(1, 120)) } : {};
}
