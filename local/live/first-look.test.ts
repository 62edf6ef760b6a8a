import { startLiveBitbucket, type Instead, type LiveBitbucket } from '../../test/live-bitbucket';
import { REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from '../../test/small-workspace';
import { firstLook, type FirstLook } from './first-look';
import { LiveClient } from './live-client';
import { takeCredentials } from './live-credentials';
import { readLiveName } from './live-place';

const TOKEN = 'a-token-of-the-test';
const READS_ALL = ['read:repository:bitbucket', 'read:pullrequest:bitbucket', 'read:pipeline:bitbucket'];

let bitbucket: LiveBitbucket;
beforeAll(async () => {
  bitbucket = await startLiveBitbucket({ source: smallWorkspace([]), authorization: `Bearer ${TOKEN}` });
});
afterAll(() => bitbucket.close());
beforeEach(() => {
  bitbucket.instead = null;
  // An access token has no scope to read workspaces and users.
  bitbucket.scopes = [...READS_ALL, 'read:workspace:bitbucket'];
});

function look(name: string, { token = TOKEN, isPersonal = false } = {}): Promise<FirstLook> {
  const client = new LiveClient(
    takeCredentials({ BITBUCKET_TOKEN: token, BITBUCKET_API_URL: bitbucket.url }),
  );
  return firstLook(client, readLiveName(name), isPersonal);
}

async function refused(name: string, options?: Parameters<typeof look>[1]): Promise<string> {
  const outcome = await look(name, options).then(
    () => 'it was not refused',
    (error: unknown) => String(error),
  );
  expect(outcome).not.toContain(TOKEN);
  expect(outcome.split('\n')).toHaveLength(1);
  return outcome;
}

it('says what a repository and its workspace are called, in four requests', async () => {
  const before = bitbucket.arrived.length;
  expect(await look('Small/Shop')).toEqual({
    place: {
      workspace: { uuid: WORKSPACE_UUID, slug: 'small' },
      repository: { uuid: REPOSITORY_UUID, slug: 'shop', name: 'shop' },
    },
    repositories: [{ uuid: REPOSITORY_UUID, slug: 'shop', name: 'shop' }],
    viewer: { accountId: '712020:00000000-0000-4000-8000-0000000000ff', displayName: 'You' },
    notices: [],
  });
  // The stand-in's repository does not name its workspace; Bitbucket's does, which saves one.
  expect(bitbucket.arrived.length - before).toBe(4);
});

it('reads the whole list of a workspace', async () => {
  const { place, repositories } = await look('small');
  expect(place.repository).toBeNull();
  expect(repositories).toEqual([{ uuid: REPOSITORY_UUID, slug: 'shop', name: 'shop' }]);
});

it('follows the list to further pages on its own host', async () => {
  const uuids = ['{00000000-0000-4000-8000-000000000001}', '{00000000-0000-4000-8000-000000000002}'];
  const entry = (place: number): object => ({
    uuid: uuids[place],
    full_name: `small/r${place}`,
    workspace: { uuid: WORKSPACE_UUID },
  });
  const next = 'https://api.bitbucket.org/2.0/repositories/small?page=2';
  bitbucket.instead = ({ path }) => {
    const json = (body: object): ReturnType<Instead> => ({ status: 200, body: JSON.stringify(body) });
    if (path.endsWith('?page=2')) return json({ values: [entry(1)] });
    return path.includes('/repositories/small?') ? json({ values: [entry(0)], next }) : json({});
  };
  const { repositories } = await look('small');
  expect(repositories.map(({ slug }) => slug)).toEqual(['r0', 'r1']);
});

it('looks as the token’s person where Bitbucket says who that is', async () => {
  bitbucket.instead = ({ path }) =>
    path.startsWith('/2.0/user?')
      ? { status: 200, body: '{"account_id":"712020:ann","display_name":"Ann"}' }
      : undefined;
  expect((await look('small/shop', { isPersonal: true })).viewer).toEqual({
    accountId: '712020:ann',
    displayName: 'Ann',
  });
  bitbucket.instead = null;
  expect((await look('small/shop', { isPersonal: true })).viewer.displayName).toBe('You');
});

it('goes on without pipelines where the token may not read them, and says so', async () => {
  bitbucket.scopes = READS_ALL.filter((scope) => !scope.includes('pipeline')).concat(
    'read:workspace:bitbucket',
  );
  const { notices } = await look('small/shop');
  expect(notices).toEqual([
    'The token lacks the permission read:pipeline:bitbucket for pipelines of small/shop: make one that has it. Everything but deployments and pipelines is read without it.',
  ]);
});

describe('refuses with one sentence', () => {
  it('a wrong token', async () => {
    expect(await refused('small/shop', { token: 'another' })).toMatch(
      /does not take the token.*BITBUCKET_EMAIL/,
    );
  });

  it.each(['read:repository:bitbucket', 'read:pullrequest:bitbucket'])(
    'a token without %s',
    async (scope) => {
      bitbucket.scopes = bitbucket.scopes.filter((each) => each !== scope);
      expect(await refused('small/shop')).toContain(`lacks the permission ${scope}`);
    },
  );

  it('a token that may not read it, where Bitbucket names no scope', async () => {
    bitbucket.instead = () => ({
      status: 403,
      body: '{"type":"error","error":{"message":"Access denied."}}',
    });
    expect(await refused('small/shop')).toMatch(/may not read repository small\/shop: make one/);
  });

  it('an unknown repository', async () => {
    expect(await refused('small/nothing')).toMatch(/knows no repository small\/nothing/);
  });

  it.each([403, 404])(
    'a workspace that the token may not list (%d), naming the other form',
    async (status) => {
      bitbucket.instead = () => ({ status, body: '{}' });
      expect(await refused('small')).toMatch(
        /with an access token of one repository write --live small\/REPO/,
      );
    },
  );

  it('a workspace in which it sees nothing', async () => {
    bitbucket.instead = () => ({ status: 200, body: '{"values":[]}' });
    expect(await refused('small')).toMatch(/lists no repository of a workspace small/);
  });

  it('a spent hour', async () => {
    bitbucket.instead = () => ({ status: 429, body: 'Rate limit for this resource has been exceeded' });
    expect(await refused('small/shop')).toMatch(/no more requests of this token in this hour/);
  });

  it('a fault of Bitbucket’s', async () => {
    bitbucket.instead = () => ({ status: 503, body: '<html></html>' });
    expect(await refused('small/shop')).toMatch(/with status 503: try again later/);
  });

  it('something else that answers there', async () => {
    bitbucket.instead = () => ({ status: 200, body: '<html>Sign in to the hotel’s network</html>' });
    expect(await refused('small/shop')).toMatch(/is not Bitbucket's API: look at BITBUCKET_API_URL/);
  });
});

it.each(['', '/', 'a/b/c', 'a b', '../x', 'x/..', 'https://bitbucket.org/a/b', 'a/'])(
  'the name "%s" is refused',
  (name) => {
    expect(() => readLiveName(name)).toThrow(/write WORKSPACE or WORKSPACE\/REPO/);
  },
);
