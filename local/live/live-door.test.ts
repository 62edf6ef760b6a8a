import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import { startLiveBitbucket, type LiveBitbucket } from '../../test/live-bitbucket';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from '../../test/small-workspace';
import type { BitbucketRequest } from '../forge/bitbucket-gateway';
import type { PlatformAnswer } from '../forge/http-answers';
import { LiveClient } from './live-client';
import { takeCredentials } from './live-credentials';
import { LiveDoor } from './live-door';
import type { LivePlace } from './live-place';
import { bodyOf } from './live-refusal';

const TOKEN = 'a-token-of-the-test';
const WORKSPACE = encodeURIComponent(WORKSPACE_UUID);
const REPOSITORY = encodeURIComponent(REPOSITORY_UUID);
const PATH = `/2.0/repositories/${WORKSPACE}/${REPOSITORY}`;

const ALL: LivePlace = { workspace: { uuid: WORKSPACE_UUID, slug: 'small' }, repository: null };
const ONE: LivePlace = { ...ALL, repository: { uuid: REPOSITORY_UUID, slug: 'shop' } };

let bitbucket: LiveBitbucket;
/** Another host, which must never hear of anything. */
let elsewhere: Server;
let elsewhereOrigin: string;
const heardElsewhere: string[] = [];

beforeAll(async () => {
  bitbucket = await startLiveBitbucket({
    source: smallWorkspace([openPullRequest(1, 'ann', '2026-11-01T10:00:00Z')]),
    authorization: `Bearer ${TOKEN}`,
  });
  elsewhere = createServer((request, response) => {
    heardElsewhere.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const address = elsewhere.address();
  elsewhereOrigin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterAll(async () => {
  await bitbucket.close();
  elsewhere.close();
});
afterEach(() => {
  bitbucket.instead = null;
  expect(heardElsewhere).toEqual([]);
});

function clientOf(): LiveClient {
  return new LiveClient(takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: bitbucket.url }));
}

function ask(place: LivePlace, request: Partial<BitbucketRequest>): Promise<PlatformAnswer> {
  const door = new LiveDoor(clientOf(), place);
  return door.request(
    { as: 'user', accountId: 'somebody' },
    { method: 'GET', target: PATH, headers: {}, body: undefined, ...request },
  );
}

/** What arrived while `work` went on. */
async function arrivedWhile(work: () => Promise<unknown>): Promise<LiveBitbucket['arrived']> {
  const before = bitbucket.arrived.length;
  await work();
  return bitbucket.arrived.slice(before);
}

it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'get', 'GET ', ''])(
  'a request with the method "%s" never leaves',
  async (method) => {
    const arrived = await arrivedWhile(async () => {
      const answer = await ask(ALL, { method, body: Buffer.from('{"title":"x"}') });
      expect(answer.status).toBe(405);
    });
    expect(arrived).toEqual([]);
  },
);

it('a GET leaves without body, and with no header of the app but with the token', async () => {
  const arrived = await arrivedWhile(() =>
    ask(ALL, {
      headers: { cookie: 'a=b', authorization: 'Bearer another', 'x-forge-as': 'app', 'x-own': 'text' },
      body: Buffer.from('a body'),
    }),
  );
  expect(arrived).toHaveLength(1);
  const [{ headers }] = arrived as [LiveBitbucket['arrived'][number]];
  expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
  for (const name of ['cookie', 'x-forge-as', 'x-forge-account', 'x-own', 'content-length']) {
    expect(headers).not.toHaveProperty(name);
  }
});

it('answers hold neither the token nor a cookie', async () => {
  bitbucket.instead = () => ({ headers: { 'set-cookie': 'session=1', 'x-ratelimit-limit': '60' } });
  const { headers } = await ask(ALL, {});
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '60' });
  expect(JSON.stringify(headers)).not.toMatch(/session|a-token/);
});

