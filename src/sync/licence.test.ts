import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { passingTime, type PassingTime } from '../../test/passing-time';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import type { JsonObject } from '../../local/bitbucket/workspace-source';
import { isLicensed } from '../runtime/installation';
import { readLicence } from '../storage/licence';
import { exportRepository } from '../views/export-repository';
import { overviewOf } from '../views/overview';
import { progressOf } from '../views/progress';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();

interface Scene {
  readonly workspace: SmallWorkspace;
  readonly forge: InProcessApp;
  readonly time: PassingTime;
}

let running: Scene | null = null;
afterEach(async () => {
  running?.time.end();
  await running?.forge.close();
  running = null;
});

/** Imported, of four open pull requests. */
async function start(): Promise<Scene> {
  const workspace = smallWorkspace([1, 2, 3, 4].map((id) => openPullRequest(id, 'ann', iso(NOW - id * DAY))));
  const forge = await startInProcessApp(workspace, { licence: 'active' });
  const time = passingTime(forge, NOW);
  running = { workspace, forge, time };
  await forge.install();
  await time.pass(HOUR);
  return running;
}

async function end({ forge, time }: Scene): Promise<void> {
  time.end();
  await forge.close();
  running = null;
}

const base = {
  actor: { type: 'user', accountId: 'account-ben' },
  repository: { uuid: REPOSITORY_UUID },
  workspace: { uuid: WORKSPACE_UUID },
};

const pipelineAt = (at: number): JsonObject => ({
  type: 'pipeline',
  uuid: '{p1}',
  build_number: 1,
  created_on: iso(at),
  completed_on: iso(at + 100_000),
  duration_in_seconds: 80,
  state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } },
  trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
  target: { ref_type: 'branch', ref_name: 'main' },
});

/** A merge, an approval that is withdrawn again, a pipeline and a new pull request, told by events or not. */
async function muchHappens({ workspace, forge, time }: Scene, isTold: boolean): Promise<void> {
  const at = time.now;
  const small = workspace.pullRequests.get(2);
  if (!small) throw new Error('There is no pull request 2.');
  const merged = { date: iso(at), state: 'MERGED', author: person('ben'), source: null };
  small.pullRequest = {
    ...small.pullRequest,
    state: 'MERGED',
    updated_on: iso(at),
    closed_by: person('ben'),
    merge_commit: { hash: 'dddddddddddd', date: iso(at) },
  };
  small.activity = [{ pull_request: { type: 'pullrequest', id: 2 }, update: merged }, ...small.activity];
  workspace.pullRequests.set(9, openPullRequest(9, 'cid', iso(at)));
  workspace.pipelines.push(pipelineAt(at));
  workspace.revision += 1;
  const event = (name: string, id: number, state: string, more: object = {}): object => ({
    ...base,
    timestamp: iso(at),
    eventType: `avi:bitbucket:${name}`,
    pullrequest: { id, state },
    ...more,
  });
  // What only events know: always told.
  for (const [minute, status] of [
    [1, 'approved'],
    [2, 'none'],
  ] as const) {
    await forge.emit({
      ...event('updated:pullrequest-reviewer-status', 3, 'OPEN', {
        reviewers: {
          truncated: false,
          value: [{ user: { accountId: 'account-ben' }, status, timestamp: iso(at + minute * 60_000) }],
        },
      }),
      timestamp: iso(at + minute * 60_000),
    });
  }
  if (!isTold) return;
  await forge.emit(event('fulfilled:pullrequest', 2, 'MERGED'));
  await forge.emit(event('created:pullrequest', 9, 'OPEN'));
  await forge.emit({
    ...base,
    timestamp: iso(at),
    eventType: 'avi:bitbucket:updated:build-status',
    buildStatus: { state: 'SUCCESSFUL' },
  });
}

async function exported({ time }: Scene): Promise<object> {
  const part = await exportRepository(REPOSITORY_ID, Math.floor(time.now / 1000), 0);
  if (part === null) throw new Error('Nothing is stored.');
  return part;
}

