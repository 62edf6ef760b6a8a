import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startLiveBitbucket, type LiveBitbucket } from '../../test/live-bitbucket';
import {
  openPullRequest,
  person,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import type { JsonObject } from '../bitbucket/workspace-source';
import { LiveClient } from './live-client';
import { takeCredentials } from './live-credentials';
import { LivePolling, pollingInterval } from './live-polling';

const TOKEN = 'a-token-of-the-test';
const STARTED = Date.parse('2026-11-20T12:00:00Z');

let folder: string;
let source: SmallWorkspace;
let bitbucket: LiveBitbucket;
let emitted: { eventType: string; payload: Readonly<Record<string, unknown>> }[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-polling-'));
  emitted = [];
  source = smallWorkspace([
    openPullRequest(1, 'ann', '2026-11-01T10:00:00Z'),
    openPullRequest(2, 'ben', '2026-11-02T10:00:00Z'),
  ]);
  bitbucket = await startLiveBitbucket({ source, authorization: `Bearer ${TOKEN}` });
});
afterEach(async () => {
  await bitbucket.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Wanted {
  readonly everySeconds?: number;
  readonly said?: string[];
  readonly client?: LiveClient;
}

function newClient(): LiveClient {
  return new LiveClient(takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: bitbucket.url }));
}

function polling(options: Wanted = {}): LivePolling {
  return new LivePolling({
    client: options.client ?? newClient(),
    host: {
      emit: (eventType, payload) => {
        emitted.push({ eventType, payload });
        return Promise.resolve([]);
      },
    },
    place: { workspace: { uuid: WORKSPACE_UUID, slug: 'small' }, repository: null },
    repositories: [{ uuid: REPOSITORY_UUID, slug: 'shop', name: 'shop' }],
    file: path.join(folder, 'polling.json'),
    startedAt: STARTED,
    everySeconds: options.everySeconds ?? null,
    say: (line) => options.said?.push(line),
  });
}

/** Goes on fast, which a client only does that knows of a large limit. */
async function fastPolling(said: string[]): Promise<LivePolling> {
  const client = newClient();
  bitbucket.instead = () => ({ headers: { 'x-ratelimit-limit': '1000000000' } });
  await client.get('/2.0/repositories/small');
  return polling({ client, said, everySeconds: 0.02 });
}

function approve(id: number, at: string): void {
  source.pullRequests.get(id)?.activity.unshift({
    pull_request: { type: 'pullrequest', id },
    approval: { date: at, user: person('cleo') },
  });
  source.revision += 1;
}

function pipeline(createdOn: string, completedOn: string): JsonObject {
  return {
    uuid: '{p1}',
    build_number: 7,
    created_on: createdOn,
    completed_on: completedOn,
    state: { name: 'COMPLETED', result: { name: 'FAILED' } },
    target: { commit: { hash: 'aaaaaaaaaaaa' } },
  };
}

function deployment(startedOn: string, completedOn: string): JsonObject {
  return {
    uuid: '{d0000000-0000-4000-8000-000000000001}',
    environment: { uuid: '{e1}', environment_type: { name: 'Production' } },
    state: {
      name: 'COMPLETED',
      status: { name: 'SUCCESSFUL' },
      started_on: startedOn,
      completed_on: completedOn,
    },
  };
}

it('asks each question once and sends nothing where nothing happened since the start', async () => {
  source.pipelines.push(pipeline('2026-11-19T12:30:00Z', '2026-11-19T12:40:00Z'));
  source.deployments.push(deployment('2026-11-19T12:41:00Z', '2026-11-19T12:45:00Z'));
  source.revision += 1;
  expect(await polling().lookAtAll()).toBe(0);
  expect(emitted).toEqual([]);
  expect(bitbucket.arrived).toHaveLength(3);
});

it('sends an event for each pull request on which something happened, once', async () => {
  approve(1, '2026-11-20T13:00:00Z');
  approve(1, '2026-11-20T13:30:00Z');
  const first = polling();
  expect(await first.lookAtAll()).toBe(1);
  expect(emitted).toEqual([
    {
      eventType: 'avi:bitbucket:updated:pullrequest',
      payload: {
        pullrequest: { id: 1, state: 'OPEN' },
        timestamp: '2026-11-20T13:30:00.000Z',
        repository: { uuid: REPOSITORY_UUID },
        workspace: { uuid: WORKSPACE_UUID },
      },
    },
  ]);
  expect(await first.lookAtAll()).toBe(0);
  approve(2, '2026-11-20T13:29:00Z');
  // A little before the newest that was seen: Bitbucket's list lagged behind.
  expect(await first.lookAtAll()).toBe(1);
});

