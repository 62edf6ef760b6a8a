/** What looks at a workspace of 5,000 repositories read and answer, within what Forge and Bitbucket give. */
import { auditWrite, WORKSPACE_SCOPE } from '../src/storage/audit';
import { transact } from '../src/storage/forge-storage';
import type { StoreUsage } from '../local/forge/store/rates';
import type { Answer, ResolverFunction } from '../src/views/contract';
import type { AuditReport } from '../src/views/reports/settings-report';
import type { WorkspaceReport } from '../src/views/reports/workspace-report';
import { resolve } from '../src/views/resolver';
import { startInProcessApp, type InProcessApp } from './in-process-app';
import { pullRequestsBefore, storeRepositories, type ImportStage } from './large-workspace';
import { manyRepositories, startViewers, uuidOf, type Viewers } from './many-repositories';
import { WORKSPACE_UUID } from './small-workspace';

const COUNT = 5_000;

const NOW = Date.UTC(2026, 9, 31);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Forge refuses an answer of more. */
const MOST_BYTES = 5_000_000;

/** Forge reads so many units of 10 KB a minute for all viewers of an installation. */
const UNITS_A_MINUTE = 4_000;

const TIMEOUT = 60_000;

let now = NOW;
let clock: jest.SpyInstance;
let forge: InProcessApp;
let viewers: Viewers;

async function start(stage: ImportStage): Promise<void> {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  forge = await startInProcessApp(manyRepositories(1, () => pullRequestsBefore(NOW)));
  await forge.install();
  await forge.drain();
  viewers = await startViewers(manyRepositories(COUNT));
  await storeRepositories(forge, { count: COUNT, stage, now });
}

async function end(): Promise<void> {
  clock.mockRestore();
  await viewers.close();
  await forge.close();
}

/** What one look cost. */
interface Cost {
  readonly requests: number;
  readonly units: number;
  /** Requests to Bitbucket as the viewer. */
  readonly asked: number;
}

interface Look<Data> {
  readonly data: Data;
  readonly cost: Cost;
}

async function ask<Data extends object>(
  functionKey: ResolverFunction,
  payload: object = {},
  extension: object = { workspace: { uuid: WORKSPACE_UUID } },
): Promise<Look<Data>> {
  const before: StoreUsage = forge.app.store.usage();
  const asked = viewers.bitbucket.requests.total;
  const answer = (await resolve(
    { call: { functionKey, payload }, context: { extension } },
    { principal: { accountId: viewers.account } },
  )) as Answer<Data>;
  if (!answer.ok) throw new Error(answer.message);
  expect(Buffer.byteLength(JSON.stringify(answer.data))).toBeLessThan(MOST_BYTES);
  const after = forge.app.store.usage();
  return {
    data: answer.data,
    cost: {
      requests: after.requests - before.requests,
      units: after.readUnits - before.readUnits,
      asked: viewers.bitbucket.requests.total - asked,
    },
  };
}

interface ForgeGlobals {
  __forge_fetch__?: (meta: object, path: string, init?: RequestInit) => Promise<Response>;
}

/** From now on queries of the store wait until they are released; `held` tells that one does. */
function holdQueries(): { readonly held: Promise<void>; readonly release: () => void } {
  const globals = globalThis as ForgeGlobals;
  const through = globals.__forge_fetch__;
  if (through === undefined) throw new Error('Start the app first: its queries are held.');
  let release = (): void => undefined;
  const isReleased = new Promise<void>((resolved) => {
    release = () => {
      globals.__forge_fetch__ = through;
      resolved();
    };
  });
  const held = new Promise<void>((resolved) => {
    globals.__forge_fetch__ = async (meta, path, init) => {
      if (path.endsWith('/query')) {
        resolved();
        await isReleased;
      }
      return through(meta, path, init);
    };
  });
  return { held, release: () => release() };
}

