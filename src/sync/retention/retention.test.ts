import fc from 'fast-check';
import { z } from 'zod';
import { startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallPullRequest,
  type SmallWorkspace,
} from '../../../test/small-workspace';
import { storeRepositories } from '../../../test/large-workspace';
import { manyRepositories } from '../../../test/many-repositories';
import type { JsonObject } from '../../../local/bitbucket/workspace-source';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { pullRequestFigures } from '../../metrics/pull-request-figures';
import { windowEndingAt } from '../../metrics/windows';
import { nowInSeconds } from '../../runtime/clock';
import { readWholeDelivery } from '../../storage/delivery-months';
import { readJobs } from '../../storage/jobs';
import { savePush } from '../../storage/pushes';
import { readWholeRepository } from '../../storage/repository-view';
import { endOf } from '../../storage/retention';
import { changeSettings } from '../../storage/workspace-settings';
import { importProgress } from '../import/import-progress';
import { applyRetention } from './apply-retention';

const NOW = Date.UTC(2026, 9, 10, 12);
const DAY = 86_400_000;

let forge: InProcessApp;
let workspace: SmallWorkspace;
let clock: jest.SpyInstance;
let now: number;

beforeEach(() => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

const iso = (at: number): string => new Date(at).toISOString();

/** Declined so many days before NOW, opened `open` days earlier; an old one that was commented on lately is updated then. */
function declined(id: number, age: number, open = 1): SmallPullRequest {
  const small = openPullRequest(id, 'ann', iso(NOW - (age + open) * DAY));
  const closed = iso(NOW - age * DAY);
  const decline = {
    pull_request: { type: 'pullrequest', id },
    update: { date: closed, state: 'DECLINED', author: person('ben') },
  };
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'DECLINED', updated_on: closed, closed_by: person('ben') },
    activity: [decline, ...small.activity],
  };
}

function pipeline(number: number, age: number): JsonObject {
  return {
    uuid: `{p${number}}`,
    build_number: number,
    created_on: iso(NOW - age * DAY),
    completed_on: iso(NOW - age * DAY + 100_000),
    duration_in_seconds: 80,
    state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
    target: { ref_type: 'branch', ref_name: 'main' },
  };
}

async function start(ages: readonly number[], retentionDays: number | null = null): Promise<void> {
  now = NOW;
  workspace = smallWorkspace([
    ...ages.map((age, index) => declined(index + 1, age)),
    openPullRequest(900, 'ann', iso(NOW - 900 * DAY)),
  ]);
  workspace.pipelines.push(...[10, 300, 500, 800].map((age, index) => pipeline(4 - index, age)));
  forge = await startInProcessApp(workspace);
  if (retentionDays !== null) await keep(retentionDays);
  await forge.install();
  await forge.drain();
  await tickAndDrain();
  await tickAndDrain();
}

async function tickAndDrain(): Promise<void> {
  await forge.tick();
  await forge.drain();
}

async function keep(retentionDays: number | null): Promise<void> {
  await changeSettings((before) => ({ detail: { ...before, retentionDays }, result: undefined }));
}

/** What a change of the setting does. */
async function apply(): Promise<void> {
  await applyRetention(WORKSPACE_UUID, nowInSeconds());
  await forge.drain();
  await tickAndDrain();
}

async function facts(): Promise<readonly PullRequestFacts[]> {
  const view = await readWholeRepository(REPOSITORY_ID);
  return view.facts.toSorted((a, b) => a.id - b.id);
}

const ids = async (): Promise<readonly number[]> => (await facts()).map(({ id }) => id);
const pipelines = async (): Promise<readonly number[]> =>
  (await readWholeDelivery(REPOSITORY_ID)).pipelines.map(({ number }) => number);

async function readSince(): Promise<number | null> {
  const { importTask } = await readWholeRepository(REPOSITORY_ID);
  return importTask === null ? null : importProgress(importTask).readSince;
}

const AGES = [5, 100, 350, 364, 367, 500, 800];

