import type { JsonObject } from '../../local/bitbucket/workspace-source';
import { readDelivery } from '../storage/delivery-months';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { patternWords } from '../facts/branch-words';
import { changeBudget } from '../storage/budget';
import { readObservations } from '../storage/observations';
import { readTagPushes } from '../storage/pushes';
import { readWholeRepository } from '../storage/repository-view';
import { readTask } from '../storage/tasks';
import { reconciliationProgress } from '../sync/reconcile/reconciliation-state';
import { take, UNSPENT_BUDGET } from '../sync/request-budget';

const OPENED = '2026-10-01T09:00:00.000000+00:00';

let workspace: SmallWorkspace;
let forge: InProcessApp;

beforeEach(async () => {
  workspace = smallWorkspace([openPullRequest(7, 'ann', OPENED)]);
  forge = await startInProcessApp(workspace);
});
afterEach(() => forge.close());

const base = {
  timestamp: '2026-10-01T10:00:00.000000Z',
  actor: { type: 'user', accountId: 'account-ben' },
  repository: { uuid: REPOSITORY_UUID },
  workspace: { uuid: WORKSPACE_UUID },
};
const pullrequest = { id: 7, state: 'OPEN', title: { truncated: false, value: 'SECRET TITLE' } };
const updated = { ...base, eventType: 'avi:bitbucket:updated:pullrequest', pullrequest };

const keys = (prefix: string): readonly string[] =>
  forge.app.store
    .dump()
    .map((row) => row.key)
    .filter((key) => key.startsWith(prefix));

const approvalBy = (name: string, date: string): JsonObject => ({
  pull_request: { type: 'pullrequest', id: 7 },
  approval: { date, user: person(name) },
});

it('records an event once, without its text, and asks for one refresh', async () => {
  await forge.emit(updated);
  expect(keys('event:')).toHaveLength(1);
  expect(JSON.stringify(forge.app.store.dump())).not.toContain('SECRET');
  expect(forge.queue).toMatchObject([
    {
      queue: 'live',
      body: { kind: 'refresh-pull-request', repository: REPOSITORY_ID, pullRequest: 7 },
      delayInSeconds: 15,
      concurrency: { key: `repository-${REPOSITORY_ID}`, limit: 1 },
    },
  ]);
});

it('makes one refresh of a burst, and another of what comes after it', async () => {
  await forge.emit(updated);
  await forge.emit({ ...updated, timestamp: '2026-10-01T10:00:05Z' });
  await forge.emit({
    ...base,
    eventType: 'avi:bitbucket:created:pullrequest-comment',
    pullrequest,
    comment: { id: 1 },
  });
  expect(forge.queue).toHaveLength(1);
  await forge.drain();
  await forge.emit({ ...updated, timestamp: '2026-10-01T10:00:09Z' });
  expect(forge.queue).toHaveLength(1);
});

it('leaves events to the next turn of the repository where the hour is scarce, which reads once for all of them, and nothing else', async () => {
  const now = Date.UTC(2026, 9, 1, 10) / 1000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
  try {
    await forge.install();
    await forge.drain();
    workspace.pullRequests.get(7)?.activity.unshift(approvalBy('ben', '2026-10-01T10:00:00Z'));
    workspace.revision += 1;
    await changeBudget(UNSPENT_BUDGET, (budget) => take(budget, 'live', budget.limit * 0.9, now));
    await forge.emit(updated);
    await forge.emit({ ...updated, timestamp: '2026-10-01T10:20:00Z' });
    // No message waits and wakes up in vain.
    expect(forge.queue).toEqual([]);
    const before = forge.bitbucket.requests.total;
    await forge.tick();
    await forge.drain();
    expect(forge.bitbucket.requests.total).toBe(before);
    clock.mockReturnValue((now + 4_500) * 1000);
    await forge.tick();
    await forge.drain();
    // Pull request and activity: the comparison itself is not due.
    expect(forge.bitbucket.requests.total - before).toBe(2);
    expect((await readWholeRepository(REPOSITORY_ID)).facts).toMatchObject([
      { id: 7, reviews: [{ kind: 'approval', actorId: 'account-ben' }] },
    ]);
    expect(keys('refresh:')).toEqual([]);
    // What an event told of was not missed.
    const task = await readTask(REPOSITORY_ID, 'reconciliation');
    expect(task === null ? null : reconciliationProgress(task)).toMatchObject({ healed: 0 });
  } finally {
    clock.mockRestore();
  }
});

