import { StorageConflict } from './errors';
import { type Lease, createTask, dueTasks, leaseTask, readTask } from './tasks';
import { openAppStore, type AppStore } from './testing';

const NOW = 1_800_000_000;
const REPOSITORY = '15a31549-1cff-45dc-9d0d-310114c5038b';

let app: AppStore;
beforeEach(async () => {
  app = openAppStore();
  await createTask(REPOSITORY, 'pull-requests', { queue: 'open', rank: -5 }, { page: 0 });
});
afterEach(() => app.close());

const tryToLease = (holder: string, now = NOW): ReturnType<typeof leaseTask> =>
  leaseTask(REPOSITORY, 'pull-requests', 'open', holder, now);

async function lease(holder: string, now = NOW): Promise<Lease | null> {
  const leased = await tryToLease(holder, now);
  return leased === 'taken' ? null : leased;
}

it('is created once', async () => {
  expect(await createTask(REPOSITORY, 'pull-requests', { queue: 'history', rank: 0 }, {})).toBe(false);
  expect(await readTask(REPOSITORY, 'pull-requests')).toMatchObject({ queue: 'open', rank: -5 });
});

it('is had by one runner at a time, and by another when the first fell silent', async () => {
  const first = await lease('a');
  expect(first?.task.state).toEqual({ page: 0 });
  expect(await tryToLease('b', NOW + 100)).toBe('taken');
  expect(await lease('a', NOW + 100)).not.toBeNull();
  expect(await lease('b', NOW + 100 + 151)).not.toBeNull();
});

it('goes on where it was saved, and refuses the save of a runner that lost it', async () => {
  const first = await lease('a');
  await first?.save({ state: { page: 1 }, queue: 'open', now: NOW });
  const second = await lease('b', NOW + 200);
  expect(second?.task.state).toEqual({ page: 1 });
  await expect(first?.save({ state: { page: 9 }, queue: 'open', now: NOW + 201 })).rejects.toBeInstanceOf(
    StorageConflict,
  );
  expect((await readTask(REPOSITORY, 'pull-requests'))?.state).toEqual({ page: 1 });
});

it('is free at once when it was let go, and waits where it is in trouble', async () => {
  const first = await lease('a');
  await first?.save({
    state: { page: 1 },
    queue: 'open',
    now: NOW,
    release: true,
    rank: NOW + 60,
    heldUp: {
      failures: 2,
      trouble: { cause: 'bitbucket-failed', scope: null },
      reason: 'Bitbucket answered 502',
    },
  });
  expect(await lease('b')).toBeNull();
  const second = await lease('b', NOW + 60);
  expect(second?.task).toMatchObject({ failures: 2, reason: 'Bitbucket answered 502' });
  await second?.save({ state: { page: 2 }, queue: 'recent', now: NOW + 60 });
  expect(await readTask(REPOSITORY, 'pull-requests')).toMatchObject({
    queue: 'recent',
    rank: -5,
    failures: 0,
    reason: null,
  });
});

it('is found by queue, the lowest rank first, and not before its time', async () => {
  await createTask('b', 'pull-requests', { queue: 'open', rank: -9 }, {});
  await createTask('c', 'reconciliation', { queue: 'open', rank: NOW + 1 }, {});
  expect((await dueTasks('open', NOW, 10)).map(({ repository }) => repository)).toEqual(['b', REPOSITORY]);
  expect(await dueTasks('open', NOW + 1, 10)).toHaveLength(3);
  expect(await dueTasks('history', NOW, 10)).toEqual([]);
});