describe('nothing but what --live names is asked for', () => {
  it.each([
    ['another workspace', '/2.0/repositories/other/shop'],
    ['a user', '/2.0/users/somebody'],
    ['another version', `/1.0${PATH.slice(4)}`],
    ['a way out by dots', `${PATH}/../../../other/shop`],
    ['encoded dots', `/2.0/repositories/${WORKSPACE}/%2e%2e/other`],
    ['a path that cannot be decoded', '/2.0/repositories/%E0%A4%A/shop'],
  ])('not %s', async (_, target) => {
    const arrived = await arrivedWhile(async () => {
      expect((await ask(ALL, { target })).status).toBe(404);
    });
    expect(arrived).toEqual([]);
  });

  it('not another host, however it is written', async () => {
    const { host } = new URL(elsewhereOrigin);
    const targets = [
      `${elsewhereOrigin}${PATH}`,
      `//${host}${PATH}`,
      `\\\\${host}${PATH}`,
      `@${host}${PATH}`,
    ];
    const arrived = await arrivedWhile(async () => {
      for (const target of targets) expect((await ask(ALL, { target })).status).toBe(404);
    });
    expect(arrived).toEqual([]);
  });

  it('not another repository where one is named', async () => {
    const target = `/2.0/repositories/small/%7Bffffffff-0000-4000-8000-000000000000%7D/pullrequests`;
    const arrived = await arrivedWhile(async () => {
      expect((await ask(ONE, { target })).status).toBe(404);
    });
    expect(arrived).toEqual([]);
    expect((await ask(ONE, { target: '/2.0/repositories/small/shop?fields=uuid' })).status).toBe(200);
  });

  it('whatever is asked for, only paths below the repository arrive', async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '2.0',
        'repositories',
        WORKSPACE,
        REPOSITORY,
        'small',
        'shop',
        '%2e%2e',
        '%2F',
      ),
      fc.string({ maxLength: 6 }),
    );
    const target = fc
      .tuple(
        fc.constantFrom('/', '', '//', '\\', `${PATH}/`, elsewhereOrigin),
        fc.array(segment, { maxLength: 7 }),
      )
      .map(([start, segments]) => `${start}${segments.join('/')}`);
    const allowed = [WORKSPACE, 'small'].flatMap((workspace) =>
      [REPOSITORY, 'shop'].map((repository) => `/2.0/repositories/${workspace}/${repository}`),
    );
    await fc.assert(
      fc.asyncProperty(target, async (text) => {
        const arrived = await arrivedWhile(() => ask(ONE, { target: text }));
        for (const { path } of arrived) {
          const [bare = ''] = path.split('?');
          expect(allowed.some((start) => bare === start || bare.startsWith(`${start}/`))).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('redirections', () => {
  function redirectTo(location: string): void {
    bitbucket.instead = ({ path }) =>
      path.endsWith('/moved') ? { status: 302, headers: { location }, body: '' } : undefined;
  }

  it('stay on the host with the token', async () => {
    redirectTo(`${PATH}?fields=uuid`);
    const arrived = await arrivedWhile(async () => {
      const answer = await ask(ALL, { target: `${PATH}/moved` });
      expect(bodyOf(answer)).toEqual({ uuid: REPOSITORY_UUID });
    });
    expect(arrived.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  it('to another host are not followed', async () => {
    redirectTo(`${elsewhereOrigin}${PATH}`);
    const answer = await ask(ALL, { target: `${PATH}/moved` });
    expect(answer.status).toBe(302);
    expect(heardElsewhere).toEqual([]);
  });

  it('in a circle come to an end', async () => {
    redirectTo(`${PATH}/moved`);
    const arrived = await arrivedWhile(async () => {
      expect((await ask(ALL, { target: `${PATH}/moved` })).status).toBe(302);
    });
    expect(arrived.length).toBeLessThan(10);
  });
});

describe('the list of the workspace’s repositories', () => {
  const list = `/2.0/repositories/${WORKSPACE}`;

  it('is a page with the one repository’s own answer where one is named', async () => {
    const arrived = await arrivedWhile(async () => {
      const answer = await ask(ONE, {
        target: `${list}?pagelen=100&sort=-updated_on&fields=next,size,values.uuid,values.slug`,
      });
      expect(bodyOf(answer)).toEqual({ size: 1, values: [{ uuid: REPOSITORY_UUID, slug: 'shop' }] });
      expect(answer.headers).toHaveProperty('x-ratelimit-limit');
    });
    expect(arrived.map(({ path }) => path)).toEqual([`${PATH}?fields=uuid%2Cslug`]);
  });

  it('holds nothing on its second page, nor of another repository', async () => {
    expect(bodyOf(await ask(ONE, { target: `${list}?page=2` }))).toEqual({ size: 1, values: [] });
    const other = encodeURIComponent('uuid = "{ffffffff-0000-4000-8000-000000000000}"');
    expect(bodyOf(await ask(ONE, { target: `${list}?q=${other}` }))).toEqual({ size: 0, values: [] });
    const own = encodeURIComponent(`uuid = "${REPOSITORY_UUID}"`);
    expect(bodyOf(await ask(ONE, { target: `${list}?q=${own}&fields=size,values.uuid` }))).toMatchObject({
      size: 1,
    });
  });

  it('passes a refusal on', async () => {
    bitbucket.instead = () => ({ status: 429, body: 'Rate limit' });
    expect((await ask(ONE, { target: list })).status).toBe(429);
  });

  it('is asked without the role: whoever holds the token may change what is on their machine', async () => {
    const [arrived] = await arrivedWhile(() =>
      ask(ALL, { target: `${list}?role=admin&pagelen=1&fields=size` }),
    );
    expect(arrived?.path).toBe(`${list}?pagelen=1&fields=size`);
  });
});

describe('the hour', () => {
  it('has room for others until the limit that Bitbucket names is spent, and none after a refusal', async () => {
    const client = clientOf();
    bitbucket.instead = () => ({ headers: { 'x-ratelimit-limit': '3, 3;w=3600' } });
    await client.get(PATH);
    expect(client.requestsPerHour).toBe(3);
    expect(client.hasRoomFor(2)).toBe(true);
    expect(client.hasRoomFor(3)).toBe(false);
    bitbucket.instead = () => ({ status: 429, headers: {}, body: '' });
    await client.get(PATH);
    expect(client.hasRoomFor(1)).toBe(false);
  });

  it('counts what was asked by endpoint', async () => {
    const client = clientOf();
    await client.get(`${PATH}/pullrequests/activity?pagelen=1`);
    expect(client.requests.byEndpoint()).toEqual({
      'GET /repositories/{workspace}/{repo_slug}/pullrequests/activity': 1,
    });
  });
});

it('a host that cannot be reached is a proxy error, as on the platform', async () => {
  const client = new LiveClient(
    takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: 'http://127.0.0.1:1/2.0' }),
  );
  const { headers } = await client.get(PATH);
  expect(headers).toMatchObject({ 'forge-proxy-error': 'UPSTREAM_CONNECTION_FAILED' });
});
