import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { manyRepositories, uuidOf } from '../../test/many-repositories';
import { openPullRequest, WORKSPACE_UUID } from '../../test/small-workspace';
import { changeConnection, erasureBeginning } from '../storage/connection';
import { recordDeadLetter, recordRefusal } from '../storage/inbox';
import { transact } from '../storage/forge-storage';
import { key, withoutBraces } from '../storage/keys';
import { saveLicence } from '../storage/licence';
import { saveDiscovery, saveLastEvent } from '../storage/repositories';
import { createTask } from '../storage/tasks';
import { createTasks } from '../sync/create-tasks';
import { reconciliationBeginning } from '../sync/reconcile/reconciliation-state';
import { checkPermissionsOf, connectionOf } from './connection';
import type { ConnectionReport, Scope } from './reports/connection-report';

const NOW = 1_793_000_000;
const HOUR = 3_600;
const ALL_SCOPES = [
  'storage:app',
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'read:pipeline:bitbucket',
  'report:personal-data',
] as const satisfies readonly Scope[];

let forge: InProcessApp;
let now: number;
let clock: jest.SpyInstance;

beforeEach(() => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now * 1_000);
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

/** The repository with the highest number is the one that was updated last. */
async function start(granted: readonly string[] = ALL_SCOPES, repositories = 3): Promise<void> {
  const source = manyRepositories(repositories, () => [
    openPullRequest(7, 'ann', '2026-10-01T09:00:00+00:00'),
  ]);
  forge = await startInProcessApp(
    {
      ...source,
      repositories: () =>
        source.repositories().map((each, index) => ({
          ...each,
          repository: () => ({
            ...each.repository(),
            updated_on: new Date((NOW - 9 * HOUR + index) * 1_000).toISOString(),
          }),
        })),
    },
    { granted },
  );
  forge.app.clock.time = now * 1_000;
}

async function install(): Promise<void> {
  await forge.install();
  await forge.drain();
}

const PLACE = { workspaceUuid: WORKSPACE_UUID, accountId: VIEWER_ACCOUNT };

/** Beneath the resolver, whose own proof that the viewer administers the workspace asks Bitbucket too. */
const ASK = { connection: connectionOf, checkPermissions: checkPermissionsOf } as const;

const ask = (name: keyof typeof ASK): Promise<ConnectionReport> => ASK[name](PLACE, now);

const grantedIn = ({ scopes }: ConnectionReport): Readonly<Record<string, string>> =>
  Object.fromEntries(scopes.map(({ scope, granted }) => [scope, granted]));

const missingIn = ({ reasons }: ConnectionReport): readonly string[] =>
  reasons.flatMap((reason) => (reason.kind === 'missing-scope' ? [reason.scope] : []));