/** The list as a browser asks for it, part after part, or only so many parts of it. */
async function list(
  parts = Number.POSITIVE_INFINITY,
): Promise<Cost & { readonly repositories: number; readonly renewed: number }> {
  let page: number | null = 1;
  const sum = { requests: 0, units: 0, asked: 0, repositories: 0, renewed: 0 };
  while (page !== null && page <= parts) {
    const { data, cost }: Look<WorkspaceReport> = await ask('workspace', { page });
    sum.requests += cost.requests;
    sum.units += cost.units;
    sum.asked += cost.asked;
    sum.repositories += data.repositories.length;
    sum.renewed += data.repositories.filter(({ summary }) => summary?.asOf === now / 1_000).length;
    page = data.nextPage;
  }
  return sum;
}

describe('that are all read', () => {
  beforeAll(() => start('complete'), TIMEOUT);
  afterAll(end);

  it('the list of all leaves room for nine other viewers in the same minute, and asks Bitbucket for each hundred', async () => {
    // The first look also counts the tasks of the workspace.
    now += MINUTE;
    await ask('workspace', { page: 1 });
    viewers.account = 'ben';
    const cost = await list();
    expect(cost.repositories).toBe(COUNT);
    expect(cost.units).toBeLessThanOrEqual(UNITS_A_MINUTE / 10);
    expect(cost.asked).toBe(COUNT / 100);
    expect((await list(5)).asked).toBe(0);
  });

  it('the list, all of it outdated, renews a hundred summaries at a look: four in each of 25 parts', async () => {
    now += 26 * HOUR;
    const cost = await list(5);
    expect(cost.renewed).toBe(20);
    // But the first part counts the tasks of the workspace.
    expect(cost.units).toBeLessThanOrEqual(UNITS_A_MINUTE / 8 / 5 + 10);
  });

  it('as many changes of settings as there ever were are read in eleven requests, and the list says that it is cut', async () => {
    for (let batch = 0; batch < 60; batch += 1) {
      const entry = { by: 'ann', what: 'staleDays', before: batch, after: batch + 1 };
      await transact(
        Array.from({ length: 20 }, () => auditWrite(WORKSPACE_SCOPE, { at: NOW / 1_000 + batch, ...entry })),
      );
    }
    // The first look also asks Bitbucket whether this is an administrator.
    await ask('workspaceAudit');
    const { data, cost } = await ask<AuditReport>('workspaceAudit');
    expect(cost.requests).toBeLessThanOrEqual(14);
    expect([data.entries.length, data.isCut]).toEqual([1_000, true]);
    expect(data.entries[0]?.after).toBe(60);
  });
});

describe('that are all still to be read', () => {
  beforeAll(() => start('waiting'), TIMEOUT);
  afterAll(end);

  const OF_REPOSITORY = { repository: { uuid: uuidOf(7) } };
  const progress = async (): Promise<number> => (await ask('progress', {}, OF_REPOSITORY)).cost.units;

  it('are counted by one of many viewers, and not again within ten minutes', async () => {
    const counted = await progress();
    expect(counted).toBeLessThanOrEqual(UNITS_A_MINUTE / 5);
    now += 9.8 * MINUTE;
    expect(await progress()).toBeLessThanOrEqual(10);
    now += MINUTE;
    const before = forge.app.store.usage().readUnits;
    const { held, release } = holdQueries();
    const first = progress();
    await held;
    // These come while the first one counts, for which Forge's storage takes seconds.
    const others = Array.from({ length: 20 }, progress);
    setTimeout(release, 200);
    await Promise.all([first, ...others]);
    expect(forge.app.store.usage().readUnits - before).toBeLessThanOrEqual(counted + 21 * 10);
  });

  it('are counted for the connection as seldom', async () => {
    // The first look also asks Bitbucket whether this is an administrator.
    const first = await ask('connection');
    expect(first.cost.units).toBeLessThanOrEqual(UNITS_A_MINUTE / 3);
    now += 9.8 * MINUTE;
    const again = await ask<{ readonly countedAt: number; readonly asOf: number }>('connection');
    expect(again.cost.units).toBeLessThanOrEqual(20);
    expect(again.data.asOf - again.data.countedAt).toBe((9.8 * MINUTE) / 1_000);
  });
});
