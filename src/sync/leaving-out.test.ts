import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { REPOSITORY_ID, REPOSITORY_UUID, WORKSPACE_UUID } from '../../test/small-workspace';
import { getEntity, setEntity } from '../storage/forge-storage';
import { ENTITY, key, withoutBraces } from '../storage/keys';
import { listLeftOut } from '../storage/left-out';
import { readDiscovery, readHome, readRepositoryRecord } from '../storage/repositories';
import { changeRepositorySettings } from '../storage/repository-settings';
import { SECOND_UUID, told, twoRepositories } from '../views/settings-testing';
import { createTasks } from './create-tasks';
import { leaveOut, takeBackIn } from './leaving-out';
import { live, work } from './functions';

const NOW = Date.UTC(2026, 9, 31);
const SECOND_ID = withoutBraces(SECOND_UUID);
const decision = { by: VIEWER_ACCOUNT, at: NOW / 1_000 };

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeEach(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startInProcessApp(twoRepositories());
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

async function imported(): Promise<void> {
  await forge.install();
  await forge.drain();
}

async function homeOf(repository: string): Promise<NonNullable<Awaited<ReturnType<typeof readHome>>>> {
  const home = await readHome(repository);
  if (home === null) throw new Error('Nothing is known of it.');
  return home;
}

const leave = async (): Promise<void> => leaveOut(await homeOf(REPOSITORY_ID), decision);
const takeBack = async (): Promise<void> => takeBackIn(await homeOf(REPOSITORY_ID), decision);

/** Keys of what is stored of the first repository, without the ids of changes. */
const keysLeft = (): readonly string[] =>
  forge.app.store
    .dump()
    .filter(({ key: each, value }) => `${each} ${JSON.stringify(value)}`.includes(REPOSITORY_ID))
    .map(({ key: each }) =>
      each.replace(/:[0-9a-f-]{36}$/, (id) => (id === `:${REPOSITORY_ID}` ? id : ':change')),
    )
    .sort();

/** The mark, the place in the list, the settings, and the entry in both lists of changes. */
const ONLY_DECISIONS = [
  `${REPOSITORY_ID}:change`,
  key.leftOut(REPOSITORY_ID),
  key.repository(REPOSITORY_ID),
  'workspace:change',
].sort();

type Fetch = (...call: unknown[]) => Promise<Response>;

/** Does something at the n-th request of whatever kind, before that request is sent; returns how many there were. */
async function atRequest(
  n: number,
  interrupt: () => Promise<void>,
  run: () => Promise<unknown>,
): Promise<number> {
  const globals = globalThis as { __forge_fetch__?: Fetch };
  const working = globals.__forge_fetch__;
  if (working === undefined) throw new Error('The app is not started.');
  let count = 0;
  globals.__forge_fetch__ = async (...call) => {
    count += 1;
    if (count === n) {
      globals.__forge_fetch__ = working;
      await interrupt();
      globals.__forge_fetch__ = counting;
    }
    return working(...call);
  };
  const counting = globals.__forge_fetch__;
  await run();
  globals.__forge_fetch__ = working;
  return count;
}

const changed = (type: string, timestamp: number): object => ({
  eventType: `avi:bitbucket:${type}:repository`,
  timestamp: new Date(timestamp).toISOString(),
  actor: { type: 'user', accountId: 'account-ann', uuid: '{uuid-ann}' },
  repository: { uuid: REPOSITORY_UUID },
  workspace: { uuid: WORKSPACE_UUID },
  project: { uuid: '{project}' },
});

it('removes a part at a time where much is stored, until nothing is left', async () => {
  await imported();
  const value = { repository: REPOSITORY_ID, version: 1, detail: { body: 'x'.repeat(190_000) } };
  for (let number = 0; number < 120; number += 1) {
    const bucket = `2026-01:${number}`;
    await setEntity(ENTITY.ledger, `${REPOSITORY_ID}:${bucket}`, { ...value, bucket });
  }
  const ledgers = (): number =>
    forge.app.store
      .dump()
      .filter(({ entityName, key: each }) => entityName === ENTITY.ledger && each.startsWith(REPOSITORY_ID))
      .length;
  await leave();
  const [message] = forge.queue;
  if (message === undefined) throw new Error('No removal was asked for.');
  await live({ body: message.body, queueName: 'live', jobId: 'removal', eventId: 'removal' });
  expect(ledgers()).toBeGreaterThan(0);
  expect(forge.queue.at(-1)).toMatchObject({ body: { kind: 'remove-left-out' }, delayInSeconds: 60 });
  await forge.drain();
  expect(ledgers()).toBe(0);
});

it('removes what is stored of it, and keeps what admins decided', async () => {
  await imported();
  await changeRepositorySettings(REPOSITORY_ID, (before) => ({
    detail: { ...before, figures: { staleDays: 3 } },
    result: undefined,
  }));
  const second = await told('export', { afterId: 0 }, SECOND_UUID);
  await leave();
  expect(await readRepositoryRecord(REPOSITORY_ID)).toBe('left-out');
  await forge.drain();
  expect(keysLeft()).toEqual([...ONLY_DECISIONS, key.repositorySettings(REPOSITORY_ID)].sort());
  expect(await listLeftOut(WORKSPACE_UUID)).toEqual([REPOSITORY_ID]);
  expect(await told('export', { afterId: 0 }, SECOND_UUID)).toEqual(second);
  expect((await told('workspace', { page: 1 })).repositories).toMatchObject([{ uuid: SECOND_UUID }]);
});

it('records no event of it, reads nothing of it, and admits it no more', async () => {
  await imported();
  await leave();
  await forge.drain();
  await forge.emit(changed('updated', NOW));
  expect(forge.queue).toEqual([]);
  const asked = forge.bitbucket.requests.total;
  await imported();
  expect(keysLeft()).toEqual(ONLY_DECISIONS);
  expect(await readDiscovery()).toMatchObject({ repositories: 1 });
  // The list of repositories, and nothing else: the second one is imported already.
  expect(forge.bitbucket.requests.total - asked).toBe(1);
});

it('drops work on it that was created while it was left out', async () => {
  await imported();
  await leave();
  await forge.drain();
  await createTasks(REPOSITORY_ID, NOW / 1_000, NOW / 1_000);
  const asked = forge.bitbucket.requests.total;
  await forge.tick();
  await forge.drain();
  expect(await getEntity(ENTITY.task, key.task(REPOSITORY_ID, 'pull-requests'))).toBeUndefined();
  expect(keysLeft()).toEqual(ONLY_DECISIONS);
  expect(forge.bitbucket.requests.total).toBe(asked);
});

const LIVE = {
  'a refresh of a pull request': {
    kind: 'refresh-pull-request',
    pullRequest: 1,
    requestedAt: NOW / 1_000 + 60,
  },
  'a refresh of the repository': { kind: 'refresh-repository' },
  'a refresh of its pipelines': { kind: 'refresh-pipelines' },
} as const;

it.each(Object.entries(LIVE))(
  'leaves nothing behind where %s is under way',
  async (_, message) => {
    const body = { version: 1, workspaceUuid: WORKSPACE_UUID, repository: REPOSITORY_ID, ...message };
    const run = () => live({ body, queueName: 'live', jobId: 'job', eventId: 'event' });
    for (let at = 1; ; at += 1) {
      await forge.close();
      const source = twoRepositories();
      forge = await startInProcessApp(source);
      await imported();
      source.rename('renamed');
      clock.mockReturnValue(NOW + 120_000);
      const count = await atRequest(at, leave, run);
      if (count < at) {
        expect(at).toBeGreaterThan(4);
        return;
      }
      await forge.drain();
      expect({ at, keys: keysLeft() }).toEqual({ at, keys: ONLY_DECISIONS });
      expect({ at, known: await readRepositoryRecord(REPOSITORY_ID) }).toEqual({ at, known: 'left-out' });
      clock.mockReturnValue(NOW);
    }
  },
  120_000,
);

it('leaves nothing behind where its import is under way', async () => {
  const run = async (): Promise<void> => {
    // One message after the other, as the queue delivers them while the run that reads history goes on.
    for (let message = forge.queue.shift(); message !== undefined; message = forge.queue.shift()) {
      const event = { body: message.body, queueName: message.queue, jobId: 'job', eventId: 'event' };
      await (message.queue === 'live' ? live(event) : work(event));
    }
  };
  let interrupted = 0;
  for (let at = 8; ; at += 5) {
    await forge.close();
    forge = await startInProcessApp(twoRepositories());
    await forge.install();
    const count = await atRequest(
      at,
      async () => {
        const home = await readHome(REPOSITORY_ID);
        if (home === null) return;
        interrupted += 1;
        await leaveOut(home, decision);
      },
      run,
    );
    if (count < at) break;
    if ((await readRepositoryRecord(REPOSITORY_ID)) !== 'left-out') continue;
    await forge.drain();
    expect({ at, keys: keysLeft() }).toEqual({ at, keys: ONLY_DECISIONS });
  }
  expect(interrupted).toBeGreaterThan(10);
}, 120_000);

it('imports it anew when it is taken back in', async () => {
  await imported();
  const before = await told('export', { afterId: 0 });
  await leave();
  await forge.drain();
  await takeBack();
  await forge.drain();
  expect((await told('export', { afterId: 0 })).pullRequests).toEqual(before.pullRequests);
  expect(await told('progress', {})).toMatchObject({
    repository: { parts: [{ state: 'complete' }, {}, {}] },
  });
  expect(await listLeftOut(WORKSPACE_UUID)).toEqual([]);
});

it('removes nothing of one that was taken back in before its removal began', async () => {
  await imported();
  await leave();
  await takeBack();
  await forge.drain();
  expect((await told('overview', { query: { window: 30 } })).completeness).toMatchObject({
    state: 'complete',
    pullRequests: 1,
  });
});

it('changes nothing where it is so already', async () => {
  await imported();
  await takeBack();
  expect(forge.queue).toEqual([]);
  await leave();
  const sent = forge.queue.length;
  const rows = forge.app.store.dump();
  await leave();
  expect(forge.queue).toHaveLength(sent);
  expect(forge.app.store.dump()).toEqual(rows);
});

it('keeps nothing but the mark of a deletion where it is deleted in Bitbucket', async () => {
  await imported();
  await leave();
  await forge.emit(changed('deleted', NOW));
  await forge.drain();
  expect(await readRepositoryRecord(REPOSITORY_ID)).toBe('removed');
  // The workspace’s list of changes still says who left it out.
  expect(keysLeft()).toEqual([key.repository(REPOSITORY_ID), 'workspace:change']);
  expect(await readHome(SECOND_ID)).not.toBeNull();
});
