import { startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  smallWorkspace,
  type SmallWorkspace,
} from '../../../test/small-workspace';
import type { JsonObject } from '../../../local/bitbucket/workspace-source';
import { readTask } from '../../storage/tasks';
import { readDelivery } from '../../storage/delivery-months';
import { ENTITY } from '../../storage/keys';
import { readMainPushes, savePush } from '../../storage/pushes';
import { readWholeRepository } from '../../storage/repository-view';
import { reconciliationProgress } from './reconciliation-state';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const iso = (at: number): string => new Date(at).toISOString().replace('Z', '+00:00');

let forge: InProcessApp;
let workspace: SmallWorkspace;
let clock: jest.SpyInstance;
let now: number;
beforeEach(async () => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  workspace = smallWorkspace([1, 2, 3].map((id) => openPullRequest(id, 'ann', iso(NOW - id * DAY))));
  forge = await startInProcessApp(workspace);
  await forge.install();
  await forge.drain();
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

/** Lets two days pass and the schedule run, as often as the comparison is due. */
async function reconcile(): Promise<void> {
  now += 2 * DAY;
  for (let tick = 0; tick < 3; tick += 1) {
    await forge.tick();
    await forge.drain();
    now += 300_000;
  }
}

async function progress(): Promise<ReturnType<typeof reconciliationProgress>> {
  const task = await readTask(REPOSITORY_ID, 'reconciliation');
  if (task === null) throw new Error('There is no reconciliation.');
  return reconciliationProgress(task);
}

/** Something happens in Bitbucket, and no event tells of it. */
function silently(
  id: number,
  at: number,
  change: (pullRequest: JsonObject) => JsonObject,
  entry: JsonObject,
): void {
  const small = workspace.pullRequests.get(id);
  if (!small) throw new Error(`There is no pull request ${id}.`);
  small.pullRequest = { ...change(small.pullRequest), updated_on: iso(at) };
  small.activity = [{ pull_request: { type: 'pullrequest', id }, ...entry }, ...small.activity];
  workspace.revision += 1;
}

it('finds nothing where nothing happened, at one request', async () => {
  const before = forge.bitbucket.requests.total;
  await reconcile();
  expect(await progress()).toMatchObject({ healed: 0, lastAt: expect.any(Number) });
  // One, and one for the daily look for new repositories.
  expect(forge.bitbucket.requests.total - before).toBe(2);
});

it('heals a merge that no event told of, and counts it', async () => {
  const at = NOW + HOUR;
  silently(2, at, (pullRequest) => ({ ...pullRequest, state: 'MERGED', closed_by: person('ben') }), {
    update: { date: iso(at), state: 'MERGED', author: person('ben'), source: null },
  });
  await reconcile();
  expect((await progress()).healed).toBe(1);
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts.find(({ id }) => id === 2)).toMatchObject({ state: 'MERGED', mergedAt: at / 1000 });
});

it('heals an approval that did not move the last update', async () => {
  const small = workspace.pullRequests.get(3);
  const updatedOn = small?.pullRequest.updated_on ?? '';
  silently(3, NOW + HOUR, (pullRequest) => pullRequest, {
    approval: { date: iso(NOW + HOUR), user: person('ben') },
  });
  if (small) small.pullRequest = { ...small.pullRequest, updated_on: updatedOn };
  await reconcile();
  expect((await progress()).healed).toBe(1);
});

it('leaves alone what is so young that its event may still come', async () => {
  await reconcile();
  silently(1, now - 60_000, (pullRequest) => pullRequest, {
    comment: { created_on: iso(now - 60_000), user: person('ben'), deleted: false },
  });
  now += 6 * HOUR - 500_000;
  const { nextAt } = await progress();
  expect(nextAt * 1000).toBeGreaterThan(now);
  await reconcile();
  expect((await progress()).healed).toBe(1);
});

it('finds a pull request of which nothing was ever heard', async () => {
  workspace.pullRequests.set(9, openPullRequest(9, 'ben', iso(NOW + HOUR)));
  workspace.revision += 1;
  await reconcile();
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts.map(({ id }) => id).sort()).toEqual([1, 2, 3, 9]);
});

it('records what was pushed straight to the main branch, apart from merges', async () => {
  const commit = (hash: string, at: number, ...parents: readonly string[]): JsonObject => ({
    type: 'commit',
    hash: hash.padEnd(40, 'f'),
    date: iso(at),
    parents: parents.map((parent) => ({ type: 'commit', hash: parent.padEnd(40, 'f') })),
  });
  workspace.commits.push(
    commit('aaaaaaaaaaa3', NOW + 3 * HOUR, 'aaaaaaaaaaa2'),
    commit('aaaaaaaaaaa2', NOW + 2 * HOUR, 'aaaaaaaaaaa1', 'bbbbbbbbbbb1'),
    commit('bbbbbbbbbbb1', NOW + HOUR, 'aaaaaaaaaaa1'),
    commit('aaaaaaaaaaa1', NOW - 5 * DAY),
  );
  const at = NOW + 2 * HOUR;
  silently(
    2,
    at,
    (pullRequest) => ({ ...pullRequest, state: 'MERGED', merge_commit: { hash: 'aaaaaaaaaaa2' } }),
    { update: { date: iso(at), state: 'MERGED', author: person('ben'), source: null } },
  );
  await reconcile();
  const pushes = forge.app.store.dump().filter(({ entityName }) => entityName === ENTITY.push);
  expect(pushes).toMatchObject([
    { value: { kind: 'default', at: (NOW + 3 * HOUR) / 1000, detail: { origin: 'direct' } } },
  ]);
  // The merge and the push.
  expect((await progress()).healed).toBe(2);
});

