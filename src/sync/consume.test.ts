import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import {
  openPullRequest,
  REPOSITORY_ID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import { readWholeRepository } from '../storage/repository-view';
import { live } from './functions';

let forge: InProcessApp;
let workspace: SmallWorkspace;
beforeEach(async () => {
  workspace = smallWorkspace([openPullRequest(7, 'ann', '2026-10-01T09:00:00+00:00')]);
  forge = await startInProcessApp(workspace);
});
afterEach(() => forge.close());

const refresh = (pullRequest: number, retryCount?: number): Parameters<typeof live>[0] => ({
  body: {
    version: 1,
    kind: 'refresh-pull-request',
    workspaceUuid: WORKSPACE_UUID,
    repository: REPOSITORY_ID,
    pullRequest,
    requestedAt: Math.floor(Date.now() / 1000),
  },
  queueName: 'live',
  jobId: 'job',
  eventId: 'event',
  ...(retryCount === undefined ? {} : { retryContext: { retryCount, retryReason: 'x', retryData: {} } }),
});

const deadLetters = (): readonly unknown[] =>
  forge.app.store
    .dump()
    .filter((row) => row.key.startsWith('deadletter:'))
    .map((row) => row.value);

it('waits as long as Bitbucket asks after 429', async () => {
  forge.bitbucket.faults = () => ({ status: 429, body: 'Rate limit', headers: { 'Retry-After': '77' } });
  expect(await live(refresh(7))).toMatchObject({
    _retry: true,
    retryOptions: { retryAfter: 77, retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED' },
  });
});

it('waits longer after each failure, and never longer than Forge allows', async () => {
  forge.bitbucket.faults = () => ({ status: 502, body: '<html>' });
  const delays: unknown[] = [];
  for (const attempt of [0, 1, 2, 9, 12]) {
    delays.push(
      ((await live(refresh(7, attempt))) as unknown as { retryOptions: { retryAfter: number } }).retryOptions
        .retryAfter,
    );
  }
  expect(delays).toEqual([5, 10, 20, 900, 900]);
});

it('gives up at last, with a dead letter that holds the message and the cause', async () => {
  forge.bitbucket.faults = () => ({ status: 502 });
  expect(await live(refresh(7, 14))).toBeUndefined();
  expect(deadLetters()).toMatchObject([
    { cause: 'BitbucketTrouble', attempts: 15, message: { kind: 'refresh-pull-request', pullRequest: 7 } },
  ]);
});

it('lets go of a pull request that Bitbucket no longer has', async () => {
  expect(await live(refresh(8))).toBeUndefined();
  expect(deadLetters()).toEqual([]);
});

it.each([
  ['an HTML page', { status: 200, body: '<html>' as never, headers: { 'Content-Type': 'text/html' } }],
  ['the wrong shape', { status: 200, body: { id: 'seven' } }],
])('treats %s as a passing fault, then as a dead letter', async (_, fault) => {
  await live(refresh(7));
  forge.bitbucket.faults = ({ endpoint }) =>
    endpoint.endsWith('}') && endpoint.includes('pullrequests') ? fault : undefined;
  expect(await live(refresh(7))).toMatchObject({ _retry: true });
  expect(await live(refresh(7, 4))).toBeUndefined();
  expect(deadLetters()).toMatchObject([{ cause: 'BitbucketUnreadable' }]);
});

it('keeps an unreadable message as a dead letter, and does not throw', async () => {
  expect(await live({ ...refresh(7), body: { version: 2 } })).toBeUndefined();
  expect(deadLetters()).toMatchObject([{ cause: 'UnreadableMessage' }]);
});

it.each(['activity', 'commits', 'diffstat'])(
  'keeps what it has read where %s is refused for a while, and reads it afterwards',
  async (list) => {
    await live(refresh(7));
    const [before] = (await readWholeRepository(REPOSITORY_ID)).facts;
    expect(before).toMatchObject({ coverage: { activity: true, commits: true, diffstat: true } });
    const changed = workspace.pullRequests.get(7);
    if (changed === undefined) throw new Error('There is no pull request.');
    const source = {
      ...(changed.pullRequest.source as object),
      commit: { type: 'commit', hash: 'cccccccccccc' },
    };
    changed.pullRequest = { ...changed.pullRequest, source };
    changed.diffstat.push({ type: 'diffstat', lines_added: 3, lines_removed: 1 });
    workspace.revision += 1;
    forge.bitbucket.faults = ({ endpoint }) => (endpoint.includes(`/${list}`) ? { status: 403 } : undefined);
    await live(refresh(7));
    const [kept] = (await readWholeRepository(REPOSITORY_ID)).facts;
    expect(kept).toEqual(
      list === 'commits' ? { ...before, linesAdded: 3, linesRemoved: 1, filesChanged: 1 } : before,
    );
    forge.bitbucket.faults = null;
    await live(refresh(7));
    expect((await readWholeRepository(REPOSITORY_ID)).facts).toMatchObject([
      { linesAdded: 3, filesChanged: 1 },
    ]);
  },
);

it('derives the rest where an answer is gone, and says which was not read', async () => {
  forge.bitbucket.faults = ({ endpoint }) => (endpoint.includes('diffstat') ? { status: 404 } : undefined);
  await live(refresh(7));
  const { facts } = await readWholeRepository(REPOSITORY_ID);
  expect(facts).toMatchObject([
    { id: 7, linesAdded: null, coverage: { activity: true, commits: true, diffstat: false } },
  ]);
});
