/** Runs the app's functions in the test's own process: real SDKs, the local store, a Bitbucket stand-in, a plain queue. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import YAML from 'yaml';
import { z } from 'zod';
import { startBitbucket, type Bitbucket } from '../local/bitbucket/server';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import type { Licence } from '../local/forge/host-api';
import { AccountReports } from '../local/forge/account-reports';
import type { PlatformAnswer } from '../local/forge/http-answers';
import { onEvent, onLifecycle } from '../src/events/functions';
import { openAppStore, type AppStore } from '../src/storage/testing';
import { live, tick, work } from '../src/sync/functions';

/** A message as the app pushed it. */
export interface QueuedMessage {
  readonly queue: string;
  readonly body: Record<string, unknown>;
  readonly delayInSeconds?: number;
  readonly concurrency?: { readonly key: string; readonly limit: number };
}

export interface InProcessApp {
  readonly app: AppStore;
  readonly bitbucket: Bitbucket;
  /** What Atlassian knows of accounts. */
  readonly accounts: AccountReports;
  /** Pushed and not yet delivered. */
  readonly queue: QueuedMessage[];
  /** Delivers a product event as Forge does. */
  emit(payload: object): Promise<unknown>;
  install(): Promise<unknown>;
  /** Tells it of a new major version. */
  upgrade(): Promise<unknown>;
  /** Delivers queued messages, and those that they push, until none is left; returns what the functions answered. */
  drain(): Promise<readonly unknown[]>;
  /** The five-minute schedule. */
  tick(): Promise<void>;
  /** From now on Forge says this of the app's licence. */
  setLicence(licence: Licence): void;
  /** Requests to storage, queue and Bitbucket so far. */
  readonly calls: number;
  /**
   * The process dies with so many more calls: the last of them is done, but its answer and every later call is lost,
   * until `revive`.
   */
  killAfter(calls: number): void;
  revive(): void;
  close(): Promise<void>;
}

/** Who looks at the screens. */
export const VIEWER_ACCOUNT = 'account-viewer';

/** What Forge tells a resolver of the viewer, beside the call. */
export const AS_VIEWER = { principal: { accountId: VIEWER_ACCOUNT } } as const;

export interface InProcessOptions {
  /** Replaces the manifest's scopes. */
  readonly granted?: readonly string[];
  /** Bitbucket's limit; a million where a test is not about it. */
  readonly requestsPerHour?: number;
  /** Whether somebody administers a repository; everybody does where it is absent. */
  readonly administers?: (account: string, repositoryUuid: string) => boolean;
  /** Whether somebody may read a repository; everybody may where it is absent. */
  readonly mayRead?: (account: string, repositoryUuid: string) => boolean;
  /** What Forge says of the app's licence from the beginning; nothing where it is absent. */
  readonly licence?: Licence;
}

/** What a call of a killed process ends in. */
export class Killed extends Error {}

/** Runs to the end, or to a kill. */
export async function ignoringTheKill(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!wasKilled(error)) throw error;
  }
}

/** The app names every failure of a call; the kill is the cause of some. */
function wasKilled(error: unknown): boolean {
  if (error instanceof Killed) return true;
  return error instanceof Error && wasKilled(error.cause);
}

const publication = z.object({
  queueName: z.string(),
  payload: z.array(
    z.object({
      body: z.record(z.string(), z.unknown()),
      delayInSeconds: z.number().optional(),
      concurrency: z.object({ key: z.string(), limit: z.number() }).optional(),
    }),
  ),
});

const manifest = z.object({ permissions: z.object({ scopes: z.array(z.string()) }) });

type ForgeFetch = (
  meta: { readonly type: string; readonly provider?: string; readonly remote?: string },
  target: string,
  init?: RequestInit,
) => Promise<Response>;