it('goes on in the next run where the last one ended, and from the start where its file is damaged', async () => {
  approve(1, '2026-11-20T13:00:00Z');
  await polling().lookAtAll();
  approve(2, '2026-11-20T14:00:00Z');
  await polling().lookAtAll();
  // The newest of the run before lies within the overlap: the app is told once more, which changes nothing.
  expect(emitted.map(({ payload }) => payload.pullrequest)).toEqual(
    [1, 2, 1].map((id) => ({ id, state: 'OPEN' })),
  );
  expect(readFileSync(path.join(folder, 'polling.json'), 'utf8')).not.toContain(TOKEN);
  writeFileSync(path.join(folder, 'polling.json'), '{"');
  expect(await polling().lookAtAll()).toBe(2);
});

it('reads older pages of the log until it knows what is there', async () => {
  const manyAt = (minute: number): string => new Date(STARTED + minute * 60_000).toISOString();
  for (let minute = 1; minute <= 120; minute += 1) approve(1 + (minute % 2), manyAt(minute));
  await polling().lookAtAll();
  const asked = bitbucket.arrived.filter(({ path }) => path.includes('/pullrequests/activity'));
  expect(asked).toHaveLength(3);
});

it('tells of pipelines and deployments with the events that Bitbucket has for them', async () => {
  source.pipelines.push(pipeline('2026-11-20T12:30:00Z', '2026-11-20T12:40:00Z'));
  source.deployments.push(deployment('2026-11-20T12:41:00Z', '2026-11-20T12:45:00Z'));
  source.revision += 1;
  expect(await polling().lookAtAll()).toBe(2);
  expect(emitted).toMatchObject([
    {
      eventType: 'avi:bitbucket:updated:build-status',
      payload: { timestamp: '2026-11-20T12:40:00.000Z', buildStatus: { commit: { hash: 'aaaaaaaaaaaa' } } },
    },
    {
      eventType: 'avi:bitbucket:completed:deployment',
      payload: {
        timestamp: '2026-11-20T12:45:00.000Z',
        deployment: {
          uuid: 'd0000000-0000-4000-8000-000000000001',
          state: 'COMPLETED',
          status: 'SUCCESSFUL',
        },
        environment: { uuid: 'e1', type: 'PRODUCTION' },
      },
    },
  ]);
});

it('asks one question at a time while it goes on, and no other after a refusal of pipelines', async () => {
  bitbucket.scopes = bitbucket.scopes.filter((scope) => scope !== 'read:pipeline:bitbucket');
  const said: string[] = [];
  const going = await fastPolling(said);
  going.start();
  while (bitbucket.arrived.length < 13) await new Promise((resolve) => setTimeout(resolve, 10));
  going.close();
  const endpoints = bitbucket.arrived.map(
    ({ path: asked }) => /\/(activity|pipelines|deployments)\?/.exec(asked)?.[1],
  );
  expect(endpoints.slice(1, 5)).toEqual(['activity', 'pipelines', 'activity', 'deployments']);
  expect(endpoints.slice(5, 13)).toEqual(Array.from({ length: 8 }, () => 'activity'));
  expect(said).toEqual([]);
});

it('says why it could not ask, leaves the app the rest of the hour after a 429, and asks again otherwise', async () => {
  const said: string[] = [];
  const going = await fastPolling(said);
  bitbucket.instead = () => ({ status: 503, headers: {}, body: '' });
  going.start();
  while (bitbucket.arrived.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  bitbucket.instead = () => ({ status: 429, headers: {}, body: '' });
  while (!said.some((line) => line.includes('no more requests'))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const asked = bitbucket.arrived.length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  going.close();
  expect(bitbucket.arrived).toHaveLength(asked);
  expect(said[0]).toMatch(
    /shop could not be asked for what is new: Bitbucket answered activity of shop with status 503/,
  );
});

it('sends nothing more once it is closed, and leaves what it did not send to the next run', async () => {
  approve(1, '2026-11-20T13:00:00Z');
  approve(2, '2026-11-20T14:00:00Z');
  const closed = polling();
  closed.close();
  expect(await closed.lookAtAll()).toBe(0);
  expect(emitted).toEqual([]);
  expect(await polling().lookAtAll()).toBe(2);
});

describe('the interval', () => {
  it.each([
    [1, 1_000, null, 60],
    [10, 1_000, null, 360],
    [200, 1_000, null, 7_200],
    [10, 10_000, null, 60],
    [1, 1_000, 5, 36],
    [1, 1_000, 900, 900],
  ])('%d repositories at %d requests an hour, %p wanted: %d s', (repositories, limit, wanted, seconds) => {
    expect(pollingInterval(repositories, limit, wanted)).toBe(seconds);
  });
});
