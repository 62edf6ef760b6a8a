import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import {
  openPullRequest,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  WORKSPACE_UUID,
  type SmallWorkspace,
} from '../../test/small-workspace';
import { readAudit, WORKSPACE_SCOPE } from '../storage/audit';
import { noteRefreshRequest, recordDeadLetter } from '../storage/inbox';
import { readPullRequests } from '../storage/pull-requests';
import { live } from '../sync/functions';
import type { Answer } from './contract';
import type { DeadLettersReport, ReplayAnswer } from './reports/connection-report';
import { resolve } from './resolver';

const NOW = 1_793_000_000;

let source: SmallWorkspace;
let forge: InProcessApp;
let now: number;
let clock: jest.SpyInstance;
/** Whether the queue takes what is pushed, by its number from 1. */
let takes: (push: number) => boolean;

type ForgeFetch = (...call: readonly [unknown, string, ...unknown[]]) => Promise<Response>;

beforeEach(async () => {
  now = NOW;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now * 1_000);
  source = smallWorkspace([openPullRequest(7, 'ann', '2026-10-01T09:00:00+00:00')]);
  forge = await startInProcessApp(source);
  await forge.install();
  await forge.drain();
  takes = () => true;
  const globals = globalThis as { __forge_fetch__?: ForgeFetch };
  const connected = globals.__forge_fetch__;
  if (connected === undefined) throw new Error('The app has not begun.');
  let pushes = 0;
  globals.__forge_fetch__ = (...call) => {
    if (!call[1].startsWith('/webhook/queue/publish/')) return connected(...call);
    pushes += 1;
    return takes(pushes)
      ? connected(...call)
      : Promise.resolve(new Response(JSON.stringify({ message: 'down' }), { status: 500 }));
  };
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

async function ask<T>(functionKey: string, payload: unknown): Promise<Answer<T>> {
  const context = {
    extension: { workspace: { uuid: WORKSPACE_UUID } },
    installContext: `ari:cloud:bitbucket::workspace/${WORKSPACE_UUID}`,
  };
  return (await resolve(
    { call: { functionKey, payload }, context },
    { principal: { accountId: VIEWER_ACCOUNT }, installContext: context.installContext },
  )) as Answer<T>;
}

async function letters(): Promise<DeadLettersReport> {
  const answer = await ask<DeadLettersReport>('deadLetters', {});
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const replay = (ids: readonly string[] | 'all'): Promise<Answer<ReplayAnswer>> =>
  ask('replayDeadLetters', { ids });

const refresh = (pullRequest: number): Parameters<typeof live>[0]['body'] => ({
  version: 1,
  kind: 'refresh-pull-request',
  workspaceUuid: WORKSPACE_UUID,
  repository: REPOSITORY_ID,
  pullRequest,
  requestedAt: NOW,
});

/** The pull request changes and Bitbucket is down until the refresh of it is given up. */
async function giveUp(): Promise<void> {
  const seven = source.pullRequests.get(7);
  if (seven === undefined) throw new Error('The workspace has number 7.');
  seven.pullRequest = { ...seven.pullRequest, draft: true };
  source.revision += 1;
  forge.bitbucket.faults = () => ({ status: 502 });
  const retryContext = { retryCount: 14, retryReason: 'x', retryData: {} };
  await live({ body: refresh(7), queueName: 'live', jobId: 'job', eventId: 'event', retryContext });
  forge.bitbucket.faults = null;
  now += 60;
}

const isDraft = async (): Promise<boolean | undefined> =>
  (await readPullRequests(REPOSITORY_ID, [7])).get(7)?.facts.draft;

it('tells what was given up, when and why', async () => {
  expect(await letters()).toEqual({ asOf: NOW, letters: [], total: 0 });
  await giveUp();
  expect(await letters()).toMatchObject({
    total: 1,
    letters: [
      {
        at: NOW,
        kind: 'refresh-pull-request',
        repositoryUuid: REPOSITORY_UUID,
        pullRequest: 7,
        cause: 'BitbucketTrouble',
        attempts: 15,
      },
    ],
  });
});

it('does the work when a letter is replayed, removes it, and says who did that', async () => {
  await giveUp();
  expect(await isDraft()).toBe(false);
  const [letter] = (await letters()).letters;
  expect(await replay([letter?.id ?? ''])).toMatchObject({
    ok: true,
    data: { replayed: 1, report: { letters: [], total: 0 } },
  });
  await forge.drain();
  expect(await isDraft()).toBe(true);
  expect(await readAudit(WORKSPACE_SCOPE)).toMatchObject([
    { at: now, by: VIEWER_ACCOUNT, what: 'replay', before: null, after: 1 },
  ]);
});

it('is not silenced by a request that was noted, or by a reading since', async () => {
  await giveUp();
  await noteRefreshRequest(REPOSITORY_ID, 7, now);
  // Read by another refresh after this one was asked for, before the change that is to be found.
  await live({ body: { ...refresh(7), requestedAt: now }, queueName: 'live', jobId: 'j', eventId: 'e' });
  const seven = source.pullRequests.get(7);
  if (seven !== undefined) seven.pullRequest = { ...seven.pullRequest, state: 'DECLINED' };
  source.revision += 1;
  now += 60;
  await noteRefreshRequest(REPOSITORY_ID, 7, now);
  await replay('all');
  await forge.drain();
  expect((await readPullRequests(REPOSITORY_ID, [7])).get(7)?.facts.state).toBe('DECLINED');
});

it('does no harm when the same letter is replayed twice', async () => {
  await giveUp();
  const [letter] = (await letters()).letters;
  const ids = [letter?.id ?? ''];
  await Promise.all([replay(ids), replay(ids)]);
  expect(forge.queue.length).toBeGreaterThan(0);
  await forge.drain();
  expect(await isDraft()).toBe(true);
  expect(await letters()).toMatchObject({ total: 0 });
  expect(await replay(ids)).toMatchObject({ ok: true, data: { replayed: 0 } });
  expect(forge.queue).toEqual([]);
});

it('keeps what the queue does not take', async () => {
  await giveUp();
  takes = () => false;
  expect(await replay('all')).toMatchObject({ ok: false, cause: 'unavailable' });
  expect(await letters()).toMatchObject({ total: 1 });
  expect(await readAudit(WORKSPACE_SCOPE)).toEqual([]);
});

it('removes of several letters only those that were sent', async () => {
  for (const pullRequest of [1, 2, 3]) {
    const letter = { message: refresh(pullRequest), cause: 'X', reason: 'x', attempts: 1, at: NOW };
    await recordDeadLetter(String(pullRequest).repeat(32), letter);
  }
  takes = (push) => push !== 2;
  expect(await replay('all')).toMatchObject({ ok: true, data: { replayed: 2, report: { total: 1 } } });
  const kept = (await letters()).letters.map(({ pullRequest }) => pullRequest);
  const sent = forge.queue.map(({ body }) => body.pullRequest);
  expect([...kept, ...sent].sort()).toEqual([1, 2, 3]);
  expect(await readAudit(WORKSPACE_SCOPE)).toMatchObject([{ what: 'replay', after: 2 }]);
});

it('loses nothing when it is killed at any of its calls', async () => {
  await giveUp();
  const before = forge.calls;
  const [letter] = (await letters()).letters;
  if (letter === undefined) throw new Error('There is a letter.');
  const listing = forge.calls - before;
  await replay('all');
  const calls = forge.calls - before - listing;
  expect(calls).toBeGreaterThan(4);
  for (let call = 1; call <= calls; call += 1) {
    await recordDeadLetter(letter.id, { ...letter, message: refresh(7) });
    forge.queue.length = 0;
    forge.killAfter(call);
    await replay('all').catch(() => undefined);
    forge.revive();
    const sent = forge.queue.length;
    const kept = (await letters()).total;
    expect(sent + kept).toBeGreaterThan(0);
  }
});

it('keeps a message of an unknown form, with its reason, and replays the rest', async () => {
  await live({ body: { version: 9 }, queueName: 'live', jobId: 'job', eventId: 'event' });
  await giveUp();
  expect(await replay('all')).toMatchObject({ ok: true, data: { replayed: 1 } });
  expect(await letters()).toMatchObject({
    total: 1,
    letters: [{ kind: null, repositoryUuid: null, pullRequest: null, cause: 'UnreadableMessage' }],
  });
  expect(await replay('all')).toMatchObject({ ok: true, data: { replayed: 0, report: { total: 1 } } });
});

it('begins the list of repositories anew, since its pages have moved', async () => {
  const message = {
    version: 1,
    kind: 'discover',
    workspaceUuid: WORKSPACE_UUID,
    next: 'https://api.bitbucket.org/2.0/repositories/small?page=9',
    found: 800,
  };
  await recordDeadLetter('a'.repeat(32), { message, cause: 'X', reason: 'x', attempts: 1, at: NOW });
  await replay('all');
  expect(forge.queue).toMatchObject([{ queue: 'work', body: { kind: 'discover', next: null, found: 0 } }]);
});

it('believes no id that is not one of a letter', async () => {
  await giveUp();
  const answer = await replay(['refused', `../${REPOSITORY_ID}`, 'f'.repeat(32)]);
  expect(answer).toMatchObject({ ok: true, data: { replayed: 0, report: { total: 1 } } });
  expect(forge.queue).toEqual([]);
});

it('shows the latest hundred of many', async () => {
  for (let index = 0; index < 130; index += 1) {
    const letter = { message: refresh(index + 1), cause: 'X', reason: 'x', attempts: 1, at: NOW + index };
    await recordDeadLetter(index.toString(16).padStart(32, '0'), letter);
  }
  const report = await letters();
  expect(report.total).toBe(130);
  expect(report.letters.map(({ pullRequest }) => pullRequest)).toEqual(
    Array.from({ length: 100 }, (_, index) => 130 - index),
  );
  expect(await replay('all')).toMatchObject({ ok: true, data: { replayed: 100, report: { total: 30 } } });
});
