/** Tests of the stand-in over HTTP, on a small workspace in memory. */
import { get } from 'node:http';
import {
  account,
  ALL_SCOPES,
  minute,
  pullRequest,
  repository,
  withBitbucket,
  workspace,
  WORKSPACE,
} from './workspace.fixture';
import type { JsonObject } from './workspace-source';

const APP = { 'x-forge-as': 'app', 'x-forge-scopes': ALL_SCOPES.join(' ') };

const ONE = repository('one', {
  activity: (id) => [{ update: { date: minute(id), state: 'OPEN' }, pull_request: { id } }],
  diffstat: (id) => (id === 1 ? [{ type: 'diffstat', lines_added: 3, lines_removed: 1 }] : null),
  comments: () => [
    { id: 1, created_on: minute(1), deleted: true },
    { id: 2, created_on: minute(2), deleted: false },
  ],
  pipelines: () => [
    { type: 'pipeline', created_on: minute(1) },
    { type: 'pipeline', created_on: minute(2) },
  ],
});

function idsOf(json: JsonObject): unknown[] {
  return (json.values as readonly JsonObject[]).map((value) => value.id);
}

describe('the stand-in', () => {
  const client = withBitbucket(() => ({ source: workspace(ONE, repository('two')) }));
  const { ask, walk } = client;

  it('finds workspace and repository by slug and by encoded uuid', async () => {
    const uuid = encodeURIComponent(WORKSPACE.uuid);
    for (const path of [
      '/repositories/acme/one',
      `/repositories/${uuid}/%7Bone%7D`,
      `/repositories/${uuid}/one/`,
    ]) {
      expect((await ask(path)).json).toMatchObject({ uuid: '{one}' });
    }
    expect((await ask('/workspaces/acme')).json).toMatchObject({ type: 'workspace', uuid: WORKSPACE.uuid });
  });

  it('lists repositories, filtered and sorted', async () => {
    expect((await ask('/repositories/acme?sort=-name&fields=values.slug')).json).toEqual({
      values: [{ slug: 'two' }, { slug: 'one' }],
    });
    expect((await ask('/repositories/acme?q=name="two"')).json).toMatchObject({ size: 1 });
  });

  it('lists open pull requests unless states are named, last changed first', async () => {
    expect(idsOf((await ask('/repositories/acme/one/pullrequests')).json)).toEqual([12, 8, 4]);
    const some = await ask('/repositories/acme/one/pullrequests?state=MERGED&state=SUPERSEDED&sort=id');
    expect(idsOf(some.json)).toEqual([1, 3, 5, 7, 9, 11]);
    expect((await ask('/repositories/acme/one/pullrequests?state=GONE')).status).toBe(400);
  });

  it('ignores states beside q', async () => {
    const path = `/repositories/acme/one/pullrequests?state=OPEN&sort=id&q=${encodeURIComponent('id <= 2')}`;
    expect(idsOf((await ask(path)).json)).toEqual([1, 2]);
  });

  it('leaves participants, reviewers and rendered out of lists, and the merge date out of both', async () => {
    const list = (await ask('/repositories/acme/one/pullrequests?state=MERGED&sort=id&pagelen=1')).json;
    const [first] = list.values as readonly JsonObject[];
    for (const name of ['participants', 'reviewers', 'rendered']) expect(first).not.toHaveProperty(name);
    expect(first?.merge_commit).not.toHaveProperty('date');
    const single = (await ask('/repositories/acme/one/pullrequests/1')).json;
    for (const name of ['participants', 'reviewers', 'rendered']) expect(single).toHaveProperty(name);
    expect(single.merge_commit).not.toHaveProperty('date');
  });

  it('sends them when they are asked for by name', async () => {
    const fields = encodeURIComponent('+values.participants,+values.merge_commit.date');
    const list = await ask(
      `/repositories/acme/one/pullrequests?state=MERGED&sort=id&pagelen=1&fields=${fields}`,
    );
    const [first] = list.json.values as readonly JsonObject[];
    expect(first).toMatchObject({ participants: [{ approved: true }], merge_commit: { date: minute(14) } });
    expect(first).not.toHaveProperty('reviewers');
    const only = await ask('/repositories/acme/one/pullrequests/1?fields=merge_commit.date,id');
    expect(only.json).toEqual({ id: 1, merge_commit: { date: minute(14) } });
  });

  it('walks lists to their end by next', async () => {
    const all = await walk('/repositories/acme/one/pullrequests?state=ALL&pagelen=5&fields=next,values.id');
    expect(new Set(all.map((value) => value.id)).size).toBe(12);
    expect(all).toHaveLength(12);
    const log = await walk('/repositories/acme/one/pullrequests/activity?pagelen=5');
    expect(log.map((each) => each.pull_request)).toEqual(
      Array.from({ length: 12 }, (_, index) => ({ id: 12 - index })),
    );
  });

  it('follows Bitbucket from a pull request to the diffstat of its commits', async () => {
    const reply = await ask('/repositories/acme/one/pullrequests/1/diffstat?fields=values.lines_added');
    expect(reply.json).toEqual({ values: [{ lines_added: 3 }] });
    const unknown = await ask('/repositories/acme/one/pullrequests/2/diffstat');
    expect(unknown).toMatchObject({ status: 404, json: { type: 'error' } });
    const withoutRepositoryScope = { ...APP, 'x-forge-scopes': 'read:pullrequest:bitbucket' };
    expect((await ask('/repositories/acme/one/pullrequests/1/diffstat', withoutRepositoryScope)).status).toBe(
      403,
    );
  });

  it('filters comments and sorts pipelines', async () => {
    expect(idsOf((await ask('/repositories/acme/one/pullrequests/1/comments?q=deleted=false')).json)).toEqual(
      [2],
    );
    const pipelines = (await ask('/repositories/acme/one/pipelines/?sort=-created_on')).json;
    expect(pipelines.values).toMatchObject([{ created_on: minute(2) }, { created_on: minute(1) }]);
    expect((await ask('/repositories/acme/one/pipelines?status=PASSED')).status).toBe(501);
  });

  it('knows the people of its pull requests', async () => {
    expect((await ask(`/users/${encodeURIComponent('{ann}')}`)).json).toEqual(account('ann'));
    expect((await ask('/users/557058:dora')).json).toEqual(account('dora'));
    expect((await ask('/users/nobody')).status).toBe(404);
  });

  it.each([
    ['/repositories/acme/none', 404, { type: 'error', error: { message: 'Repository acme/none not found' } }],
    ['/repositories/other/one', 404, { type: 'error' }],
    ['/workspaces/other', 404, { type: 'error' }],
    ['/repositories/acme/one/commits/nothing', 404, { error: { message: 'Changeset not found.' } }],
    [
      '/nothing',
      404,
      { error: { message: 'Resource not found', detail: 'There is no API hosted at this URL' } },
    ],
    ['/repositories/acme/one/refs/branches', 501, { type: 'error' }],
    [
      '/repositories/acme/one/pullrequests?pagelen=51',
      400,
      { type: 'error', error: { message: 'Invalid pagelen' } },
    ],
    [
      '/repositories/acme/one/pullrequests/1/activity?pagelen=51',
      400,
      { error: { message: 'Invalid pagelen' } },
    ],
    ['/repositories/acme/one/commits?pagelen=101', 400, { error: { message: 'Invalid pagelen' } }],
    ['/repositories/acme/one/pullrequests?page=2/', 400, { error: { message: 'Invalid page' } }],
    ['/repositories/acme/one/pullrequests?q=participants.user.uuid="x"', 400, { type: 'error' }],
    ['/repositories/acme/one/pullrequests?sort=nothing', 400, { type: 'error' }],
    ['/repositories/acme/one/pullrequests/activity?q=x', 400, { type: 'error' }],
  ])('answers %s with %i', async (path, status, body) => {
    const reply = await ask(path);
    expect(reply.status).toBe(status);
    expect(reply.json).toMatchObject(body);
  });

  it('answers an unknown pull request with a plain text, as recorded', async () => {
    const reply = await ask('/repositories/acme/one/pullrequests/99');
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('text/plain');
    expect(reply.text).toBe('Not Found');
  });

  it('reads and never writes', async () => {
    const url = `${client.bitbucket.url}/2.0/repositories/acme/one`;
    expect((await fetch(url, { method: 'PUT', headers: APP })).status).toBe(501);
  });
});