it('deletes what ended longer ago, and says since when there is anything', async () => {
  await start(AGES);
  await savePush(REPOSITORY_ID, 'old', { ...PUSH, at: (NOW - 400 * DAY) / 1000 });
  await savePush(REPOSITORY_ID, 'new', { ...PUSH, at: (NOW - 40 * DAY) / 1000 });
  expect(await ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 900]);
  expect(await readSince()).toBe(0);
  await keep(365);
  await apply();
  expect(await ids()).toEqual([1, 2, 3, 4, 900]);
  expect(await pipelines()).toEqual([3, 4]);
  expect(await readSince()).toBe(nowInSeconds() - 365 * 86_400);
  expect(rowsOf('pullrequest')).toEqual([1, 2, 3, 4, 900].map((id) => `${REPOSITORY_ID}:${id}`));
  expect(rowsOf('push')).toEqual([`${REPOSITORY_ID}:new`]);
  // Day by day.
  now += 2 * DAY;
  await tickAndDrain();
  expect(await ids()).toEqual([1, 2, 3, 900]);
});

it('says first since when there is anything, and removes then', async () => {
  await start(AGES);
  await keep(365);
  type Fetch = (meta: object, path: string, init?: object) => unknown;
  const globals = globalThis as { __forge_fetch__?: Fetch | undefined };
  const through = globals.__forge_fetch__;
  globals.__forge_fetch__ = (meta, path, init) =>
    path.endsWith('/batch/delete') ? Promise.reject(new Error('gone')) : through?.(meta, path, init);
  await apply();
  globals.__forge_fetch__ = through;
  expect(rowsOf('pullrequest')).toHaveLength(8);
  expect(await readSince()).toBe(nowInSeconds() - 365 * 86_400);
});

const PUSH = {
  kind: 'branch',
  before: null,
  after: null,
  commits: 1,
  forced: false,
  created: false,
  closed: false,
  truncated: false,
  words: null,
} as const;

const rowsOf = (entityName: string): readonly string[] =>
  forge.app.store
    .dump()
    .filter((row) => row.entityName === entityName)
    .map(({ key }) => key)
    .sort((a, b) => Number(a.split(':')[1]) - Number(b.split(':')[1]));

it('reads no further back than it keeps, and has it for sure', async () => {
  await start(AGES, 365);
  expect(await ids()).toEqual([1, 2, 3, 4, 900]);
  expect(await pipelines()).toEqual([3, 4]);
  expect(await readSince()).toBe(nowInSeconds() - 365 * 86_400);
  const task = (await readWholeRepository(REPOSITORY_ID)).importTask;
  expect(task === null ? null : importProgress(task).state).toBe('complete');
});

it('asks for no page of what is older', async () => {
  const ages = Array.from({ length: 160 }, (_, index) => index * 5);
  const pages = (): number =>
    forge.bitbucket.requests.byEndpoint()['GET /repositories/{workspace}/{repo_slug}/pullrequests'] ?? 0;
  await start(ages);
  const all = pages();
  await forge.close();
  await start(ages, 180);
  // One of them tells where the diffstats are.
  expect([all, pages()]).toEqual([6, 3]);
  expect(await ids()).toHaveLength(38);
});

it('has one that began before what is kept', async () => {
  now = NOW;
  workspace = smallWorkspace([declined(1, 200, 700)]);
  forge = await startInProcessApp(workspace);
  await keep(365);
  await forge.install();
  await forge.drain();
  await tickAndDrain();
  expect((await facts()).map(({ id, coverage }) => [id, coverage.activity])).toEqual([[1, true]]);
});

it('does not bring back what is compared or read again', async () => {
  await start(AGES, 365);
  const old = workspace.pullRequests.get(6);
  if (old === undefined) throw new Error('There is no sixth.');
  // A late comment on one that was declined long ago.
  now += DAY;
  old.pullRequest = { ...old.pullRequest, updated_on: iso(now - DAY / 2) };
  workspace.revision += 1;
  now += DAY;
  await tickAndDrain();
  await tickAndDrain();
  expect(await ids()).not.toContain(6);
});

it('removes one of which it had missed for long that it was closed', async () => {
  await start([5]);
  await keep(180);
  const open = workspace.pullRequests.get(900);
  if (open === undefined) throw new Error('There is none.');
  const gone = declined(900, 300, 600);
  Object.assign(open, {
    pullRequest: { ...gone.pullRequest, updated_on: iso(NOW + DAY / 2) },
    activity: gone.activity,
  });
  workspace.revision += 1;
  // The newest activity does not tell of it: the weekly look at everything does.
  now += 8 * DAY;
  await tickAndDrain();
  await tickAndDrain();
  expect(await ids()).toEqual([1]);
});

