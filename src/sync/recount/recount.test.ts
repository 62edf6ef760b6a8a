import type { JsonObject } from '../../../local/bitbucket/workspace-source';
import { AS_VIEWER, Killed, startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import { reviewedPullRequest } from '../../../test/reviewed-pull-requests';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  type SmallWorkspace,
} from '../../../test/small-workspace';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { canonicalJson } from '../../storage/canonical-json';
import { observe } from '../../storage/observations';
import { readPullRequests, savePullRequests } from '../../storage/pull-requests';
import { readWholeRepository } from '../../storage/repository-view';
import type { Answer, ResolverFunction, ResolverFunctions } from '../../views/contract';
import type { RecountReport } from '../../views/reports/recount-report';
import { resolve } from '../../views/resolver';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);

let forge: InProcessApp;
let workspace: SmallWorkspace;
let clock: jest.SpyInstance;
let now: number;

/** Four merged pull requests of the last days, one of two months ago, and an open one. */
async function begin(administers?: () => boolean): Promise<void> {
  const merged = (id: number, daysAgo: number) =>
    reviewedPullRequest(id, {
      author: 'ann',
      openedAt: NOW - daysAgo * 24 * HOUR,
      acts: [
        [1, 'comment', 'ben'],
        [2, 'approval', 'ben'],
      ],
      mergedAfter: 4,
    });
  workspace = smallWorkspace([
    ...[1, 2, 3, 4].map((id) => merged(id, 4 + id)),
    merged(5, 60),
    openPullRequest(6, 'ann', new Date(NOW - 48 * HOUR).toISOString()),
  ]);
  forge = await startInProcessApp(workspace, administers === undefined ? {} : { administers });
  await forge.install();
  await forge.drain();
  now += 2 * HOUR;
}