it('reads again what was read by a clock that was two hours ahead', async () => {
  const now = Date.UTC(2026, 9, 1, 10) / 1000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
  try {
    await forge.emit(updated);
    clock.mockReturnValue((now + 7_200) * 1000);
    await forge.drain();
    clock.mockReturnValue((now + 60) * 1000);
    workspace.pullRequests.get(7)?.activity.unshift(approvalBy('ben', '2026-10-01T10:01:00Z'));
    workspace.revision += 1;
    await forge.emit({ ...updated, timestamp: '2026-10-01T10:01:00Z' });
    await forge.drain();
    expect((await readWholeRepository(REPOSITORY_ID)).facts).toMatchObject([
      { id: 7, reviews: [{ kind: 'approval', actorId: 'account-ben' }] },
    ]);
  } finally {
    clock.mockRestore();
  }
});

it('follows a new name as soon as the hour allows it, which no comparison would find', async () => {
  const now = Date.UTC(2026, 9, 1, 10) / 1000;
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
  try {
    await forge.install();
    await forge.drain();
    Object.assign(workspace, { slug: 'store', revision: 1 });
    await changeBudget(UNSPENT_BUDGET, (budget) => take(budget, 'live', budget.limit, now));
    await forge.emit({ ...base, eventType: 'avi:bitbucket:updated:repository' });
    const [message] = forge.queue;
    expect(await forge.drain()).toMatchObject([{ _retry: true }]);
    clock.mockReturnValue((now + 4_500) * 1000);
    if (message !== undefined) forge.queue.push(message);
    await forge.drain();
    const { record } = await readWholeRepository(REPOSITORY_ID);
    expect(record).toMatchObject({ slug: 'store' });
  } finally {
    clock.mockRestore();
  }
});

it('does nothing on a redelivery that comes after the refresh', async () => {
  const clock = jest.spyOn(Date, 'now');
  try {
    clock.mockReturnValue(Date.UTC(2026, 9, 1, 10));
    await forge.emit(updated);
    clock.mockReturnValue(Date.UTC(2026, 9, 1, 10, 1));
    await forge.drain();
    clock.mockReturnValue(Date.UTC(2026, 9, 1, 10, 2));
    await forge.emit({ ...updated, contextToken: 'another', retryContext: { retryCount: 1 } });
  } finally {
    clock.mockRestore();
  }
  expect(forge.queue).toHaveLength(0);
  expect(keys('event:')).toHaveLength(1);
});

it('asks again on a redelivery whose first delivery could not ask', async () => {
  await forge.emit(updated);
  forge.queue.length = 0;
  const { withdrawRefreshRequest } = await import('../storage/inbox');
  await withdrawRefreshRequest(REPOSITORY_ID, 7);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  await forge.emit(updated);
  clock.mockRestore();
  expect(forge.queue).toHaveLength(1);
});

it.each([
  ['an unknown event', { ...updated, eventType: 'avi:bitbucket:renamed:pullrequest' }, 'eventType'],
  ['no pull request', { ...base, eventType: updated.eventType }, 'pullrequest'],
  ['a wrong id', { ...updated, pullrequest: { ...pullrequest, id: 'seven' } }, 'pullrequest.id'],
  ['a wrong timestamp', { ...updated, timestamp: 'yesterday' }, 'timestamp'],
  ['no repository', { ...updated, repository: {} }, 'repository.uuid'],
])('records %s as refused, with the path of the wrong field', async (_, payload, path) => {
  await forge.emit(payload);
  const refused = forge.app.store.dump().filter((row) => row.key.startsWith('refused:'));
  expect(refused).toMatchObject([{ value: { path } }]);
  expect(JSON.stringify(refused)).not.toContain('SECRET');
  expect(forge.queue).toHaveLength(0);
});

it('refuses what is no object at all', async () => {
  for (const payload of [undefined, null, 'text', 7, []]) await forge.emit(payload as unknown as object);
  expect(keys('refused:')).toHaveLength(4);
});

