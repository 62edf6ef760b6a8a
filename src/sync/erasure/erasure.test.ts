import fc from 'fast-check';
import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
} from '../../../test/small-workspace';
import { nowInSeconds } from '../../runtime/clock';
import { auditWrite, WORKSPACE_SCOPE } from '../../storage/audit';
import { setEntity } from '../../storage/forge-storage';
import { ENTITY } from '../../storage/keys';
import { changeSettings } from '../../storage/workspace-settings';
import type { ErasureReport } from '../../views/reports/connection-report';
import { connectAgainOf, eraseAllOf, erasureOf } from '../../views/erasure';
import { live, work } from '../functions';
import { removeBeforeUninstallation } from './before-uninstallation';
import { QUIET_SECONDS } from './erasure-run';

const NOW = Date.UTC(2026, 9, 10);
const MINUTE = 60_000;
const OPENED = '2026-10-09T08:00:00+00:00';
const PLACE = { workspaceUuid: WORKSPACE_UUID, accountId: VIEWER_ACCOUNT };

let forge: InProcessApp;
let clock: jest.SpyInstance;
let now: number;

async function start(): Promise<void> {
  now = NOW;
  forge = await startInProcessApp(smallWorkspace([1, 2].map((id) => openPullRequest(id, 'ann', OPENED))));
}