describe('who may ask', () => {
  const { ask } = withBitbucket(() => ({
    source: workspace(ONE, repository('two')),
    mayRead: (person, uuid) => person === 'ann' && uuid === '{one}',
    administers: () => false,
  }));
  const user = { ...APP, 'x-forge-as': 'user', 'x-forge-account': 'ann' };

  it.each([
    [{}],
    [{ ...APP, 'x-forge-as': 'none' }],
    [{ ...APP, 'x-forge-as': 'user' }],
    [{ ...APP, 'x-forge-as': 'root' }],
  ])('401 for %j', async (headers) => {
    const reply = await ask('/repositories/acme/one', headers);
    expect(reply).toMatchObject({ status: 401, json: { type: 'error' } });
  });

  it('403 without the scope, naming what is required and what was granted', async () => {
    const headers = { 'x-forge-as': 'app', 'x-forge-scopes': 'read:pullrequest:bitbucket' };
    expect((await ask('/repositories/acme/one/pullrequests', headers)).status).toBe(200);
    const reply = await ask('/repositories/acme/one', headers);
    expect(reply.status).toBe(403);
    expect(reply.json).toEqual({
      type: 'error',
      error: {
        message: 'Your credentials lack one or more required privilege scopes.',
        detail: { required: ['read:repository:bitbucket'], granted: ['read:pullrequest:bitbucket'] },
      },
    });
  });

  it('a user sees the repositories that user may read', async () => {
    expect((await ask('/repositories/acme/one', user)).status).toBe(200);
    expect((await ask('/repositories/acme/two', user)).status).toBe(403);
    expect((await ask('/repositories/acme/two/pullrequests/1/diffstat', user)).status).toBe(403);
    expect((await ask('/repositories/acme', user)).json).toMatchObject({ size: 1 });
    expect((await ask('/repositories/acme')).json).toMatchObject({ size: 2 });
  });

  it('a user is a member of those, and the app of none', async () => {
    const list = '/repositories/acme?role=member&fields=size,values.slug';
    expect((await ask(list, user)).json).toEqual({ size: 1, values: [{ slug: 'one' }] });
    expect((await ask(list)).json).toEqual({ size: 0, values: [] });
    expect((await ask('/repositories/acme?role=admin', user)).json).toMatchObject({ size: 0 });
    expect((await ask('/repositories/acme?role=owner', user)).status).toBe(501);
  });
});