it('keeps the statuses that only a reviewer-status event shows', async () => {
  const status = (timestamp: string, value: readonly object[]): object => ({
    ...base,
    timestamp,
    eventType: 'avi:bitbucket:updated:pullrequest-reviewer-status',
    pullrequest,
    reviewers: { value, truncated: false },
  });
  const approved = {
    user: { accountId: 'account-ben' },
    status: 'approved',
    timestamp: '2026-10-01T11:00:00Z',
  };
  await forge.emit(status('2026-10-01T12:00:00Z', []));
  await forge.emit(status('2026-10-01T11:00:00Z', [approved]));
  await forge.drain();
  expect((await readObservations(REPOSITORY_ID, [7])).get(7)?.sightings).toHaveLength(2);
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts).toMatchObject([
    { withdrawnApprovals: 1, reviews: [{ actorId: 'account-ben', kind: 'approval' }] },
  ]);
});

it('reads a push of commits and one of a tag, and stores no name of either', async () => {
  const push = {
    ref: 'SECRET',
    created: false,
    closed: false,
    forced: false,
    truncated: false,
    commits: [{ hash: 'a1' }],
  };
  const event = { ...base, eventType: 'avi:bitbucket:push:repository' };
  await forge.emit({ ...event, push: { ...push, mainbranch: true, after: 'a1' } });
  await forge.emit({ ...event, push: { ref: 'SECRET-1', date: '2026-10-01T10:00:00Z', after: 'a2' } });
  const pushes = forge.app.store.dump().filter((row) => row.entityName === 'push');
  expect(pushes.map((row) => (row.value as { kind: string }).kind).sort()).toEqual(['default', 'tag']);
  expect(JSON.stringify(forge.app.store.dump())).not.toContain('SECRET');
});

it('keeps of a tag’s name digests of its words, and tells when which was set', async () => {
  const tag = (at: string, ref: string | undefined, rest: object): object => ({
    ...base,
    timestamp: `2026-10-01T${at}:00Z`,
    eventType: 'avi:bitbucket:push:repository',
    push: { ref, created: true, closed: false, forced: false, ...rest },
  });
  await forge.emit(tag('12:00', 'latest', { after: 'c3', before: 'c1', created: false, forced: true }));
  await forge.emit(tag('10:00', 'v1.2-SECRET', { after: 'c1' }));
  await forge.emit(tag('11:00', 'v1.2-SECRET', { before: 'c1', created: false, closed: true }));
  await forge.emit(tag('11:30', undefined, {}));
  const commits = { mainbranch: false, truncated: false, commits: [{ hash: 'd4' }] };
  await forge.emit(tag('09:00', 'v1.0', { after: 'd4', ...commits }));
  const at = (time: string): number => Date.parse(`2026-10-01T${time}:00Z`) / 1000;
  expect(await readTagPushes(REPOSITORY_ID)).toEqual([
    { at: at('10:00'), commit: 'c1', words: patternWords('v secret', { shortest: 1 }) },
    { at: at('11:30'), commit: null, words: [] },
    { at: at('12:00'), commit: 'c3', words: patternWords('latest') },
  ]);
  const rows = forge.app.store.dump().filter(({ entityName }) => entityName === 'push');
  const branches = rows.filter(({ value }) => (value as { kind: string }).kind === 'branch');
  expect(branches).toHaveLength(1);
  expect(JSON.stringify(branches)).not.toContain('words');
  expect(JSON.stringify(forge.app.store.dump())).not.toMatch(/SECRET|latest/i);
});

it('reads the newest pipelines once for a burst of build reports', async () => {
  const report = (second: number): object => ({
    timestamp: `2026-10-01T10:00:0${second}Z`,
    repository: base.repository,
    workspace: base.workspace,
    buildStatus: { state: 'SUCCESSFUL', commit: { hash: 'aaaaaaaaaaaa' } },
    eventType: 'avi:bitbucket:updated:build-status',
  });
  for (const second of [1, 2, 3]) await forge.emit(report(second));
  expect(forge.queue).toMatchObject([{ body: { kind: 'refresh-pipelines' }, delayInSeconds: 120 }]);
  await forge.drain();
  await forge.emit(report(4));
  expect(forge.queue).toMatchObject([{ body: { kind: 'refresh-pipelines' } }]);
});