it('reads nothing while it is inactive, and catches up to the figures of one that never was', async () => {
  const uninterrupted = await start();
  await uninterrupted.time.pass(2 * DAY);
  await muchHappens(uninterrupted, true);
  await uninterrupted.time.pass(2 * DAY + HOUR);
  const expected = await exported(uninterrupted);
  await end(uninterrupted);

  const scene = await start();
  const { forge, time } = scene;
  await time.pass(DAY);
  forge.setLicence('inactive');
  await time.pass(DAY);
  const before = forge.bitbucket.requests.total;
  await muchHappens(scene, true);
  await time.pass(2 * DAY);
  expect(forge.bitbucket.requests.total).toBe(before);
  expect(await exported(scene)).not.toEqual(expected);

  forge.setLicence('active');
  await time.pass(HOUR);
  expect(await exported(scene)).toEqual(expected);
});

it('compares everything, also where no event told of anything', async () => {
  const scene = await start();
  const { forge, time } = scene;
  forge.setLicence('inactive');
  await time.pass(HOUR);
  await muchHappens(scene, false);
  await time.pass(HOUR);
  forge.setLicence('active');
  await time.pass(HOUR);
  const part = await exportRepository(REPOSITORY_ID, Math.floor(time.now / 1000), 0);
  expect(part?.pullRequests.map(({ id, state }) => [id, state])).toEqual([
    [1, 'OPEN'],
    [2, 'MERGED'],
    [3, 'OPEN'],
    [4, 'OPEN'],
    [9, 'OPEN'],
  ]);
  expect(part?.pullRequests[2]?.withdrawnApprovals).toBe(1);
  expect(part?.repository.windows[0]?.metrics.pipeline_duration.n).toBe(1);
});

it('compares pipelines too where nothing else happened', async () => {
  const { workspace, forge, time } = await start();
  forge.setLicence('inactive');
  await time.pass(HOUR);
  workspace.pipelines.push(pipelineAt(time.now));
  workspace.revision += 1;
  forge.setLicence('active');
  await time.pass(HOUR);
  const part = await exportRepository(REPOSITORY_ID, Math.floor(time.now / 1000), 0);
  expect(part?.repository.windows[0]?.metrics.pipeline_duration.n).toBe(1);
});

it('goes on with an import where it stopped', async () => {
  const workspace = smallWorkspace([openPullRequest(1, 'ann', iso(NOW - DAY))]);
  const forge = await startInProcessApp(workspace, { licence: 'inactive' });
  const time = passingTime(forge, NOW);
  running = { workspace, forge, time };
  await time.pass(HOUR);
  await forge.install();
  await time.pass(HOUR);
  expect(forge.bitbucket.requests.total).toBe(0);
  forge.setLicence('active');
  await time.pass(HOUR);
  expect(await progressOf(REPOSITORY_ID, time.now / 1000)).toMatchObject({
    licenceInactiveSince: null,
    repository: { parts: [{ part: 'pull-requests', state: 'complete' }, {}, {}] },
  });
});

it('says so on the screens, and keeps the figures', async () => {
  const { forge, time } = await start();
  forge.setLicence('inactive');
  await time.pass(HOUR);
  const since = (NOW + HOUR) / 1000 + 300;
  const overview = await overviewOf(REPOSITORY_ID, { window: 90 }, time.now / 1000);
  expect(overview).toMatchObject({
    completeness: { state: 'complete', licenceInactiveSince: since },
    workInProgress: { pullRequests: { length: 4 } },
  });
  expect(await progressOf(REPOSITORY_ID, time.now / 1000)).toMatchObject({ licenceInactiveSince: since });
});

it('writes what it was told only when that changes', async () => {
  const { forge, time } = await start();
  await time.pass(HOUR);
  expect(await readLicence()).toBeNull();
  forge.setLicence('inactive');
  await time.pass(HOUR);
  expect(await readLicence()).toEqual({ isActive: false, since: (NOW + HOUR) / 1000 + 3_600 + 300 });
});

it('removes a deleted repository all the same', async () => {
  const { forge, time } = await start();
  forge.setLicence('inactive');
  await time.pass(HOUR);
  await forge.emit({ ...base, timestamp: iso(time.now), eventType: 'avi:bitbucket:deleted:repository' });
  await time.pass(HOUR);
  expect(await progressOf(REPOSITORY_ID, time.now / 1000)).toBeNull();
});

it.each([
  [{}, true],
  [{ license: undefined }, true],
  [{ license: null }, true],
  [{ license: { isActive: true } }, true],
  [{ license: { isActive: false } }, false],
  [{ license: { active: false } }, false],
  [{ license: { active: true, isActive: true, type: 'commercial' } }, true],
])('takes %j for licensed: %s', (context, expected) => {
  expect(isLicensed(context)).toBe(expected);
});
