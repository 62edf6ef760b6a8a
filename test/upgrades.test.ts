/**
 * A deploy onto what an earlier release stored. Support begins with the first release, 0.1.0: from it on a store of each
 * is kept, taken in the middle of its work, and lived on with. Of before it only ledgers and rows without versions are
 * tried, since those are readable.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { StoredRow } from '../local/forge/store';
import { EARLIER_FACTS, EARLIER_LEDGERS } from '../src/storage/earlier-ledgers.fixture';
import { changeConnection, readConnection } from '../src/storage/connection';
import { setEntity } from '../src/storage/forge-storage';
import { readDeadLetters } from '../src/storage/inbox';
import { readJobs, restartJob } from '../src/storage/jobs';
import { ENTITY, IMPORT_PAGES, JOB_ENTITY, key, withoutBraces } from '../src/storage/keys';
import { readLedgers } from '../src/storage/ledgers';
import { NewerStore, STORE_VERSION } from '../src/storage/store-version';
import { readTasks } from '../src/storage/tasks';
import { live, work } from '../src/sync/functions';
import { importProgress } from '../src/sync/import/import-progress';
import { upgradeBeginning, upgradeProgress, upgradeState } from '../src/sync/upgrade/upgrade-state';
import { resolve } from '../src/views/resolver';
import { AS_VIEWER, startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from './in-process-app';
import { figuresOf, keptWorkspace, liveUntil, readKept, type KeptClock } from './kept-stores/kept-store';
import { eventsAt } from './neighbour';
import {
  openPullRequest,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
} from './small-workspace';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const MONTH = '2026-06';
const KEPT_FORM = /^release-(.+)\.json\.br$/;

const releases = readdirSync(path.join(__dirname, 'kept-stores')).flatMap(
  (file) => KEPT_FORM.exec(file)?.[1] ?? [],
);

const clock: KeptClock = { now: NOW };
let forge: InProcessApp;
beforeEach(() => {
  clock.now = NOW;
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterEach(async () => {
  await forge.close();
  jest.restoreAllMocks();
});

const keysOf = (prefix: string): readonly string[] =>
  forge.app.store.dump().flatMap((row) => (row.key.startsWith(prefix) ? [row.key] : []));

it('has a store of the first release', () => {
  expect(releases).toContain('0.1.0');
  forge = { close: () => Promise.resolve() } as InProcessApp;
});

it.each(releases)('goes on with what release %s left in the middle of its work', async (release) => {
  const { kept, figures } = readKept(release);
  const workspace = keptWorkspace(kept);
  forge = await startInProcessApp(workspace, { requestsPerHour: 40 });
  clock.now = kept.takenAt;
  forge.app.clock.time = clock.now;
  forge.app.store.restore(kept.rows);
  forge.queue.push(...kept.queue);
  // It was kept with work of each kind under way.
  expect(keysOf(IMPORT_PAGES).length).toBeGreaterThan(10);
  expect(keysOf('refresh:').length).toBeGreaterThan(2);
  expect(kept.queue.length).toBeGreaterThan(3);

  await forge.upgrade();
  await forge.drain();
  await liveUntil(forge, clock, kept.figuresAt);

  expect(await readDeadLetters()).toEqual([]);
  expect(await figuresOf(workspace, kept.figuresAt)).toMatchObject(figures);
  for (const uuid of Object.keys(figures)) {
    const task = (await readTasks(withoutBraces(uuid))).get('pull-requests');
    expect(task && importProgress(task)).toMatchObject({ state: 'complete' });
  }
  expect(keysOf(IMPORT_PAGES)).toEqual([]);
  expect(keysOf('refresh:')).toEqual([]);
  const { connection, jobs } = await readJobs();
  expect(connection.storeVersion).toBe(STORE_VERSION);
  expect(upgradeProgress(jobs.get('upgrade')?.state)).toMatchObject({ version: STORE_VERSION, done: 1 });
});

describe('a store from before the first release', () => {
  const bodies = (): readonly string[] =>
    forge.app.store
      .dump()
      .flatMap(({ entityName, value }) =>
        entityName === ENTITY.ledger
          ? [(value as { readonly detail: { readonly body: string } }).detail.body.slice(0, 2)]
          : [],
      );

  /** A month of each schema, in each of so many repositories. */
  async function storeEarlier(repositories: number): Promise<readonly string[]> {
    forge = await startInProcessApp(smallWorkspace([]));
    const ids = Array.from({ length: repositories }, (_, place) =>
      REPOSITORY_ID.replace(/^../, place.toString(16).padStart(2, '0')),
    );
    for (const repository of ids) {
      for (const [schema, body] of EARLIER_LEDGERS) {
        const bucket = schema === 'first' ? MONTH : '2026-07';
        const value = { repository, bucket, version: 3, detail: { parts: 1, body } };
        await setEntity(ENTITY.ledger, key.ledger(repository, bucket, 0), value);
      }
    }
    return ids;
  }

  const upgradeJob = async () => (await readJobs()).jobs.get('upgrade');

  /** Until nothing is left to rewrite; how many ticks that takes. */
  async function settle(): Promise<number> {
    for (let ticks = 1; ticks <= 12; ticks += 1) {
      await liveUntil(forge, clock, clock.now + 300_000);
      const job = await upgradeJob();
      if (job !== undefined && upgradeState.parse(job.state).endedAt !== null) return ticks;
    }
    throw new Error('The upgrade did not end.');
  }

  it('has its ledgers rewritten in the background, the facts unchanged', async () => {
    const ids = await storeEarlier(12);
    expect(new Set(bodies())).not.toContain('3:');
    await settle();
    expect(new Set(bodies())).toEqual(new Set(['3:']));
    for (const repository of ids) {
      for (const ledger of (await readLedgers(repository, [MONTH, '2026-07'])).values()) {
        expect([...ledger.facts.values()]).toEqual(EARLIER_FACTS);
      }
    }
    expect(upgradeProgress((await upgradeJob())?.state)).toMatchObject({ done: 1, rewritten: 24 });
    expect((await readConnection()).storeVersion).toBe(STORE_VERSION);
  });

  it('is looked through once', async () => {
    await storeEarlier(1);
    await settle();
    forge.queue.length = 0;
    clock.now += 300_000;
    await forge.tick();
    expect(forge.queue.filter(({ body }) => body.kind === 'run')).toEqual([]);
  });

  it('leaves a damaged ledger as it is, and goes on', async () => {
    const [first = ''] = await storeEarlier(2);
    const body = 'damaged';
    const value = { repository: first, bucket: MONTH, version: 3, detail: { parts: 1, body } };
    await setEntity(ENTITY.ledger, key.ledger(first, MONTH, 0), value);
    await settle();
    expect(bodies().filter((each) => each !== '3:')).toEqual(['da']);
    expect(upgradeState.parse((await upgradeJob())?.state)).toMatchObject({ rewritten: 3, unreadable: 1 });
  });

  it('goes on where it was killed, at whichever call', async () => {
    await storeEarlier(12);
    await forge.tick();
    const rows = forge.app.store.dump();
    let kills = 0;
    for (let calls = 1; ; calls += 4) {
      clock.now += 24 * HOUR;
      forge.app.store.restore(rows);
      forge.queue.length = 0;
      const begunAt = forge.calls;
      forge.killAfter(calls);
      try {
        await forge.tick();
        await forge.drain();
      } catch (error) {
        if (forge.calls - begunAt < calls) throw error;
      }
      const wasKilled = forge.calls - begunAt >= calls;
      forge.revive();
      await settle();
      expect(new Set(bodies())).toEqual(new Set(['3:']));
      if (!wasKilled) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(15);
  }, 120_000);

  it('takes a quarter of Forge’s minute at most in a run', async () => {
    await storeEarlier(12);
    // Rows of 200 KB, each of which takes 20 units to read, and 40 more to rewrite: a page of ten in a run.
    const large = 'x'.repeat(199_000);
    for (const row of forge.app.store.dump()) {
      if (row.entityName !== ENTITY.ledger) continue;
      const value = row.value as { readonly detail: object };
      await setEntity(ENTITY.ledger, row.key, { ...value, detail: { ...value.detail, padding: large } });
    }
    await restartJob('upgrade', Math.floor(NOW / 1_000), upgradeBeginning());
    const run = { version: 1, kind: 'run', workspaceUuid: WORKSPACE_UUID };
    await work({ body: run, queueName: 'work', jobId: 'job', eventId: 'event' });
    expect(bodies().filter((each) => each === '3:')).toHaveLength(10);
    await settle();
    expect(bodies().filter((each) => each === '3:')).toHaveLength(24);
  });
});