it('reads a deployment that an event speaks of', async () => {
  workspace.deployments.push({
    type: 'deployment',
    uuid: '{d}',
    environment: { uuid: '{e}', environment_type: { name: 'Production' } },
    state: { name: 'IN_PROGRESS', started_on: '2026-10-01T10:01:00+00:00' },
    release: { commit: { hash: 'aaaaaaaaaaaa' } },
  });
  await forge.emit({
    timestamp: '2026-10-01T10:01:00Z',
    repository: base.repository,
    workspace: base.workspace,
    deployment: { uuid: '{d}', state: 'IN_PROGRESS' },
    environment: { uuid: '{e}', type: 'PRODUCTION' },
    eventType: 'avi:bitbucket:started:deployment',
  });
  await forge.drain();
  const { deployments } = await readDelivery(REPOSITORY_ID, ['2026-10']);
  expect(deployments).toMatchObject([
    {
      id: 'd',
      environmentType: 'PRODUCTION',
      isCompleted: false,
      startedAt: Date.UTC(2026, 9, 1, 10, 1) / 1000,
    },
  ]);
});

it('puts the steps of a deployment together in any order', async () => {
  const step = (name: string, timestamp: string, status?: string): object => ({
    timestamp,
    repository: base.repository,
    workspace: base.workspace,
    pipeline: { uuid: '{p}' },
    deployment: { uuid: '{d}', state: 'ANY', ...(status ? { status } : {}) },
    environment: { uuid: '{e}', type: 'PRODUCTION', name: 'us-east-1' },
    eventType: `avi:bitbucket:${name}:deployment`,
  });
  await forge.emit(step('completed', '2026-10-01T10:05:00Z', 'SUCCESSFUL'));
  await forge.emit(step('pending', '2026-10-01T10:00:00Z'));
  await forge.emit(step('started', '2026-10-01T10:01:00Z'));
  const rows = forge.app.store.dump().filter((row) => row.entityName === 'deployment');
  const at = Date.UTC(2026, 9, 1, 10) / 1000;
  expect(rows).toMatchObject([
    {
      value: {
        environmentType: 'PRODUCTION',
        at: at + 300,
        detail: { pendingAt: at, startedAt: at + 60, completedAt: at + 300, status: 'SUCCESSFUL' },
      },
    },
  ]);
});

describe('a repository', () => {
  it('that is deleted leaves nothing but the mark, and its late events find no home', async () => {
    await forge.emit(updated);
    await forge.drain();
    await forge.emit({ ...base, eventType: 'avi:bitbucket:deleted:repository' });
    await forge.drain();
    await forge.emit({ ...updated, timestamp: '2026-10-01T10:30:00Z' });
    expect(forge.queue).toHaveLength(0);
    expect(forge.app.store.dump().map((row) => row.key)).toEqual(['budget', `repository:${REPOSITORY_ID}`]);
  });

  it('that is renamed or gets a new main branch is followed', async () => {
    await forge.emit({ ...base, eventType: 'avi:bitbucket:created:repository' });
    await forge.drain();
    Object.assign(workspace, { slug: 'store', mainBranch: 'trunk', revision: 1 });
    await forge.emit({
      ...base,
      timestamp: '2026-10-02T00:00:00Z',
      eventType: 'avi:bitbucket:updated:repository',
    });
    await forge.drain();
    const { record } = await readWholeRepository(REPOSITORY_ID);
    expect(record).toMatchObject({ slug: 'store', defaultBranch: 'trunk' });
  });
});

it('reads what is true when the event is handled, not what the event says', async () => {
  await forge.emit({ ...updated, pullrequest: { ...pullrequest, state: 'OPEN' } });
  const present = workspace.pullRequests.get(7);
  if (!present) throw new Error('no pull request 7');
  present.pullRequest = { ...present.pullRequest, state: 'MERGED', closed_by: person('ben') };
  present.activity.unshift({
    pull_request: { id: 7 },
    update: { date: '2026-10-01T12:00:00+00:00', state: 'MERGED', author: person('ben'), source: null },
  });
  workspace.revision += 1;
  await forge.drain();
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts).toMatchObject([{ id: 7, state: 'MERGED', mergedAt: Date.UTC(2026, 9, 1, 12) / 1000 }]);
});
