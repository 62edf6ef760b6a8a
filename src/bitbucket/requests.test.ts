import { openPullRequest, smallWorkspace, REPOSITORY_UUID, WORKSPACE_UUID } from '../../test/small-workspace';
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { BitbucketUnreadable } from './errors';
import { readActivity, readActivityPage } from './pull-requests';
import { VIEWER, type Caller } from './requests';

type ForgeFetch = (meta: object, target: string, init?: RequestInit) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

const APP: Caller = { ...VIEWER, as: 'app' };
const ADDRESS = { workspaceUuid: WORKSPACE_UUID, repositoryUuid: REPOSITORY_UUID };
const ENTRY = { approval: { date: '2026-10-01T10:00:00Z', user: { type: 'user', account_id: 'ben' } } };

let forge: InProcessApp;
let requests: string[];
beforeEach(async () => {
  requests = [];
  forge = await startInProcessApp(smallWorkspace([openPullRequest(1, 'ann', '2026-10-01T09:00:00Z')]));
});
afterEach(() => forge.close());

/** Bitbucket's pages from now on: of each the `next`, by the number of the request. */
function answerWith(next: (request: number, target: string) => string | null): void {
  globals.__forge_fetch__ = (_, target) => {
    requests.push(target);
    const body = { values: [ENTRY], next: next(requests.length, target) };
    return Promise.resolve(new Response(JSON.stringify(body), { status: 200 }));
  };
}

const page = (number: number): string => `https://api.bitbucket.org/2.0/some/list?page=${number}`;

it('follows the links of a list to its end', async () => {
  answerWith((request) => (request < 4 ? page(request) : null));
  const whole = await readActivity(APP, ADDRESS, 1);
  expect(whole).toMatchObject({ refused: 0, cut: false });
  expect(whole.values).toHaveLength(4);
});

it('does not believe a page that is its own next', async () => {
  answerWith((_, target) => `https://api.bitbucket.org${target}`);
  await expect(readActivityPage(APP, ADDRESS, 1, null)).rejects.toThrow(BitbucketUnreadable);
  expect(requests).toHaveLength(1);
});

it.each(['fields=a%2Cb&page=2', 'page=2&fields=a%2Cb', 'page=2&fields=a%2Cb&ctx=c', 'page=2&ctx=c'])(
  'hands out the link %s without fields, and follows it with ours',
  async (query) => {
    answerWith((request) => (request === 1 ? `https://api.bitbucket.org/2.0/some/list?${query}` : null));
    const { next } = await readActivityPage(APP, ADDRESS, 1, null);
    expect(next).toBe(
      `https://api.bitbucket.org/2.0/some/list?page=2${query.includes('ctx') ? '&ctx=c' : ''}`,
    );
    await readActivityPage(APP, ADDRESS, 1, next);
    const [first = '', second = ''] = requests.map((target) =>
      new URLSearchParams(target.split('?')[1]).getAll('fields').join(' and '),
    );
    expect(second).toBe(first);
    expect(first).toContain('values.approval.date');
  },
);

it('ends in a circle, and says that the list is not whole', async () => {
  answerWith((request) => page(request % 3));
  expect(await readActivity(APP, ADDRESS, 1)).toMatchObject({ cut: true });
  expect(requests.length).toBeLessThan(6);
});

it.each(['', 'soon', '/2.0/other'])('refuses %j as a link', async (next) => {
  answerWith(() => next);
  const error: unknown = await readActivityPage(APP, ADDRESS, 1, null).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BitbucketUnreadable);
  expect(error).toHaveProperty('path', 'next');
});