describe('the state', () => {
  it('is importing until every repository is read, then connected', async () => {
    await start();
    await forge.install();
    expect(await ask('connection')).toMatchObject({ state: 'importing', reasons: [], complete: 0 });
    await forge.drain();
    now += 61;
    expect(await ask('connection')).toMatchObject({
      state: 'connected',
      reasons: [],
      repositories: 3,
      recentComplete: 3,
      complete: 3,
      remainingSeconds: null,
      requestsPerHour: 1_000_000,
      lastEventAt: null,
      lastReconciledAt: null,
      refusedEvents: 0,
      deadLetters: 0,
    });
  });

  it('names a permission that is missing, and how many repositories wait for it', async () => {
    await start(ALL_SCOPES.filter((scope) => scope !== 'read:pipeline:bitbucket'));
    await install();
    now += 2 * HOUR;
    await forge.tick();
    await forge.drain();
    expect(await ask('connection')).toMatchObject({
      state: 'degraded',
      reasons: [
        {
          kind: 'trouble',
          trouble: { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' },
          repositories: 3,
        },
      ],
      complete: 3,
    });
  });

  it('tells also of comparisons that are refused, once everything is imported', async () => {
    await start();
    await install();
    now += 25 * HOUR;
    forge.bitbucket.faults = ({ endpoint }) =>
      endpoint.includes('pullrequests') ? { status: 403 } : undefined;
    await forge.tick();
    await forge.drain();
    await forge.tick();
    await forge.drain();
    expect(await ask('connection')).toMatchObject({
      state: 'degraded',
      reasons: [
        {
          kind: 'trouble',
          trouble: { cause: 'missing-permission', scope: 'read:pullrequest:bitbucket' },
          repositories: 3,
        },
      ],
      complete: 3,
    });
  });

  it('says how long Bitbucket is left alone after it refused', async () => {
    await start();
    await install();
    forge.bitbucket.faults = () => ({ status: 429, headers: { 'Retry-After': '500' } });
    await ask('checkPermissions');
    expect(await ask('connection')).toMatchObject({
      state: 'degraded',
      reasons: [{ kind: 'rate-limited', until: now + 500 }],
    });
    now += 501;
    expect(await ask('connection')).toMatchObject({ state: 'connected' });
  });

  it('tells of an inactive licence first, and of work that was given up at once', async () => {
    await start();
    await install();
    expect(await ask('connection')).toMatchObject({ state: 'connected' });
    await saveLicence({ isActive: false, since: NOW });
    await recordDeadLetter('a'.repeat(32), { message: {}, cause: 'X', reason: 'x', attempts: 1, at: NOW });
    expect(await ask('connection')).toMatchObject({
      state: 'degraded',
      reasons: [
        { kind: 'licence-inactive', since: NOW },
        { kind: 'dead-letters', count: 1 },
      ],
      deadLetters: 1,
    });
  });

  it.each(['erasing', 'disconnected'] as const)(
    'is %s, of which nothing is counted or kept',
    async (state) => {
      await start();
      await install();
      await changeConnection(() => ({ detail: { ...erasureBeginning(NOW), state }, result: null }));
      const before = forge.app.store.dump();
      const requests = forge.bitbucket.requests.total;
      expect(await ask('connection')).toMatchObject({ state, reasons: [], repositories: 0 });
      expect(await ask('checkPermissions')).toMatchObject({ state });
      expect(forge.app.store.dump()).toEqual(before);
      expect(forge.bitbucket.requests.total).toBe(requests);
    },
  );
});

it('finds the last event and the last comparison among all repositories', async () => {
  await start();
  await install();
  await saveLastEvent(withoutBraces(uuidOf(1)), NOW - 50);
  await saveLastEvent(withoutBraces(uuidOf(3)), NOW - 20);
  await saveLastEvent(withoutBraces(uuidOf(2)), NOW - 90);
  for (const [number, lastAt] of [
    [8, NOW - 300],
    [9, NOW - 200],
  ] as const) {
    const state = { ...reconciliationBeginning(NOW, NOW), lastAt };
    const place = { queue: 'reconciliation', rank: NOW + HOUR } as const;
    await createTask(withoutBraces(uuidOf(number)), 'reconciliation', place, state);
  }
  await recordRefusal('1', { eventType: 'x', path: 'y', reason: 'z', receivedAt: NOW });
  await recordRefusal('2', { eventType: 'x', path: 'y', reason: 'z', receivedAt: NOW });
  expect(await ask('connection')).toMatchObject({
    lastEventAt: NOW - 20,
    lastReconciledAt: NOW - 200,
    refusedEvents: 2,
  });
});

describe('a check of the permissions', () => {
  it.each([
    ['all', [], {}],
    ['pipelines', ['read:pipeline:bitbucket'], { 'read:pipeline:bitbucket': 'missing' }],
    ['pull requests', ['read:pullrequest:bitbucket'], { 'read:pullrequest:bitbucket': 'missing' }],
    [
      'pipelines and pull requests',
      ['read:pullrequest:bitbucket', 'read:pipeline:bitbucket'],
      { 'read:pullrequest:bitbucket': 'missing', 'read:pipeline:bitbucket': 'missing' },
    ],
  ] as const)('finds what is missing: %s', async (_, missing, expected) => {
    await start(ALL_SCOPES.filter((scope) => !missing.some((each) => each === scope)));
    await install();
    now += HOUR;
    await forge.tick();
    await forge.drain();
    const before = forge.bitbucket.requests.total;
    expect(grantedIn(await ask('connection'))).toMatchObject({ 'read:pipeline:bitbucket': 'unknown' });
    expect(forge.bitbucket.requests.total).toBe(before);
    const report = await ask('checkPermissions');
    expect(grantedIn(report)).toMatchObject({
      'storage:app': 'granted',
      'read:repository:bitbucket': 'granted',
      'read:pullrequest:bitbucket': 'granted',
      'read:pipeline:bitbucket': 'granted',
      ...expected,
    });
    expect(report.state).toBe(missing.length === 0 ? 'connected' : 'degraded');
    expect(missingIn(report)).toEqual(missing);
    expect(forge.bitbucket.requests.total - before).toBe(3);
  });

  it('calls no permission missing while those of a new installation are awaited', async () => {
    await start(ALL_SCOPES.filter((scope) => scope !== 'read:pipeline:bitbucket'));
    await install();
    const report = await ask('checkPermissions');
    expect(grantedIn(report)).toMatchObject({ 'read:pipeline:bitbucket': 'missing' });
    expect(report.reasons).toMatchObject([
      { kind: 'trouble', trouble: { cause: 'permission-awaited', scope: 'read:pipeline:bitbucket' } },
    ]);
  });

  it.each([
    ['unknown', 'limited', null, null],
    ['granted', 'done', NOW - 9, NOW - 9],
    ['granted', 'failed', NOW - 90, NOW - 90],
    ['missing', 'refused', NOW - 90, NOW - 9],
  ] as const)(
    'is %s for reports of personal data where the last was %s',
    async (granted, outcome, doneAt, at) => {
      await start();
      const report = { at: NOW - 9, outcome, doneAt, accounts: null, closed: null };
      await transact([{ key: key.personalDataReport(), value: report }]);
      const { scopes } = await ask('connection');
      expect(scopes.at(-1)).toEqual({ scope: 'report:personal-data', granted, checkedAt: at });
    },
  );

  it('asks about the repository that was updated last', async () => {
    await start();
    await install();
    const asked: string[] = [];
    forge.bitbucket.faults = ({ path }) => void asked.push(decodeURIComponent(path));
    await ask('checkPermissions');
    expect(asked).toEqual([
      expect.stringMatching(/repositories\/[^/?]+\?pagelen=10&sort=-updated_on&fields=values\.uuid$/),
      expect.stringContaining(`${uuidOf(3)}/pullrequests?pagelen=1&`),
      expect.stringContaining(`${uuidOf(3)}/pipelines?pagelen=1&`),
    ]);
  });

  it('asks about a stored repository where the list is refused', async () => {
    await start();
    await install();
    forge.bitbucket.faults = ({ endpoint }) =>
      endpoint === '/repositories/{workspace}' ? { status: 403 } : undefined;
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({
      'read:repository:bitbucket': 'missing',
      'read:pullrequest:bitbucket': 'granted',
      'read:pipeline:bitbucket': 'granted',
    });
  });

  it('knows of nothing but the list while no repository is stored', async () => {
    await start();
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({
      'read:repository:bitbucket': 'granted',
      'read:pullrequest:bitbucket': 'unknown',
      'read:pipeline:bitbucket': 'unknown',
    });
  });

  it('takes 404 of a listed repository for a feature that is switched off, and of another one for nothing', async () => {
    await start();
    await install();
    forge.bitbucket.faults = ({ endpoint }) =>
      endpoint.endsWith('/pipelines') ? { status: 404 } : undefined;
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({ 'read:pipeline:bitbucket': 'granted' });
    await forge.close();
    await start();
    await install();
    forge.bitbucket.faults = ({ endpoint }) =>
      endpoint.endsWith('/pullrequests')
        ? undefined
        : { status: endpoint.endsWith('/pipelines') ? 404 : 502 };
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({
      'read:repository:bitbucket': 'unknown',
      'read:pullrequest:bitbucket': 'granted',
      'read:pipeline:bitbucket': 'unknown',
    });
  });

  it('asks at most every five minutes, and keeps what an answer did not tell', async () => {
    await start();
    await install();
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({ 'read:pipeline:bitbucket': 'granted' });
    const before = forge.bitbucket.requests.total;
    forge.bitbucket.faults = ({ endpoint }) => ({ status: endpoint.endsWith('/pipelines') ? 403 : 502 });
    now += 299;
    expect(grantedIn(await ask('checkPermissions'))).toMatchObject({ 'read:pipeline:bitbucket': 'granted' });
    expect(forge.bitbucket.requests.total).toBe(before);
    now += 2;
    const { scopes } = await ask('checkPermissions');
    expect(scopes).toMatchObject([
      { scope: 'storage:app', granted: 'granted' },
      { scope: 'read:repository:bitbucket', granted: 'granted', checkedAt: NOW },
      { scope: 'read:pullrequest:bitbucket', granted: 'granted', checkedAt: NOW },
      { scope: 'read:pipeline:bitbucket', granted: 'missing', checkedAt: NOW + 301 },
      { scope: 'report:personal-data' },
    ]);
  });

  it('counts on the request budget', async () => {
    await start();
    await install();
    const { requestsThisHour } = await ask('connection');
    expect((await ask('checkPermissions')).requestsThisHour).toBe(requestsThisHour + 3);
  });
});

/** Forge: 4,000 units of 10 KB a minute. */
describe('a workspace of 5,000 repositories', () => {
  const COUNT = 5_000;

  it.each([
    ['begins its import', true, 220, 1_100],
    ['is complete', false, 120, 400],
  ] as const)(
    'that %s is counted in few requests, and once in ten minutes',
    async (_, isNew, requests, units) => {
      await start(ALL_SCOPES, 1);
      await install();
      for (let number = 2; number <= COUNT; number += 1) {
        const repository = withoutBraces(uuidOf(number));
        await saveLastEvent(repository, NOW - number);
        if (isNew) await createTasks(repository, NOW - number, NOW);
        else {
          const state = { ...reconciliationBeginning(NOW, NOW), lastAt: NOW - number };
          const place = { queue: 'reconciliation', rank: NOW + HOUR } as const;
          await createTask(repository, 'reconciliation', place, state);
        }
      }
      await saveDiscovery({ at: NOW, repositories: COUNT });
      const before = forge.app.store.usage();
      const report = await ask('connection');
      const after = forge.app.store.usage();
      expect(report).toMatchObject({
        state: isNew ? 'importing' : 'connected',
        lastEventAt: NOW - 2,
        lastReconciledAt: isNew ? null : NOW - 2,
      });
      expect(after.requests - before.requests).toBeLessThanOrEqual(requests);
      expect(after.readUnits - before.readUnits).toBeLessThanOrEqual(units);
      now += 599;
      await ask('connection');
      expect(forge.app.store.usage().requests - after.requests).toBeLessThanOrEqual(12);
    },
    60_000,
  );
});