describe('a store that a later release wrote', () => {
  const LATER = STORE_VERSION + 1;

  beforeEach(async () => {
    const opened = openPullRequest(1, 'ann', new Date(NOW - 48 * HOUR).toISOString());
    forge = await startInProcessApp(smallWorkspace([opened]));
    await forge.install();
    await forge.drain();
    await changeConnection((before) => ({
      detail: { ...before, storeVersion: LATER },
      result: undefined,
    }));
    // What else stands in that row may be of any form then.
    const mark = forge.app.store
      .dump()
      .find((row) => row.entityName === JOB_ENTITY && row.key === key.connection());
    const detail = { schema: 2, storeVersion: LATER, state: 'resting' };
    await setEntity(JOB_ENTITY, key.connection(), { ...(mark?.value as object), detail });
  });

  const stored = (): readonly StoredRow[] => forge.app.store.dump();

  it('is neither read nor changed by the schedule, events and messages', async () => {
    const before = stored();
    await expect(forge.tick()).rejects.toThrow(NewerStore);
    await expect(forge.tick()).rejects.toThrow('is deployed again');
    for (const event of eventsAt(clock.now)) expect(await forge.emit(event)).toMatchObject({ _retry: true });
    const message = {
      version: 1,
      kind: 'remove-repository',
      workspaceUuid: WORKSPACE_UUID,
      repository: REPOSITORY_ID,
    };
    const delivery = { body: message, queueName: 'live', jobId: 'job', eventId: 'event' };
    expect(await live(delivery)).toMatchObject({ _retry: true });
    expect(stored()).toEqual(before);
  });

  it('is named on the screens', async () => {
    const context = {
      ...AS_VIEWER,
      accountId: VIEWER_ACCOUNT,
      extension: { repository: { uuid: REPOSITORY_UUID } },
    };
    const request = { call: { functionKey: 'progress', payload: {} }, context };
    const answer: unknown = await (resolve as (call: unknown, more: unknown) => Promise<unknown>)(
      request,
      AS_VIEWER,
    );
    expect(answer).toMatchObject({ ok: false, cause: 'newer-store' });
  });
});