describe('the request limit', () => {
  let now = 0;
  const { ask } = withBitbucket(() => ({
    source: workspace(ONE),
    requestsPerHour: 5,
    clock: { now: () => now },
  }));
  const user = { ...APP, 'x-forge-as': 'user', 'x-forge-account': 'ann' };

  it('answers 429 as a text without Retry-After, to the one who asked too much', async () => {
    for (let count = 0; count < 5; count += 1) {
      const reply = await ask('/repositories/acme/one');
      expect(reply.status).toBe(200);
      expect(reply.headers.get('x-ratelimit-limit')).toBe('5');
      expect(reply.headers.get('x-ratelimit-resource')).toBe('api');
      expect(reply.headers.get('x-ratelimit-nearlimit')).toBe(String(count === 4));
    }
    const refused = await ask('/repositories/acme/one');
    expect(refused).toMatchObject({ status: 429, text: 'Rate limit for this resource has been exceeded' });
    expect(refused.headers.get('retry-after')).toBeNull();
    const person = await ask('/repositories/acme/one', user);
    expect(person.status).toBe(200);
    expect(person.headers.get('x-ratelimit-limit')).toBeNull();
    expect((await ask('/workspaces/acme')).status).toBe(200);
    now += 3_600_000;
    expect((await ask('/repositories/acme/one')).status).toBe(200);
  });
});

describe('the request limit with Retry-After', () => {
  const { ask } = withBitbucket(() => ({
    source: workspace(ONE),
    requestsPerHour: 1,
    sendRetryAfter: true,
    clock: { now: () => 0 },
  }));

  it('says after how many seconds', async () => {
    await ask('/repositories/acme/one');
    expect((await ask('/repositories/acme/one')).headers.get('retry-after')).toBe('3600');
  });
});

describe('what was asked', () => {
  const client = withBitbucket(() => ({ source: workspace(ONE), clock: { now: () => 7 } }));

  it('is counted by endpoint, and the last requests are kept', async () => {
    await client.ask('/repositories/acme/one/pullrequests/1/activity');
    await client.ask('/repositories/acme/one/pullrequests/2/activity?pagelen=5');
    await client.ask('/nothing');
    const { requests } = client.bitbucket;
    expect(requests.total).toBe(3);
    expect(requests.byEndpoint()).toEqual({
      'GET /repositories/{workspace}/{repo_slug}/pullrequests/{id}/activity': 2,
      'GET unknown': 1,
    });
    expect(requests.recent()[1]).toEqual({
      at: 7,
      method: 'GET',
      endpoint: '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/activity',
      path: '/2.0/repositories/acme/one/pullrequests/2/activity?pagelen=5',
      as: 'app',
      account: null,
      status: 200,
    });
    requests.clear();
    expect([requests.total, requests.recent()]).toEqual([0, []]);
  });
});

