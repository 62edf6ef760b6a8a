import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { passingTime, type PassingTime } from '../../test/passing-time';
import {
  openPullRequest,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import type { FaultHook } from '../../local/bitbucket/server';
import type { RepositorySource } from '../../local/bitbucket/workspace-source';
import { onLifecycle } from '../events/functions';
import { withoutBraces } from '../storage/keys';
import { readRepositoryRecord } from '../storage/repositories';
import { readTask, readTasks } from '../storage/tasks';
import { exportRepository } from '../views/export-repository';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OTHER_UUID = '{0d7a2a1c-7f1e-4c1b-9a0e-5b8e8f1f7a11}';
const iso = (at: number): string => new Date(at).toISOString();

let workspace: SmallWorkspace;
let forge: InProcessApp;
let time: PassingTime;
let repositories: RepositorySource[];
beforeEach(async () => {
  const small = smallWorkspace([1, 2, 3].map((id) => openPullRequest(id, 'ann', iso(NOW - id * DAY))));
  repositories = [...small.repositories()];
  workspace = Object.assign(small, { repositories: () => repositories });
  forge = await startInProcessApp(workspace);
  time = passingTime(forge, NOW);
  await forge.install();
  await time.pass(HOUR);
});
afterEach(async () => {
  time.end();
  await forge.close();
});

const base = { workspace: { uuid: WORKSPACE_UUID }, actor: { type: 'user', accountId: 'account-ben' } };
const emit = (name: string, uuid: string): Promise<unknown> =>
  forge.emit({
    ...base,
    eventType: `avi:bitbucket:${name}:repository`,
    repository: { uuid },
    timestamp: iso(time.now),
  });

/** Another repository with one pull request, as a new or a transferred one brings. */
function otherRepository(): RepositorySource {
  const source = smallWorkspace([openPullRequest(1, 'cid', iso(NOW))]).repositories()[0];
  if (!source) throw new Error('There is no repository.');
  return { ...source, repository: () => ({ ...source.repository(), uuid: OTHER_UUID, slug: 'other' }) };
}

const exported = async (uuid = REPOSITORY_UUID): Promise<object | null> =>
  exportRepository(withoutBraces(uuid), Math.floor(NOW / 1000) + 3_600, 0);

const rowsOf = (uuid: string): readonly string[] =>
  forge.app.store
    .dump()
    .map(({ key }) => key)
    .filter((key) => key.includes(withoutBraces(uuid)));

/** The answers of everything in the repository, and of the repository itself. */
function answers(repositoryStatus: number | null, insideStatus: number): FaultHook {
  return ({ endpoint }) => {
    if (endpoint === '/repositories/{workspace}/{repo_slug}') {
      return repositoryStatus === null ? undefined : { status: repositoryStatus };
    }
    return endpoint.startsWith('/repositories/{workspace}/{repo_slug}/')
      ? { status: insideStatus }
      : undefined;
  };
}

it.each(['avi:forge:installed:app', 'avi:forge:upgraded:app'])(
  'doubles and re-reads nothing where there are data already: %s',
  async (eventType) => {
    const before = await exported();
    const tasks = await readTasks(REPOSITORY_ID);
    const asked = forge.bitbucket.requests.total;
    const installContext = `ari:cloud:bitbucket::workspace/${WORKSPACE_UUID}`;
    await onLifecycle({ eventType }, { installContext });
    await onLifecycle({ eventType }, { installContext });
    await time.pass(HOUR);
    expect(await exported()).toEqual(before);
    expect(await readTasks(REPOSITORY_ID)).toEqual(tasks);
    // The list of repositories, once for each.
    expect(forge.bitbucket.requests.total - asked).toBe(2);
  },
);

it('finds new repositories when it is installed again', async () => {
  repositories.push(otherRepository());
  await forge.install();
  await time.pass(HOUR);
  expect(await exported(OTHER_UUID)).toMatchObject({ pullRequests: [{ id: 1, authorId: 'account-cid' }] });
});

it('imports a repository of whose creation or transfer into the workspace an event tells', async () => {
  repositories.push(otherRepository());
  await emit('created', OTHER_UUID);
  await time.pass(HOUR);
  expect(await exported(OTHER_UUID)).toMatchObject({
    repository: { slug: 'other' },
    pullRequests: [{ id: 1 }],
  });
});

it('finds one within a day of which no event told', async () => {
  repositories.push(otherRepository());
  await time.pass(DAY);
  expect(await exported(OTHER_UUID)).toMatchObject({ pullRequests: [{ id: 1 }] });
});

it('knows a renamed repository by its uuid, and its new name', async () => {
  const before = await exported();
  workspace.slug = 'store';
  await emit('updated', REPOSITORY_UUID);
  await time.pass(HOUR);
  expect(await readRepositoryRecord(REPOSITORY_ID)).toMatchObject({ slug: 'store', uuid: REPOSITORY_UUID });
  expect(await exported()).toEqual({
    ...before,
    repository: { ...(before as { repository: object }).repository, slug: 'store' },
  });
});

it('goes on with a repository that was made private', async () => {
  const [source] = repositories;
  if (!source) throw new Error('There is no repository.');
  repositories[0] = { ...source, repository: () => ({ ...source.repository(), is_private: true }) };
  await emit('updated', REPOSITORY_UUID);
  workspace.pullRequests.set(9, openPullRequest(9, 'ben', iso(time.now)));
  workspace.revision += 1;
  await time.pass(DAY + HOUR);
  expect(await exported()).toMatchObject({ pullRequests: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 9 }] });
});

it('removes everything of a repository that was transferred away, of which no event tells', async () => {
  repositories.splice(0);
  await time.pass(DAY + HOUR);
  expect(await readRepositoryRecord(REPOSITORY_ID)).toBe('removed');
  // Only the mark is left, so that late events find no home.
  expect(rowsOf(REPOSITORY_UUID)).toEqual([`repository:${REPOSITORY_ID}`]);
  const asked = forge.bitbucket.requests.recent().map(({ endpoint }) => endpoint);
  expect(asked.filter((endpoint) => endpoint === '/repositories/{workspace}/{repo_slug}')).toHaveLength(1);
  await emit('updated', REPOSITORY_UUID);
  await time.pass(HOUR);
  expect(rowsOf(REPOSITORY_UUID)).toEqual([`repository:${REPOSITORY_ID}`]);
});

it.each([
  ['the repository is there', null, 404],
  ['the repository is refused', 403, 404],
  ['the app is not known for a while', 401, 404],
  ['Bitbucket fails', 500, 404],
  ['everything in it is refused', 404, 403],
  ['the app is not known', 404, 401],
])('keeps everything where %s', async (_, repositoryStatus, insideStatus) => {
  const before = await exported();
  forge.bitbucket.faults = answers(repositoryStatus, insideStatus);
  await time.pass(DAY + HOUR);
  expect(await exported()).toEqual(before);
  const task = await readTask(REPOSITORY_ID, 'reconciliation');
  expect(task).toMatchObject({
    trouble: { cause: insideStatus === 404 ? 'not-found' : 'missing-permission' },
  });
  forge.bitbucket.faults = null;
  await time.pass(3 * HOUR);
  expect(await readTask(REPOSITORY_ID, 'reconciliation')).toMatchObject({ failures: 0, trouble: null });
});

it('removes a repository that was deleted, also where its tasks go on meanwhile', async () => {
  await emit('deleted', REPOSITORY_UUID);
  await time.pass(HOUR);
  expect(rowsOf(REPOSITORY_UUID)).toEqual([`repository:${REPOSITORY_ID}`]);
});
