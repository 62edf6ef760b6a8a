/** Answers of Bitbucket that are huge, deep or without an end: each is read or refused within bounds of memory and requests. */
import { BitbucketError } from '../../src/bitbucket/errors';
import { readActivity, readPullRequest, readPullRequestPage } from '../../src/bitbucket/pull-requests';
import { VIEWER, type Caller } from '../../src/bitbucket/requests';
import { startInProcessApp, type InProcessApp } from '../in-process-app';
import { openPullRequest, person, REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from '../small-workspace';

const APP: Caller = { ...VIEWER, as: 'app' };
const ADDRESS = { workspaceUuid: WORKSPACE_UUID, repositoryUuid: REPOSITORY_UUID };
const LATEST = { filter: 'updated_on >= 2008-01-01T00:00:00Z', sort: '-updated_on' } as const;
const MEGABYTE = 1024 * 1024;

/** A function has 512 MB; SDKs and code take some 100 of them. */
const MOST_GROWTH = 200 * MEGABYTE;
const SLOWEST_MILLISECONDS = 10_000;

const OPENED = '2026-10-01T09:00:00+00:00';
const small = openPullRequest(1, 'ann', OPENED);
const entry = { comment: { id: 1, created_on: OPENED, user: person('ben'), deleted: false } };
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

type ForgeFetch = (meta: object, target: string) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

let forge: InProcessApp;
beforeEach(async () => {
  forge = await startInProcessApp(smallWorkspace([small]));
});
afterEach(() => forge.close());

interface Answered {
  readonly name: string;
  readonly read: () => Promise<unknown>;
  readonly body: (target: string) => string;
  /** Whether the reader gives something; else it refuses with a cause. */
  readonly isRead: boolean;
}

const ANSWERED: readonly Answered[] = [
  {
    name: 'a page of 5 MB in one text',
    read: () => readPullRequestPage(APP, ADDRESS, LATEST, null),
    body: () => JSON.stringify({ values: [{ ...small.pullRequest, title: 'x'.repeat(5 * MEGABYTE) }] }),
    isRead: true,
  },
  {
    name: 'a page of 5 MB of elements',
    read: () => readPullRequestPage(APP, ADDRESS, LATEST, null),
    body: () => JSON.stringify({ values: Array(5_000).fill(small.pullRequest) }),
    isRead: true,
  },
  {
    name: 'a page that is not JSON, of 5 MB',
    read: () => readPullRequestPage(APP, ADDRESS, LATEST, null),
    body: () => '<'.repeat(5 * MEGABYTE),
    isRead: false,
  },
  {
    name: 'a hundred thousand participants',
    read: () => readPullRequest(APP, ADDRESS, 1),
    body: () => {
      const participant = { user: person('ben'), approved: true, state: 'approved', participated_on: OPENED };
      return JSON.stringify({ ...small.pullRequest, participants: Array(100_000).fill(participant) });
    },
    isRead: true,
  },
  {
    name: 'a hundred thousand levels where a person should be',
    read: () => readPullRequest(APP, ADDRESS, 1),
    body: () =>
      JSON.stringify({ ...small.pullRequest, author: 0 }).replace('"author":0', `"author":${deep(100_000)}`),
    isRead: false,
  },
  {
    name: 'a hundred thousand levels that nobody asked for',
    read: () => readPullRequest(APP, ADDRESS, 1),
    body: () =>
      JSON.stringify({ ...small.pullRequest, more: 0 }).replace('"more":0', `"more":${deep(100_000)}`),
    isRead: true,
  },
  {
    name: 'full pages without an end',
    read: () => readActivity(APP, ADDRESS, 1),
    body: (target) => {
      const url = new URL(`https://api.bitbucket.org${target}`);
      url.searchParams.set('ctx', `${url.searchParams.get('ctx') ?? ''}x`);
      return JSON.stringify({ values: Array(1_000).fill(entry), next: url.href });
    },
    isRead: true,
  },
];

it.each(ANSWERED)('$name', async ({ read, body, isRead }) => {
  let requests = 0;
  globals.__forge_fetch__ = (_, target) => {
    requests += 1;
    return Promise.resolve(new Response(body(target), { status: 200 }));
  };
  const before = process.memoryUsage();
  const began = performance.now();
  const outcome = await read().catch((error: unknown) => {
    if (error instanceof BitbucketError) return error;
    throw error;
  });
  const took = performance.now() - began;
  const after = process.memoryUsage();
  expect(outcome instanceof BitbucketError).toBe(!isRead);
  expect(requests).toBeLessThanOrEqual(50);
  expect(took).toBeLessThan(SLOWEST_MILLISECONDS);
  // Without a collection in between: garbage counts, so the bound holds for what is kept as well.
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(MOST_GROWTH);
});