describe('faults', () => {
  const client = withBitbucket(() => ({ source: workspace(ONE) }));
  const path = '/repositories/acme/one';

  afterEach(() => {
    client.bitbucket.faults = null;
  });

  it('replace an answer', async () => {
    client.bitbucket.faults = ({ endpoint }) =>
      endpoint === '/repositories/{workspace}/{repo_slug}'
        ? { status: 503, body: '<html></html>', headers: { 'Content-Type': 'text/html' } }
        : undefined;
    const reply = await client.ask(path);
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([
      503,
      '<html></html>',
      'text/html',
    ]);
    expect((await client.ask('/repositories/acme')).status).toBe(200);
  });

  it('cut an answer in the middle', async () => {
    client.bitbucket.faults = () => 'cut';
    await expect(client.ask(path)).rejects.toThrow();
  });

  it('leave a request without an answer', async () => {
    const asked = new Promise<void>((resolve) => {
      client.bitbucket.faults = () => {
        setImmediate(resolve);
        return 'hang';
      };
    });
    let answered = false;
    const request = get(`${client.bitbucket.url}/2.0${path}`, { headers: APP }, () => {
      answered = true;
    });
    request.on('error', () => undefined);
    await asked;
    client.bitbucket.faults = null;
    // A later request is answered, the first one still is not.
    expect((await client.ask(path)).status).toBe(200);
    expect(answered).toBe(false);
    request.destroy();
  });
});

describe('a workspace that changes', () => {
  let revision = 1;
  let extra: JsonObject | null = null;
  const changing = repository('one', {
    revision: () => revision,
    pullRequest: (id) => (id === 99 ? extra : ONE.pullRequest(id)),
    pullRequestIds: () => (extra === null ? [1, 4] : [1, 4, 99]),
  });
  const { ask } = withBitbucket(() => ({ source: workspace(changing) }));

  it('shows a change when its revision moves', async () => {
    const list = async (): Promise<unknown[]> =>
      idsOf((await ask('/repositories/acme/one/pullrequests')).json);
    expect(await list()).toEqual([4]);
    extra = pullRequest(99, { state: 'OPEN' });
    revision += 1;
    expect(await list()).toEqual([99, 4]);
  });
});

describe('a workspace that may change at any time', () => {
  let extra: JsonObject | null = null;
  const changing = repository('one', {
    pullRequest: (id) => (id === 99 ? extra : ONE.pullRequest(id)),
    pullRequestIds: () => (extra === null ? [4] : [4, 99]),
    activity: (id) => (id === 99 ? [{ update: { date: minute(1) } }] : []),
  });
  const { ask } = withBitbucket(() => ({ source: workspace(changing) }));

  it('is read anew for every request', async () => {
    const count = async (below: string): Promise<number> =>
      idsOf((await ask(`/repositories/acme/one/pullrequests${below}`)).json).length;
    expect([await count(''), await count('/activity')]).toEqual([1, 0]);
    extra = pullRequest(99, { state: 'OPEN' });
    expect([await count(''), await count('/activity')]).toEqual([2, 1]);
  });
});

describe('validation', () => {
  const seen: JsonObject[] = [];
  const { ask } = withBitbucket(() => ({
    source: workspace(ONE),
    validate: ({ endpoint, body }) => {
      const { id = null, participants = null, merge_commit: merge = null } = body as JsonObject;
      seen.push({ endpoint, id, shown: participants !== null, merge });
      if (endpoint === '/repositories/{workspace}') throw new Error('that is not a page');
    },
  }));

  it('sees each whole answer before fields, and turns what it throws into a 500', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await ask('/repositories/acme/one/pullrequests/1?fields=id');
    const endpoint = '/repositories/{workspace}/{repo_slug}/pullrequests/{id}';
    const merge = { type: 'commit', hash: 'aaaaaaaaaaa1' };
    expect(seen).toEqual([{ endpoint, id: 1, shown: true, merge }]);
    expect((await ask('/repositories/acme')).json).toMatchObject({
      error: { message: 'that is not a page' },
    });
    expect(error).toHaveBeenCalledTimes(1);
    error.mockRestore();
  });
});
