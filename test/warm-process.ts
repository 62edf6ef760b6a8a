/** One warm process that serves several workspaces at once, as Forge's does, and goes from one to another at every call. */
import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { chance, type Chance } from '../local/demo/random';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import { startInProcessApp, type InProcessApp, type InProcessOptions } from './in-process-app';
import { timeline, type Timeline } from './passing-time';

/** Something that left the app in an invocation. */
export interface Said {
  readonly to: 'store' | 'queue' | 'accounts' | 'bitbucket' | 'log';
  readonly text: string;
}

/** One workspace of the process: store, queue, Bitbucket and time of its own. */
export interface Tenant {
  readonly forge: InProcessApp;
  readonly time: Timeline;
  /** Everything that its invocations said, in their order. */
  readonly said: readonly Said[];
  /** Runs a function of the app as Forge does for this workspace. */
  invoke<T>(run: () => Promise<T>): Promise<T>;
  /** Waits until every workspace has come so far, so that they do the same at once. */
  meet(): Promise<void>;
}

export interface WarmProcess {
  readonly tenants: readonly Tenant[];
  /** What was asked for outside every invocation, or after its end: Forge would freeze it, and wake it in another. */
  readonly strays: readonly string[];
  /** How often the process went on with another workspace than before. */
  readonly switches: number;
  /** Runs a life in every workspace, all at once. */
  run(life: (tenant: Tenant, place: number) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** What a workspace of the process has, and when its time begins, in milliseconds. */
export interface TenantOptions extends InProcessOptions {
  readonly source: WorkspaceSource;
  readonly begins: number;
}

type ForgeFetch = (
  meta: { readonly type: string; readonly remote?: string },
  target: string,
  init?: RequestInit,
) => Promise<Response>;

interface ForgeGlobals {
  __forge_runtime__?: unknown;
  __forge_fetch__?: ForgeFetch;
}

/** What Forge's runtime keeps for each invocation. */
interface Invocation {
  readonly tenant: TenantState;
  over: boolean;
}

interface TenantState {
  readonly place: number;
  readonly fetch: ForgeFetch;
  readonly runtime: object;
  readonly said: Said[];
  readonly nextUuid: () => ReturnType<typeof crypto.randomUUID>;
  readonly now: () => number;
}

const CONSOLE = ['debug', 'info', 'log', 'warn', 'error'] as const;

/**
 * Starts the workspaces in this process. Each call of the platform waits for its turn, before it is made and before its
 * answer is given, and `seed` says whose turn it is. Clock and random ids are those of the invocation's workspace, so
 * that whoever lives alone and whoever lives among others have the same. Call `close` at the end.
 */
export async function startWarmProcess(
  seed: number,
  options: readonly TenantOptions[],
): Promise<WarmProcess> {
  const globals = globalThis as ForgeGlobals;
  const invocations = new AsyncLocalStorage<Invocation>();
  const turns = new Turns(chance(seed));
  const strays: string[] = [];
  const tenants: Tenant[] = [];
  const arrived: (() => void)[] = [];
  const meet = (): Promise<void> =>
    new Promise((go) => {
      arrived.push(go);
      if (arrived.length < tenants.length) return;
      for (const each of arrived.splice(0)) each();
    });
  for (const [place, each] of options.entries()) {
    tenants.push({ ...(await startTenant(invocations, place, each)), meet });
  }

  function current(what: string): Invocation {
    const invocation = invocations.getStore();
    if (invocation !== undefined && !invocation.over) return invocation;
    strays.push(what);
    throw new Error(`${what} was asked for outside an invocation.`);
  }

  Object.defineProperty(globals, '__forge_runtime__', {
    configurable: true,
    get: () => invocations.getStore()?.tenant.runtime,
  });
  globals.__forge_fetch__ = async (meta, target, init) => {
    const { tenant } = current(target);
    const body = typeof init?.body === 'string' ? init.body : '';
    tenant.said.push({ to: receiverOf(meta, target), text: `${target} ${body}` });
    await turns.take(tenant.place);
    const answer = await turns.whole(async () => inMemory(await tenant.fetch(meta, target, init)));
    await turns.take(tenant.place);
    return answer;
  };
  const realNow = Date.now.bind(Date);
  const realUuid = crypto.randomUUID.bind(crypto);
  const spies = [
    jest.spyOn(Date, 'now').mockImplementation(() => (invocations.getStore()?.tenant.now ?? realNow)()),
    jest
      .spyOn(crypto, 'randomUUID')
      .mockImplementation(() => (invocations.getStore()?.tenant.nextUuid ?? realUuid)()),
    ...CONSOLE.map((method) =>
      jest.spyOn(console, method).mockImplementation((...words: unknown[]) => {
        const text = words.map((word) => (word instanceof Error ? word.stack : String(word))).join(' ');
        current(text).tenant.said.push({ to: 'log', text });
      }),
    ),
  ];

  return {
    tenants,
    strays,
    get switches() {
      return turns.switches;
    },
    run: (life) => turns.until(Promise.all(tenants.map(life))),
    close: async () => {
      for (const spy of spies) spy.mockRestore();
      delete globals.__forge_runtime__;
      delete globals.__forge_fetch__;
      for (const { forge } of tenants) await forge.close();
    },
  };
}

async function startTenant(
  invocations: AsyncLocalStorage<Invocation>,
  place: number,
  { source, begins, ...options }: TenantOptions,
): Promise<Omit<Tenant, 'meet'>> {
  const globals = globalThis as ForgeGlobals;
  const forge = await startInProcessApp(source, options);
  const { __forge_fetch__: fetch, __forge_runtime__: runtime } = globals;
  if (fetch === undefined || typeof runtime !== 'object') throw new Error('The app is not connected.');
  const said: Said[] = [];
  const time = timeline(forge, begins, invoke);
  let uuids = 0;
  const state: TenantState = {
    place,
    fetch,
    runtime: { ...runtime, contextAri: `ari:cloud:bitbucket::workspace/${source.workspace.uuid}` },
    said,
    now: () => time.now,
    nextUuid: () => {
      uuids += 1;
      return `00000000-0000-4000-8000-${String(uuids).padStart(12, '0')}`;
    },
  };
  function invoke<T>(run: () => Promise<T>): Promise<T> {
    const invocation: Invocation = { tenant: state, over: false };
    forge.app.clock.time = time.now;
    return invocations.run(invocation, async () => {
      try {
        return await run();
      } finally {
        invocation.over = true;
      }
    });
  }
  return { forge, time, said, invoke };
}

function receiverOf(meta: { readonly type: string; readonly remote?: string }, target: string): Said['to'] {
  if (meta.type === 'kvs') return 'store';
  if (meta.remote === 'bitbucket') return 'bitbucket';
  return target === '/app/report-accounts' ? 'accounts' : 'queue';
}

/** The whole answer, so that nothing of it comes at a time that the seed did not say. */
async function inMemory(answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const body = await answer.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, { status, headers });
}

/** Whose turn it is: one goes on as far as it can before another does. */
class Turns {
  private readonly waiting: { readonly place: number; readonly go: () => void }[] = [];
  private call: Promise<unknown> | null = null;
  private last = -1;
  switches = 0;

  constructor(private readonly luck: Chance) {}

  /** Waits for a turn. */
  take(place: number): Promise<void> {
    return new Promise((go) => this.waiting.push({ place, go }));
  }

  /** Nobody gets a turn while this goes on. */
  async whole<T>(run: () => Promise<T>): Promise<T> {
    const call = run();
    this.call = call;
    try {
      return await call;
    } finally {
      this.call = null;
    }
  }

  /** Gives turns until the lives are over. */
  async until(lives: Promise<unknown>): Promise<void> {
    const ends = { over: false };
    const end = (): void => {
      ends.over = true;
    };
    lives.then(end, end);
    while (!ends.over) {
      // By then whoever had the turn has come to its next call.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.call === null) this.give();
      else await this.call.catch(() => undefined);
    }
    await lives;
  }

  private give(): void {
    if (this.waiting.length === 0) return;
    const [next] = this.waiting.splice(this.luck.integer(0, this.waiting.length - 1), 1);
    if (next === undefined) return;
    if (next.place !== this.last) this.switches += 1;
    this.last = next.place;
    next.go();
  }
}
