/** Starts hosts of the fixture app for tests: on a virtual clock, with a tiny Bitbucket and a tiny outside. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { buildFunctions } from '../build-functions';
import { virtualClock, type VirtualClock } from '../clock';
import { createForgeHost } from '../host';
import type { ForgeHost, ForgeHostOptions } from '../host-api';

export const FIXTURE_APP = path.join(__dirname, 'fixture-app');

/** The first instant of every fixture host. */
export const START = Date.parse('2020-02-03T04:05:06.789Z');

export const WORKSPACE = { uuid: '{4c16a397-8e48-479c-8ca2-442e46c90570}', slug: 'acme' };
export const REPOSITORY = { uuid: '{15a31549-1cff-45dc-9d0d-310114c5038b}' };

/** One request that a tiny server saw. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server on the loopback interface that answers what the test tells it to. */
export interface TinyServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Assign to answer differently. */
  answer: (request: SeenRequest) => TinyAnswer;
  close(): Promise<void>;
}

export interface TinyAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function startTinyServer(answer: (request: SeenRequest) => TinyAnswer): Promise<TinyServer> {
  const seen: SeenRequest[] = [];
  const server: Server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers };
    seen.push(one);
    const { status = 200, headers: sent = {}, body = '' } = tiny.answer(one);
    response.writeHead(status, { ...sent }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The tiny server has no port.');
  const tiny: TinyServer = {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return tiny;
}

/** A folder that is removed with the fixture. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'forge-host-'));
}

let bundle: Promise<string> | undefined;

/** The bundle of the fixture app, built once for a test file. */
export function fixtureBundle(): Promise<string> {
  bundle ??= (async () => {
    const outputDirectory = temporaryFolder();
    await buildFunctions({ appDirectory: FIXTURE_APP, outputDirectory });
    return outputDirectory;
  })();
  return bundle;
}

/** A running fixture. */
export interface Fixture {
  readonly host: ForgeHost;
  readonly clock: VirtualClock;
  readonly bitbucket: TinyServer;
  readonly outside: TinyServer;
  /** Calls a definition of the fixture's resolver as a user. */
  ask(functionKey: string, payload?: unknown, accountId?: string): Promise<unknown>;
  /** The value of a key, as the store holds it. */
  stored(key: string): unknown;
  close(): Promise<void>;
}

/** Starts the fixture app; `options` replace the defaults. */
export async function startFixture(options: Partial<ForgeHostOptions> = {}): Promise<Fixture> {
  const bitbucket = await startTinyServer(() => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'api' }),
  }));
  const outside = await startTinyServer(() => ({ body: 'outside' }));
  const clock = virtualClock(START);
  const host = await createForgeHost({
    appDirectory: FIXTURE_APP,
    bundleDirectory: await fixtureBundle(),
    databaseFile: ':memory:',
    bitbucketUrl: bitbucket.url,
    workspace: WORKSPACE,
    clock,
    environment: { OUTSIDE: outside.url },
    ...options,
  });
  return {
    host,
    clock,
    bitbucket,
    outside,
    ask: (functionKey, payload = {}, accountId = 'account-1') =>
      host.resolve({ moduleKey: 'page', functionKey, payload, extension: {}, accountId }),
    stored: (key) => host.store.dump().find((row) => row.key === key)?.value,
    async close() {
      await host.close();
      await bitbucket.close();
      await outside.close();
    },
  };
}

/** Removes what `fixtureBundle` built. */
export async function removeFixtureBundle(): Promise<void> {
  if (bundle !== undefined) rmSync(await bundle, { recursive: true, force: true });
  bundle = undefined;
}

/** Waits for something that another process does, in real time. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited 30 seconds in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