beforeEach(() => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

async function ask<F extends ResolverFunction>(
  functionKey: F,
  payload: object,
): Promise<ResolverFunctions[F]['data']> {
  const context = { extension: { repository: { uuid: REPOSITORY_UUID } } };
  const answer = (await resolve({ call: { functionKey, payload }, context }, AS_VIEWER)) as Answer<
    ResolverFunctions[F]['data']
  >;
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const recount = (): Promise<{ outcome: string }> => ask('recount', { query: { window: 30 } });

async function result(): Promise<NonNullable<RecountReport['recount']>> {
  const { recount: found } = await ask('recountProgress', {});
  if (found === null) throw new Error('There is no recount.');
  return found;
}

/** Makes the store hold something else than Bitbucket says. */
async function falsify(id: number, change: Partial<PullRequestFacts>): Promise<void> {
  const read = (await readPullRequests(REPOSITORY_ID, [id])).get(id);
  if (read === undefined) throw new Error(`Nothing is stored of ${id}.`);
  await savePullRequests(REPOSITORY_ID, [{ ...read, facts: { ...read.facts, ...change } }]);
}

/** By id, as text. */
async function stored(): Promise<ReadonlyMap<number, string>> {
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  return new Map(facts.map((each) => [each.id, canonicalJson(each)]));
}

it('finds nothing where the store agrees with Bitbucket, and changes nothing', async () => {
  await begin();
  const before = await stored();
  expect(await ask('recountProgress', {})).toMatchObject({ recount: null });
  expect(await recount()).toEqual({ outcome: 'begun' });
  expect(await result()).toMatchObject({ state: 'waiting', done: 0, expected: null });
  await forge.drain();
  // Those of the window, not the one of two months ago.
  expect(await result()).toMatchObject({
    state: 'complete',
    done: 5,
    expected: 5,
    found: 0,
    differences: [],
    gone: 0,
    remainingSeconds: null,
  });
  expect(await stored()).toEqual(before);
});

it('lists every fact that differs, and repairs it', async () => {
  await begin();
  const before = await stored();
  await falsify(2, { reviewCommentCount: 7, closedById: 'account-somebody' });
  await falsify(3, { reviews: [], staleApproval: true });
  await recount();
  await forge.drain();
  expect(await result()).toMatchObject({
    found: 4,
    differences: [
      { pullRequest: 2, fact: 'closedById', before: 'account-somebody', after: 'account-ann' },
      { pullRequest: 2, fact: 'reviewCommentCount', before: 7, after: 1 },
      { pullRequest: 3, fact: 'reviews', before: { entries: 0 }, after: { entries: 2 } },
      { pullRequest: 3, fact: 'staleApproval', before: true, after: false },
    ],
  });
  expect(await stored()).toEqual(before);
});

it('reads what the store never heard of, and says what Bitbucket no longer has', async () => {
  await begin();
  workspace.pullRequests.set(9, openPullRequest(9, 'ben', new Date(NOW - 24 * HOUR).toISOString()));
  workspace.pullRequests.delete(4);
  workspace.revision += 1;
  await recount();
  await forge.drain();
  const { differences, gone } = await result();
  expect(differences).toEqual([
    { pullRequest: 4, fact: 'id', before: 4, after: null },
    { pullRequest: 9, fact: 'id', before: null, after: 9 },
  ]);
  expect(gone).toBe(1);
  // What is gone is kept: the store is all that still knows it.
  expect([...(await stored()).keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 9]);
});

it('keeps an approval’s withdrawal, which only events know', async () => {
  await begin();
  const at = NOW - 46 * HOUR;
  const sighting = (approved: boolean, after: number) => ({
    at: at + after,
    truncated: false,
    statuses: approved ? [{ actorId: 'account-ben', status: 'approved', at }] : [],
  });
  await observe(REPOSITORY_ID, 6, { sightings: [sighting(true, 0), sighting(false, HOUR)], closedAt: null });
  await recount();
  await forge.drain();
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  const withdrawn = facts.find(({ id }) => id === 6);
  expect(withdrawn?.withdrawnApprovals).toBe(1);
  await recount();
  await forge.drain();
  expect((await readWholeRepository(REPOSITORY_ID)).facts.find(({ id }) => id === 6)).toEqual(withdrawn);
  expect((await result()).found).toBe(0);
});

it('counts what was not read before as more known, not as different', async () => {
  await begin();
  const [facts] = (await readWholeRepository(REPOSITORY_ID)).facts.filter(({ id }) => id === 1);
  const coverage = { activity: true, commits: true, diffstat: false };
  // Open ones are not protected against an answer that is not there.
  await falsify(6, { coverage, linesAdded: null, linesRemoved: null, filesChanged: null });
  await recount();
  await forge.drain();
  expect(facts?.coverage.diffstat).toBe(true);
  expect(await result()).toMatchObject({ found: 0, completed: 1 });
});

it('goes on where it was killed, at whichever call, and lists each difference once', async () => {
  await begin();
  const before = await stored();
  let kills = 0;
  for (let calls = 1; ; calls += 3) {
    await falsify(2, { reviewCommentCount: 7 });
    await falsify(3, { staleApproval: true });
    expect(await recount()).toEqual({ outcome: 'begun' });
    const begunAt = forge.calls;
    forge.killAfter(calls);
    try {
      await forge.drain();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    const wasKilled = forge.calls - begunAt >= calls;
    forge.revive();
    forge.queue.length = 0;
    for (let ticks = 0; (await result()).state !== 'complete' && ticks < 20; ticks += 1) {
      now += 300_000;
      await forge.tick();
      await forge.drain();
    }
    const { state, found, differences } = await result();
    expect({ calls, state, found, facts: differences.map(({ fact }) => fact) }).toEqual({
      calls,
      state: 'complete',
      found: 2,
      facts: ['reviewCommentCount', 'staleApproval'],
    });
    expect(await stored()).toEqual(before);
    if (!wasKilled) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(20);
}, 120_000);

it('is not begun while one is running', async () => {
  await begin();
  await recount();
  expect(await recount()).toEqual({ outcome: 'running' });
  await forge.drain();
  expect(await recount()).toEqual({ outcome: 'begun' });
});

it('is for those who administer the repository', async () => {
  await begin(() => false);
  await expect(recount()).rejects.toThrow('administrator');
  expect(forge.queue).toEqual([]);
  expect(await ask('recountProgress', {})).toMatchObject({ recount: null });
});

it('keeps to the hour’s budget, and goes on in the next', async () => {
  await begin();
  await forge.close();
  const many = Array.from({ length: 12 }, (_, place): JsonObject => person(`p${place}`));
  workspace = smallWorkspace(
    many.map((_, place) =>
      openPullRequest(place + 1, 'ann', new Date(NOW - (place + 1) * HOUR).toISOString()),
    ),
  );
  forge = await startInProcessApp(workspace, { requestsPerHour: 40 });
  await forge.install();
  for (let ticks = 0; ticks < 60; ticks += 1) {
    now += 300_000;
    await forge.tick();
    await forge.drain();
  }
  expect(await recount()).toEqual({ outcome: 'begun' });
  await forge.drain();
  const { state, done } = await result();
  expect(state).toBe('importing');
  expect(done).toBeLessThan(12);
  for (let ticks = 0; ticks < 60; ticks += 1) {
    now += 300_000;
    await forge.tick();
    await forge.drain();
  }
  expect(await result()).toMatchObject({ state: 'complete', done: 12, found: 0 });
}, 60_000);