/** Starts everything. Call `close` at the end. */
export async function startInProcessApp(
  source: WorkspaceSource,
  {
    granted = manifestScopes(),
    requestsPerHour = 1_000_000,
    administers,
    mayRead,
    licence,
  }: InProcessOptions = {},
): Promise<InProcessApp> {
  const globals = globalThis as { __forge_runtime__?: unknown; __forge_fetch__?: ForgeFetch };
  const queue: QueuedMessage[] = [];
  const clock = { now: (): number => Date.now() };
  const accounts = new AccountReports();
  const bitbucket = await startBitbucket({
    source,
    clock,
    requestsPerHour,
    ...(administers === undefined ? {} : { administers }),
    ...(mayRead === undefined ? {} : { mayRead }),
  });
  const headersFor = (as: 'app' | 'user'): Record<string, string> => ({
    'x-forge-as': as,
    'x-forge-scopes': granted.join(' '),
    ...(as === 'user' ? { 'x-forge-account': VIEWER_ACCOUNT } : {}),
  });
  globals.__forge_runtime__ = {
    kvs: undefined,
    appContext: { invocationId: 'test', environmentId: 'test', appId: 'test' },
    lambdaContext: { getRemainingTimeInMillis: () => 900_000 },
    contextAri: '',
  };
  globals.__forge_fetch__ = (meta, target, init) => {
    if (meta.remote === 'bitbucket') {
      return fetch(`${bitbucket.url}${target}`, {
        ...init,
        headers: new Headers([
          ...new Headers(init?.headers),
          ...Object.entries(headersFor(meta.provider === 'user' ? 'user' : 'app')),
        ]),
      });
    }
    const body = typeof init?.body === 'string' ? init.body : '';
    if (target === '/app/report-accounts')
      return Promise.resolve(toResponse(accounts.answer(JSON.parse(body))));
    if (!target.startsWith('/webhook/queue/publish/')) throw new Error(`${target} is not modelled here.`);
    const { queueName, payload } = publication.parse(JSON.parse(body));
    queue.push(...payload.map((each) => ({ queue: queueName, ...each }) as QueuedMessage));
    return Promise.resolve(new Response('{}', { status: 201 }));
  };
  const app = openAppStore();
  let calls = 0;
  let lastCall = Number.POSITIVE_INFINITY;
  const connected = globals.__forge_fetch__;
  globals.__forge_fetch__ = async (...call) => {
    if (calls >= lastCall) throw new Killed('the process is dead');
    calls += 1;
    const answer = await connected(...call);
    if (calls >= lastCall) throw new Killed('the process died');
    return answer;
  };
  const consumers = { live, work } as const;
  let license = licenseOf(licence);
  const context = (): object => ({
    installContext: `ari:cloud:bitbucket::workspace/${source.workspace.uuid}`,
    ...license,
  });

  async function drain(): Promise<readonly unknown[]> {
    const outcomes: unknown[] = [];
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      const consume = message.queue === 'live' ? consumers.live : consumers.work;
      jobs += 1;
      const job = `job-${jobs}`;
      outcomes.push(
        await consume({ body: message.body, queueName: message.queue, jobId: job, eventId: job }),
      );
    }
    return outcomes;
  }
  let jobs = 0;

  return {
    app,
    bitbucket,
    accounts,
    queue,
    emit: (payload) => onEvent(payload),
    install: () => onLifecycle({ eventType: 'avi:forge:installed:app' }, context()),
    upgrade: () => onLifecycle({ eventType: 'avi:forge:upgraded:app' }, context()),
    drain,
    tick: () => tick({}, context()),
    setLicence: (state) => {
      license = licenseOf(state);
    },
    get calls() {
      return calls;
    },
    killAfter: (more) => {
      lastCall = calls + more;
    },
    revive: () => {
      lastCall = Number.POSITIVE_INFINITY;
    },
    close: async () => {
      app.close();
      delete globals.__forge_runtime__;
      delete globals.__forge_fetch__;
      await bitbucket.close();
    },
  };
}

function toResponse({ status, headers, body }: PlatformAnswer): Response {
  return new Response(body === undefined ? null : body.toString(), { status, headers: { ...headers } });
}

function licenseOf(licence: Licence | undefined): object {
  return licence === undefined ? {} : { license: { isActive: licence === 'active' } };
}

let scopes: readonly string[] | null = null;

/** Read once: some suites start hundreds of apps. */
function manifestScopes(): readonly string[] {
  scopes ??= manifest.parse(YAML.parse(readFileSync(path.resolve(__dirname, '../manifest.yml'), 'utf8')))
    .permissions.scopes;
  return scopes;
}
