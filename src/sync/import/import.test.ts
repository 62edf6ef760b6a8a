import { startInProcessApp, type InProcessApp } from '../../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  smallWorkspace,
  type SmallPullRequest,
} from '../../../test/small-workspace';
import type { FaultHook } from '../../../local/bitbucket/server';
import { patternWords } from '../../facts/branch-words';
import { readTask } from '../../storage/tasks';
import { readWholeRepository, type RepositoryView } from '../../storage/repository-view';
import { work } from '../functions';
import { importProgress, type ImportProgress } from './import-progress';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
const COUNT = 120;

/** One an hour, the first opened 120 hours ago; each with a comment of Ben's half an hour later. */
const pullRequests = Array.from({ length: COUNT }, (_, index): SmallPullRequest => {
  const opened = NOW - (COUNT - index) * HOUR;
  const small = openPullRequest(index + 1, 'ann', new Date(opened).toISOString());
  const commented = new Date(opened + HOUR / 2).toISOString();
  const comment = {
    pull_request: { type: 'pullrequest', id: index + 1 },
    comment: { created_on: commented, user: person('ben'), deleted: false },
  };
  return {
    ...small,
    pullRequest: { ...small.pullRequest, updated_on: commented },
    activity: [comment, ...small.activity],
  };
});

let forge: InProcessApp;
let clock: jest.SpyInstance;
let now: number;
beforeEach(async () => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  forge = await startInProcessApp(smallWorkspace(pullRequests));
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

const view = (): Promise<RepositoryView> => readWholeRepository(REPOSITORY_ID);
const ids = async (): Promise<readonly number[]> =>
  (await view()).facts.map(({ id }) => id).sort((a, b) => a - b);

async function progress(): Promise<ImportProgress> {
  const task = await readTask(REPOSITORY_ID, 'pull-requests');
  if (task === null) throw new Error('There is no import.');
  return importProgress(task);
}

const count = (end: string): number =>
  Object.entries(forge.bitbucket.requests.byEndpoint()).reduce(
    (sum, [endpoint, requests]) => (endpoint.endsWith(end) ? sum + requests : sum),
    0,
  );

/** Fails every request to endpoints that end so, with a status. */
function refuse(status: number, ...ends: readonly string[]): FaultHook {
  return ({ endpoint }) => (ends.some((end) => endpoint.endsWith(end)) ? { status } : undefined);
}

it('imports every pull request of every repository after the installation', async () => {
  await forge.install();
  expect(await forge.drain()).not.toContainEqual(expect.objectContaining({ _retry: true }));
  expect(await ids()).toEqual(pullRequests.map((_, index) => index + 1));
  expect(await progress()).toMatchObject({ state: 'complete', done: COUNT, expected: COUNT, readSince: 0 });
  expect((await view()).facts.every(({ reviews }) => reviews.length === 1)).toBe(true);
});

it('reads everybody’s activity fifty entries at a time, and asks for no text', async () => {
  await forge.install();
  await forge.drain();
  // 240 entries; 120 pull requests in lists of fifty that overlap by one, and in three where their diffstats are.
  expect(count('/pullrequests/activity')).toBe(5);
  expect(count('{repo_slug}/pullrequests')).toBe(6);
  expect(count('{id}/activity')).toBe(0);
  for (const { path } of forge.bitbucket.requests.recent()) {
    expect(decodeURIComponent(path)).not.toMatch(/title|description|display_name|content|message|nickname/);
  }
});

it('keeps words of source branches, and not their names', async () => {
  await forge.install();
  await forge.drain();
  // As every pull request of the small workspace has it: `feature/x`.
  const words = (await view()).facts.map(({ branchWords }) => branchWords);
  expect(words).toEqual(Array.from({ length: COUNT }, () => patternWords('feature')));
  expect(JSON.stringify(forge.app.store.dump())).not.toContain('feature/x');
});

it('shows what the list alone tells before anything else is read', async () => {
  forge.bitbucket.faults = refuse(500, '/pullrequests/activity');
  await forge.install();
  await forge.drain();
  expect(await ids()).toHaveLength(COUNT);
  expect((await view()).facts.every(({ coverage }) => !coverage.activity)).toBe(true);
  expect((await progress()).state).not.toBe('complete');
});

it('says so where it is held up for long, and goes on by itself afterwards', async () => {
  forge.bitbucket.faults = refuse(502, '/pullrequests/activity');
  await forge.install();
  for (let tick = 0; tick < 40; tick += 1) {
    await forge.drain();
    now += 300_000;
    await forge.tick();
  }
  expect(await progress()).toMatchObject({
    state: 'failed',
    trouble: { cause: 'bitbucket-failed', scope: null },
  });
  forge.bitbucket.faults = null;
  for (let tick = 0; tick < 80; tick += 1) {
    await forge.drain();
    now += 300_000;
    await forge.tick();
  }
  expect(await progress()).toMatchObject({ state: 'complete', done: COUNT });
});

describe('where Bitbucket does not serve a whole repository', () => {
  it.each([403, 404])('it asks for each pull request instead (%d)', async (status) => {
    forge.bitbucket.faults = refuse(status, '/pullrequests/activity', '{repo_slug}/commits');
    await forge.install();
    await forge.drain();
    expect(await progress()).toMatchObject({ state: 'complete', done: COUNT });
    expect((await view()).facts.every(({ coverage }) => coverage.activity && coverage.commits)).toBe(true);
    expect(count('{id}/activity')).toBe(COUNT);
    expect(count('/pullrequests/activity')).toBe(1);
  });

  it('and leaves unread what it does not serve either', async () => {
    forge.bitbucket.faults = refuse(403, '/pullrequests/activity', '{id}/activity');
    await forge.install();
    await forge.drain();
    expect(await progress()).toMatchObject({ state: 'complete', done: COUNT });
    expect((await view()).facts.every(({ coverage }) => !coverage.activity && coverage.commits)).toBe(true);
  });
});

it('begins the log again where Bitbucket no longer knows its place in it', async () => {
  let forgotten = 0;
  forge.bitbucket.faults = ({ endpoint, path }) => {
    if (!endpoint.endsWith('/pullrequests/activity') || !path.includes('ctx=')) return undefined;
    forgotten += 1;
    return forgotten === 2 ? { status: 404 } : undefined;
  };
  await forge.install();
  await forge.drain();
  expect(await progress()).toMatchObject({ state: 'complete', done: COUNT });
  expect((await view()).facts.every(({ reviews }) => reviews.length === 1)).toBe(true);
  expect(count('/pullrequests/activity')).toBe(8);
});

it('follows Bitbucket’s link through pull requests that were all updated at one instant', async () => {
  await forge.close();
  const migrated = pullRequests.map((each) => ({
    ...each,
    pullRequest: { ...each.pullRequest, updated_on: '2026-10-09T23:30:00+00:00' },
  }));
  forge = await startInProcessApp(smallWorkspace(migrated));
  await forge.install();
  await forge.drain();
  expect(await ids()).toHaveLength(COUNT);
});

it('lets two runs at once work on different things, and none twice', async () => {
  await forge.install();
  const [discover] = forge.queue.splice(0);
  if (!discover) throw new Error('no message');
  const deliver = (body: Record<string, unknown>, jobId: string): Promise<unknown> =>
    work({ body, queueName: 'work', jobId, eventId: jobId });
  await deliver(discover.body, 'discover');
  const [run] = forge.queue.splice(0);
  if (!run) throw new Error('no run');
  await Promise.all([deliver(run.body, 'a'), deliver(run.body, 'b')]);
  await forge.drain();
  expect(await progress()).toMatchObject({ state: 'complete', done: COUNT });
  expect(count('/pullrequests/activity')).toBe(5);
  expect(count('{repo_slug}/pullrequests')).toBe(6);
});

it('keeps no page once everything is read', async () => {
  await forge.install();
  await forge.drain();
  expect(forge.app.store.dump().filter(({ key }) => key.startsWith('importpage:'))).toEqual([]);
});
