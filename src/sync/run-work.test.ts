import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { manyRepositories, uuidOf } from '../../test/many-repositories';
import { openPullRequest } from '../../test/small-workspace';
import { withoutBraces } from '../storage/keys';
import { leaseTask, readTask, restartTask, tasksIn } from '../storage/tasks';
import { importBeginning } from './import/import-state';
import { reconciliationProgress } from './reconcile/reconciliation-state';

const NOW = Date.UTC(2026, 9, 10);
const DAY = 86_400_000;
const COUNT = 9;

let forge: InProcessApp;
let now: number;
beforeEach(async () => {
  now = NOW;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  const opened = new Date(NOW - DAY).toISOString();
  forge = await startInProcessApp(manyRepositories(COUNT, () => [openPullRequest(1, 'ann', opened)]));
  await forge.install();
  await forge.drain();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await forge.close();
});

it('compares several repositories at the same time, and none twice', async () => {
  now += 2 * DAY;
  let underWay = 0;
  let most = 0;
  const asked: string[] = [];
  const globals = globalThis as { __forge_fetch__?: (...call: never[]) => Promise<Response> };
  const connected = globals.__forge_fetch__;
  if (connected === undefined) throw new Error('Nothing is connected.');
  globals.__forge_fetch__ = async (...call) => {
    const [{ remote }, target] = call as unknown as [{ remote?: string }, string];
    if (remote !== 'bitbucket' || !target.includes('/pullrequests/activity')) return connected(...call);
    asked.push(target);
    underWay += 1;
    most = Math.max(most, underWay);
    try {
      return await connected(...call);
    } finally {
      underWay -= 1;
    }
  };
  await forge.tick();
  await forge.drain();
  expect(new Set(asked).size).toBe(COUNT);
  expect(asked).toHaveLength(COUNT);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  const compared: number[] = [];
  for await (const task of tasksIn('reconciliation')) {
    if (task.name === 'reconciliation') compared.push(reconciliationProgress(task).lastAt ?? 0);
  }
  expect(compared).toEqual(Array.from({ length: COUNT }, () => now / 1_000));
});

describe('where many come due together', () => {
  const MANY = 50;

  it('compares some in a minute, and the others at the next turns', async () => {
    await forge.close();
    forge = await startInProcessApp(manyRepositories(MANY));
    await forge.install();
    await forge.drain();
    now += 2 * DAY;
    const turns: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await forge.tick();
      await forge.drain();
      turns.push(await comparedSince(NOW + DAY));
      now += 300_000;
    }
    expect(turns).toEqual([24, 48, MANY]);
  });
});

async function comparedSince(since: number): Promise<number> {
  let count = 0;
  for await (const task of tasksIn('reconciliation')) {
    const { lastAt } = reconciliationProgress(task);
    count += Number(lastAt !== null && lastAt * 1_000 >= since);
  }
  return count;
}

it('leaves older history to the run that reads some already', async () => {
  const place = { queue: 'history', rank: -2 } as const;
  const ids = [1, 2].map((number) => withoutBraces(uuidOf(number)));
  const [first = '', second = ''] = ids;
  await restartTask(first, 'pull-requests', place, importBeginning(now / 1_000));
  await restartTask(second, 'pull-requests', { ...place, rank: -1 }, importBeginning(now / 1_000));
  const lease = await leaseTask(first, 'pull-requests', 'history', 'another run', now / 1_000);
  if (lease === null || lease === 'taken') throw new Error('It could not be leased.');
  await forge.tick();
  await forge.drain();
  expect(await readTask(second, 'pull-requests')).toMatchObject({ queue: 'history' });
  await lease.save({ state: lease.task.state, queue: 'history', now: now / 1_000, release: true });
  await forge.tick();
  await forge.drain();
  expect(await readTask(second, 'pull-requests')).toMatchObject({ queue: 'idle' });
});