it('tells how each merge came into the main branch', async () => {
  const commit = (hash: string, at: number, ...parents: readonly string[]): JsonObject => ({
    type: 'commit',
    hash: hash.padEnd(40, 'f'),
    date: iso(at),
    parents: parents.map((parent) => ({ type: 'commit', hash: parent.padEnd(40, 'f') })),
  });
  const ways = [
    { id: 1, hash: 'aaaaaaaaaaa1', at: NOW + HOUR, parents: ['aaaaaaaaaaa0', 'bbbbbbbbbbb1'] },
    { id: 2, hash: 'aaaaaaaaaaa2', at: NOW + 2 * HOUR, parents: ['aaaaaaaaaaa1'] },
    { id: 3, hash: 'aaaaaaaaaaa3', at: NOW + 3 * HOUR, parents: ['aaaaaaaaaaa2'] },
  ];
  for (const { id, hash, at, parents } of ways) {
    workspace.commits.unshift(commit(hash, at, ...parents));
    silently(id, at, (pullRequest) => ({ ...pullRequest, state: 'MERGED', merge_commit: { hash } }), {
      update: { date: iso(at), state: 'MERGED', author: person('ben'), source: null },
    });
    // The third is a commit of the pull request itself.
    const small = workspace.pullRequests.get(id);
    if (small && id === 3) small.commits = [commit('ccccccccccc3', at, 'aaaaaaaaaaa2')];
    const push = { words: null, forced: false, created: false, closed: false, truncated: false };
    const range = { before: parents[0] ?? null, after: hash.padEnd(40, 'f'), commits: 1 };
    await savePush(REPOSITORY_ID, `digest-${id}`, { kind: 'default', at: at / 1000, ...range, ...push });
  }
  workspace.commits.push(commit('aaaaaaaaaaa0', NOW - 5 * DAY));
  await reconcile();
  const pushes = await readMainPushes(REPOSITORY_ID);
  expect(pushes.map(({ origin, strategy }) => [origin, strategy])).toEqual([
    ['merge', 'merge-commit'],
    ['merge', 'squash'],
    ['merge', 'fast-forward'],
  ]);
});

it('keeps pipelines and deployments current', async () => {
  const pipeline = { type: 'pipeline', uuid: '{p1}' };
  workspace.pipelines.push({
    ...pipeline,
    build_number: 1,
    created_on: iso(NOW + HOUR),
    completed_on: iso(NOW + HOUR + 100_000),
    duration_in_seconds: 80,
    state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
    target: { ref_type: 'branch', ref_name: 'main' },
  });
  workspace.deployments.push({
    type: 'deployment',
    uuid: '{d1}',
    environment: { uuid: '{e1}', environment_type: { name: 'Production' } },
    state: {
      name: 'COMPLETED',
      status: { name: 'SUCCESSFUL' },
      started_on: iso(NOW + HOUR + 200_000),
      completed_on: iso(NOW + HOUR + 260_000),
    },
    release: { commit: { hash: 'aaaaaaaaaaa1ffff' }, pipeline },
  });
  workspace.revision += 1;
  // Nothing else happens here, so it is looked for weekly.
  now += 6 * DAY;
  await reconcile();
  expect(await readDelivery(REPOSITORY_ID, ['2026-10'])).toEqual({
    pipelines: [
      {
        number: 1,
        createdAt: (NOW + HOUR) / 1000,
        completedAt: (NOW + HOUR) / 1000 + 100,
        durationSeconds: 80,
        queueSeconds: 20,
        result: 'SUCCESSFUL',
        trigger: 'PUSH',
        target: 'default',
        pullRequest: null,
      },
    ],
    deployments: [
      {
        id: 'd1',
        environmentType: 'PRODUCTION',
        environmentId: 'e1',
        startedAt: (NOW + HOUR) / 1000 + 200,
        completedAt: (NOW + HOUR) / 1000 + 260,
        status: 'SUCCESSFUL',
        isCompleted: true,
        commit: 'aaaaaaaaaaa1',
        pipelineId: 'p1',
      },
    ],
  });
});

it('goes on where it was interrupted', async () => {
  silently(2, NOW + HOUR, (pullRequest) => pullRequest, {
    comment: { created_on: iso(NOW + HOUR), user: person('ben'), deleted: false },
  });
  let asked = 0;
  forge.bitbucket.faults = () => {
    asked += 1;
    return asked % 7 === 2 ? { status: 503 } : undefined;
  };
  now += 2 * DAY;
  for (let tick = 0; tick < 20; tick += 1) {
    await forge.tick();
    await forge.drain();
    now += 300_000;
  }
  expect(await progress()).toMatchObject({ healed: 1, lastAt: expect.any(Number) });
});