beforeEach(async () => {
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  await start();
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

const event = (id: number, at = '2026-10-10T00:00:00Z'): object => ({
  eventType: 'avi:bitbucket:updated:pullrequest',
  timestamp: at,
  actor: { type: 'user', accountId: 'account-ben' },
  workspace: { uuid: WORKSPACE_UUID },
  repository: { uuid: REPOSITORY_UUID },
  pullrequest: { id, state: 'OPEN' },
});

/** Everything that admins, events and the import leave. */
async function fill(): Promise<void> {
  await forge.install();
  await forge.drain();
  await forge.tick();
  await forge.drain();
  await forge.emit(event(1));
  await forge.emit({ eventType: 'avi:bitbucket:updated:pullrequest', broken: true });
  await changeSettings((before) => ({
    detail: { ...before, botIds: ['account-bot'] },
    result: undefined,
    also: [
      auditWrite(WORKSPACE_SCOPE, {
        at: 1,
        by: 'account-ben',
        what: 'bot',
        before: null,
        after: 'account-bot',
      }),
    ],
  }));
  await forge.drain();
}

const rows = (): readonly string[] =>
  forge.app.store.dump().map(({ entityName, key }) => `${entityName ?? ''} ${key}`);

async function tickAndDrain(): Promise<void> {
  await forge.tick();
  await forge.drain();
}

/** Lets the time pass that an erasure waits for. */
async function passQuietTime(): Promise<void> {
  now += QUIET_SECONDS * 1000;
  await tickAndDrain();
}

const MARK = ['job connection'];

it('erases everything for whoever types the workspace’s slug, and says so only after a look over the whole store', async () => {
  await fill();
  const before = rows().length;
  const begun = await eraseAllOf(PLACE, ' Small ', nowInSeconds());
  expect(begun).toMatchObject({ state: 'erasing', removed: 0, found: null });
  await forge.drain();
  expect(rows()).toEqual(MARK);
  const waiting = await erasureOf(PLACE, nowInSeconds());
  expect(waiting).toMatchObject({ state: 'erasing', repositories: 1, repositoriesLeft: 0, found: null });
  await passQuietTime();
  const ended = await erasureOf(PLACE, nowInSeconds());
  expect(ended).toMatchObject({ state: 'erased', found: 0, endedAt: nowInSeconds() });
  expect(ended.removed).toBeGreaterThanOrEqual(before - 2);
  expect(rows()).toEqual(MARK);
});

it('erases nothing for any other text', async () => {
  await fill();
  const before = rows();
  for (const text of ['', 'shop', 'small/shop', 'smal']) {
    await expect(eraseAllOf(PLACE, text, nowInSeconds())).rejects.toMatchObject({ failure: 'bad-request' });
  }
  expect(rows()).toEqual(before);
  expect(await erasureOf(PLACE, nowInSeconds())).toMatchObject({ state: 'none' });
});

it('collects nothing while everything is erased, and nothing afterwards', async () => {
  await fill();
  await eraseAllOf(PLACE, 'small', nowInSeconds());
  await forge.drain();
  async function tryEverything(): Promise<void> {
    await forge.emit(event(1, '2026-10-10T01:00:00Z'));
    await forge.emit({ eventType: 'avi:bitbucket:updated:pullrequest', broken: 'again' });
    await forge.emit({ eventType: 'avi:unknown' });
    await live({ body: { version: 7 }, queueName: 'live', jobId: 'a', eventId: 'a' });
    await tickAndDrain();
  }
  await tryEverything();
  expect(rows()).toEqual(MARK);
  await passQuietTime();
  await tryEverything();
  now += 8 * 24 * 60 * MINUTE;
  await tryEverything();
  expect(rows()).toEqual(MARK);
});

it('finds what those wrote who began before it', async () => {
  await fill();
  await eraseAllOf(PLACE, 'small', nowInSeconds());
  await forge.drain();
  // An import that read its page before the mark was set.
  forge.app.store.handle('/api/v1/set', { key: 'event:late:1', value: { at: 1 } });
  now += 5 * MINUTE;
  await tickAndDrain();
  expect(rows()).toEqual(MARK);
  forge.app.store.handle('/api/v1/set', { key: 'event:late:2', value: { at: 1 } });
  await passQuietTime();
  expect(rows()).toEqual(MARK);
  expect(await erasureOf(PLACE, nowInSeconds())).toMatchObject({ state: 'erased', found: 0 });
});

it('pauses so often that every minute has units for others, and comes to its end', async () => {
  await fill();
  const value = { repository: REPOSITORY_ID, version: 1, detail: { body: 'x'.repeat(190_000) } };
  for (let number = 0; number < 320; number += 1) {
    const bucket = `2026-01:${number}`;
    await setEntity(ENTITY.ledger, `${REPOSITORY_ID}:${bucket}`, { ...value, bucket });
  }
  await eraseAllOf(PLACE, 'small', nowInSeconds());
  let runs = 0;
  for (let message = forge.queue.shift(); message !== undefined; message = forge.queue.shift()) {
    runs += 1;
    now += (message.delayInSeconds ?? 0) * 1_000;
    const before = forge.app.store.usage();
    await work({ body: message.body, queueName: 'work', jobId: `run-${runs}`, eventId: `run-${runs}` });
    expect(forge.app.store.usage().readUnits - before.readUnits).toBeLessThan(3_000);
  }
  expect(runs).toBeGreaterThan(2);
  expect(now - NOW).toBeGreaterThanOrEqual((runs - 1) * MINUTE);
  expect(rows()).toEqual(MARK);
});

it('connects again on demand, and lists it', async () => {
  await fill();
  const imported = rows().filter((row) => row.startsWith('pullrequest '));
  await eraseAllOf(PLACE, 'small', nowInSeconds());
  await forge.drain();
  expect(await connectAgainOf(PLACE, nowInSeconds())).toMatchObject({ state: 'erasing' });
  await passQuietTime();
  expect(await connectAgainOf(PLACE, nowInSeconds())).toMatchObject({ state: 'none', startedAt: null });
  await forge.drain();
  await tickAndDrain();
  expect(rows().filter((row) => row.startsWith('pullrequest '))).toEqual(imported);
  expect(rows().filter((row) => row.startsWith('audit '))).toHaveLength(1);
});

it('connects again when it is installed, and not by an upgrade', async () => {
  await fill();
  await eraseAllOf(PLACE, 'small', nowInSeconds());
  await forge.drain();
  await passQuietTime();
  await forge.upgrade();
  await tickAndDrain();
  expect(rows()).toEqual(MARK);
  await forge.install();
  await forge.drain();
  expect(await erasureOf(PLACE, nowInSeconds())).toMatchObject({ state: 'none' });
  expect(rows().filter((row) => row.startsWith('pullrequest '))).toHaveLength(2);
});

it('ends the same wherever it is killed, with events and runs in between', async () => {
  await fill();
  await forge.close();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
      async (kills) => {
        await start();
        await fill();
        await eraseAllOf(PLACE, 'small', nowInSeconds());
        for (const calls of kills) {
          forge.killAfter(calls);
          await forge.drain().catch(() => undefined);
          await forge.emit(event(2, new Date(now).toISOString())).catch(() => undefined);
          forge.revive();
          // A lease of a killed run ends.
          now += 5 * MINUTE;
          await forge.tick();
        }
        await forge.drain();
        await passQuietTime();
        const report: ErasureReport = await erasureOf(PLACE, nowInSeconds());
        expect([report.state, report.found, rows()]).toEqual(['erased', 0, MARK]);
        await forge.close();
      },
    ),
    { numRuns: 15 },
  );
  await start();
});

it('removes what admins decided first before an uninstallation, and what time allows', async () => {
  await fill();
  let calls = 0;
  const removed = await removeBeforeUninstallation(nowInSeconds(), () => (calls++ < 4 ? 50_000 : 1_000));
  expect(removed).toBe(2);
  expect(rows().filter((row) => /^(settings|audit|notes) /.test(row))).toEqual([]);
  expect(rows().filter((row) => row.startsWith('pullrequest '))).toHaveLength(2);
  await removeBeforeUninstallation(nowInSeconds(), () => 50_000);
  expect(rows()).toEqual(MARK);
});