it('imports what is missing when more is to be kept, and does not read the rest again', async () => {
  await start(AGES, 365);
  const before = ownRequests();
  now += 3_600_000;
  await keep(null);
  await apply();
  await tickAndDrain();
  expect(await ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 900]);
  expect(await pipelines()).toEqual([1, 2, 3, 4]);
  expect(await readSince()).toBe(0);
  // The log tells what happened on the three; their commits are asked for.
  expect(ownRequests() - before).toBe(3);
  const readAgain = forge.app.store
    .dump()
    .filter(
      ({ entityName, value }) => entityName === 'pullrequest' && readAt.parse(value).readAt !== NOW / 1000,
    )
    .map(({ key }) => key);
  expect(readAgain).toEqual([5, 6, 7].map((id) => `${REPOSITORY_ID}:${id}`));
});

const readAt = z.object({ readAt: z.number() });

const ownRequests = (): number =>
  Object.entries(forge.bitbucket.requests.byEndpoint())
    .filter(([endpoint]) => /pullrequests\/\{.*\}/.test(endpoint))
    .reduce((sum, [, count]) => sum + count, 0);

it('makes no difference to figures of what is kept, and stores nothing older', async () => {
  await start([5]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(180, 365, 730),
      fc.boolean(),
      async (ages, days, isBefore) => {
        await forge.close();
        await start(ages);
        const whole = await facts();
        if (isBefore) {
          await forge.close();
          await start(ages, days);
        } else {
          await keep(days);
          await apply();
        }
        const kept = await facts();
        const since = nowInSeconds() - days * 86_400;
        expect(kept.filter((each) => (endOf(each) ?? since) < since)).toEqual([]);
        const window = windowEndingAt(nowInSeconds(), days);
        expect(pullRequestFigures(kept, window, { defaultBranch: 'main' })).toEqual(
          pullRequestFigures(whole, window, { defaultBranch: 'main' }),
        );
      },
    ),
    { numRuns: 8 },
  );
});

describe('in a workspace of 450 repositories', () => {
  const COUNT = 450;
  /** What Forge reads and takes of an installation in a minute. */
  const MOST_UNITS = 4_000;

  async function startLarge(retentionDays: number | null): Promise<void> {
    now = NOW;
    const ages = [5, 100, 300, 500];
    forge = await startInProcessApp(
      manyRepositories(1, () => ages.map((age, index) => declined(index + 1, age))),
    );
    await forge.install();
    await forge.drain();
    // What looks through a new store comes to its end first.
    for (let ticks = 0; ticks < 3; ticks += 1) {
      await tickAndDrain();
      now += 300_000;
    }
    await storeRepositories(forge, { count: COUNT, stage: 'complete', now });
    await keep(retentionDays);
    await applyRetention(WORKSPACE_UUID, nowInSeconds());
  }

  const closed = (): number => rowsOf('pullrequest').length;

  it('looks at some in each run, so that it leaves most of every minute to others', async () => {
    await startLarge(365);
    const left = [closed()];
    while (left.at(-1) !== COUNT * 3 && left.length < 40) {
      now += 300_000;
      const before = forge.app.store.usage();
      await tickAndDrain();
      const after = forge.app.store.usage();
      expect(after.readUnits - before.readUnits).toBeLessThan(MOST_UNITS / 4);
      expect(after.writeUnits - before.writeUnits).toBeLessThan(MOST_UNITS / 4);
      left.push(closed());
    }
    expect(left.at(-1)).toBe(COUNT * 3);
    expect(left.length).toBeGreaterThan(3);
  });

  it('asks the store for less than a request for each where everything is kept', async () => {
    await startLarge(null);
    const before = forge.app.store.usage().requests;
    let runs = 0;
    while (!(await isOver()) && runs < 20) {
      now += 300_000;
      await tickAndDrain();
      runs += 1;
    }
    expect(await isOver()).toBe(true);
    expect(forge.app.store.usage().requests - before).toBeLessThan(COUNT);
  });

  async function isOver(): Promise<boolean> {
    const job = (await readJobs()).jobs.get('retention');
    return job !== undefined && job.dueAt > now / 1_000 + HALF_A_DAY;
  }
});

const HALF_A_DAY = 43_200;
