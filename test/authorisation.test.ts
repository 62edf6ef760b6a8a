/** Every function of the resolver, held to the table of who may ask what: whoever may not gets nothing and changes nothing. */
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import { withoutBraces } from '../src/storage/keys';
import { markLeftOut } from '../src/storage/left-out';
import { saveRepository } from '../src/storage/repositories';
import { ACCESS } from '../src/views/access';
import type { Answer, ResolverFunction } from '../src/views/contract';
import { resolve } from '../src/views/resolver';
import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from './in-process-app';
import { REQUESTS } from './resolver-requests';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from './small-workspace';

const SECOND_UUID = '{5d0c8a7e-7f0e-4d4b-9a39-0f7d6a1f3a11}';
const UNKNOWN_UUID = '{6e1d9b8f-8a1f-4e5c-8b4a-1a8e7b2a4b22}';
const TRANSFERRED_UUID = '{7f2eac9a-9b2a-4f6d-9c5b-2b9f8c3b5c33}';
const OTHER_WORKSPACE_UUID = '{99999999-8e48-479c-8ca2-442e46c90570}';
const NOW = Date.UTC(2026, 9, 31);
const LATER = NOW + 2 * 3_600_000;

const FUNCTIONS = Object.keys(ACCESS) as ResolverFunction[];
const IN_REPOSITORY = FUNCTIONS.filter((name) => ACCESS[name].place !== 'workspace');
const ADMINISTRATORS = FUNCTIONS.filter((name) => ACCESS[name].audience.endsWith('administrator'));

/** Where the screen is, who looks, and in which workspace the app is installed. */
interface Caller {
  readonly repositoryUuid?: string;
  readonly workspaceUuid?: string;
  readonly installedIn?: string;
  readonly accountId?: string | null;
  readonly accountType?: string;
  /** Instead of the usual one. */
  readonly payload?: unknown;
}

let forge: InProcessApp;
let clock: jest.SpyInstance;
/** Repositories that the viewer sees, and those that they administer, by uuid; all of them where it is `null`. */
let seen: readonly string[] | null = null;
let administered: readonly string[] | null = null;

/** Two repositories, the first with a pull request. */
function workspace(): WorkspaceSource {
  const small = smallWorkspace([openPullRequest(1, 'ann', '2026-10-30T00:00:00Z')]);
  const [first] = small.repositories();
  if (first === undefined) throw new Error('The small workspace has a repository.');
  const raw = { uuid: SECOND_UUID, slug: 'second', full_name: 'small/second' };
  const second = {
    ...first,
    repository: () => ({ ...first.repository(), ...raw }),
    pullRequestIds: () => [],
  };
  return { ...small, repositories: () => [first, second] };
}

async function start(): Promise<void> {
  seen = null;
  administered = null;
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startInProcessApp(workspace(), {
    administers: (_, uuid) => administered?.includes(uuid) ?? true,
    mayRead: (_, uuid) => seen?.includes(uuid) ?? true,
  });
  await forge.install();
  await forge.drain();
  // An import cannot be asked for within an hour of the last.
  clock.mockReturnValue(LATER);
}

async function stop(): Promise<void> {
  clock.mockRestore();
  await forge.close();
}

async function ask(name: ResolverFunction, caller: Caller = {}): Promise<Answer<unknown>> {
  const {
    repositoryUuid = REPOSITORY_UUID,
    workspaceUuid = WORKSPACE_UUID,
    installedIn = WORKSPACE_UUID,
    accountId = VIEWER_ACCOUNT,
    accountType,
    payload = REQUESTS[name],
  } = caller;
  const inWorkspace = { workspace: { uuid: workspaceUuid } };
  const extension =
    ACCESS[name].place === 'workspace'
      ? inWorkspace
      : { ...inWorkspace, repository: { uuid: repositoryUuid }, pullRequest: { id: 1 } };
  return (await resolve(
    {
      call: { functionKey: name, payload },
      context: { extension, ...(accountType === undefined ? {} : { accountType }) },
    },
    {
      installContext: `ari:cloud:bitbucket::workspace/${withoutBraces(installedIn)}`,
      ...(accountId === null ? {} : { principal: { accountId } }),
    },
  )) as Answer<unknown>;
}

const requestsAs = (who: 'app' | 'user'): number =>
  forge.bitbucket.requests.recent().filter(({ as }) => as === who).length;

/** What the app keeps, has sent, and has asked Bitbucket as itself. */
function footprint(): object {
  return { rows: forge.app.store.dump(), sent: forge.queue.length, asApp: requestsAs('app') };
}

/** Asks, and shows that nothing was read of Bitbucket as the app, nothing written and nothing sent. */
async function askInVain(name: ResolverFunction, caller: Caller): Promise<Answer<unknown>> {
  const before = footprint();
  const answer = await ask(name, caller);
  expect(footprint()).toEqual(before);
  return answer;
}

/** Of so small a workspace there is no forecast and nobody who reviewed; nothing was erased and no work given up. */
const HAS_NO_ANSWER: readonly ResolverFunction[] = ['explainForecast', 'explainReviewer'];

describe('whom they are for', () => {
  describe('with nothing to change', () => {
    beforeAll(start);
    afterAll(stop);

    it.each(FUNCTIONS.filter((name) => ACCESS[name].changes !== true))(
      'get an answer of %s',
      async (name) => {
        const expected = HAS_NO_ANSWER.includes(name) ? { ok: false, cause: 'bad-request' } : { ok: true };
        expect(await ask(name)).toMatchObject(expected);
      },
    );
  });

  describe('with something to change', () => {
    beforeEach(start);
    afterEach(stop);

    it.each(FUNCTIONS.filter((name) => ACCESS[name].changes === true))(
      'get an answer of %s',
      async (name) => {
        expect(await ask(name)).toMatchObject({ ok: true });
      },
    );
  });
});

describe('nothing is given, read or changed', () => {
  beforeAll(async () => {
    await start();
    // What a transfer could leave, were it not removed.
    const elsewhere = { workspaceUuid: OTHER_WORKSPACE_UUID, slug: 'x', defaultBranch: 'main', readAt: 1 };
    await saveRepository(withoutBraces(TRANSFERRED_UUID), { uuid: TRANSFERRED_UUID, ...elsewhere });
    const leaving = { workspaceUuid: WORKSPACE_UUID, leftOutAt: NOW / 1_000 };
    await markLeftOut(withoutBraces(SECOND_UUID), leaving, []);
  });
  afterAll(stop);
  beforeEach(() => {
    seen = null;
    administered = null;
    clock.mockReturnValue(LATER);
  });

  describe.each(FUNCTIONS)('by %s', (name) => {
    it.each<[string, Caller]>([
      ['nobody', { accountId: null }],
      ['an account without an id', { accountId: '' }],
      ['somebody anonymous', { accountType: 'anonymous' }],
      ['somebody without a licence', { accountType: 'unlicensed' }],
      ['a customer', { accountType: 'customer' }],
    ])('to %s', async (_, caller) => {
      const before = requestsAs('user');
      expect(await askInVain(name, caller)).toMatchObject({ ok: false, cause: 'no-viewer' });
      expect(requestsAs('user')).toBe(before);
    });

    it.each<[string, Caller]>([
      ['a caller of another workspace', { workspaceUuid: OTHER_WORKSPACE_UUID }],
      ['an installation in another workspace', { installedIn: OTHER_WORKSPACE_UUID }],
    ])('to %s', async (_, caller) => {
      expect(await askInVain(name, caller)).toMatchObject({ ok: false, cause: 'no-workspace' });
    });
  });

  describe.each(IN_REPOSITORY)('by %s', (name) => {
    it.each([
      ['that is not known', UNKNOWN_UUID],
      ['that belongs to another workspace', TRANSFERRED_UUID],
    ])('of a repository %s', async (_, repositoryUuid) => {
      expect(await askInVain(name, { repositoryUuid })).toMatchObject({ ok: false, cause: 'nothing-yet' });
    });
  });

  it.each(IN_REPOSITORY)('by %s of a repository that is left out, but its settings', async (name) => {
    if (ACCESS[name].whenLeftOut === true) {
      expect(await ask(name, { repositoryUuid: SECOND_UUID })).toMatchObject({ ok: true });
    } else {
      const answer = await askInVain(name, { repositoryUuid: SECOND_UUID });
      expect(answer).toMatchObject({ ok: false, cause: 'left-out' });
    }
  });

  it.each(ADMINISTRATORS)('by %s, to who administers nothing', async (name) => {
    administered = [];
    expect(await askInVain(name, {})).toMatchObject({ ok: false, cause: 'not-allowed' });
  });

  it.each(ADMINISTRATORS)('by %s, to who administers another repository alone', async (name) => {
    administered = [SECOND_UUID];
    // How many repositories there are, the app asks for itself: the budget is written then, and nothing else.
    const rows = (): readonly unknown[] => forge.app.store.dump().filter(({ key }) => key !== 'budget');
    const before = rows();
    expect(await ask(name)).toMatchObject({ ok: false, cause: 'not-allowed' });
    expect(rows()).toEqual(before);
    expect(forge.queue).toEqual([]);
  });

  it.each<[ResolverFunction, object]>([
    ['workspaceTeams', {}],
    ['saveWorkspaceTeams', { change: { kind: 'create', name: 'Core', personIds: [], since: 'now' } }],
  ])('by %s for a repository that is not of this workspace', async (name, payload) => {
    for (const repositoryUuid of [UNKNOWN_UUID, TRANSFERRED_UUID]) {
      const rows = teamRows();
      const answer = await ask(name, { payload: { ...payload, repositoryUuid } });
      expect(answer).toMatchObject({ ok: false, cause: 'nothing-yet' });
      expect(teamRows()).toEqual(rows);
    }
  });

  it('by leaving out a repository that is not of this workspace', async () => {
    for (const repositoryUuid of [UNKNOWN_UUID, TRANSFERRED_UUID]) {
      const rows = forge.app.store.dump().filter(({ key }) => key.includes(withoutBraces(repositoryUuid)));
      const change = { kind: 'takes-part', repositoryUuid, takesPart: false };
      const answer = await ask('changeWorkspaceSettings', { payload: { change } });
      expect(answer).toMatchObject({
        ok: true,
        data: { outcome: 'unknown-repository', report: { leftOut: [SECOND_UUID] } },
      });
      expect(forge.app.store.dump().filter(({ key }) => key.includes(withoutBraces(repositoryUuid)))).toEqual(
        rows,
      );
      expect(forge.queue).toEqual([]);
    }
  });
});

function teamRows(): readonly unknown[] {
  return forge.app.store.dump().filter(({ key }) => key === 'settings');
}

describe('what is shown', () => {
  beforeEach(start);
  afterEach(stop);

  it('on the workspace’s page is of no repository that the viewer may not see', async () => {
    seen = [SECOND_UUID];
    const answer = await ask('workspace');
    expect(answer).toMatchObject({ ok: true, data: { repositories: [{ uuid: SECOND_UUID }], unknown: 0 } });
    expect(JSON.stringify(answer)).not.toContain(withoutBraces(REPOSITORY_UUID));
  });

  it('to an administrator stays for ten minutes; changes ask each time', async () => {
    expect(await ask('repositorySettings')).toMatchObject({ ok: true });
    administered = [];
    expect(await ask('repositorySettings')).toMatchObject({ ok: true });
    // One repository's administrator is nothing else.
    expect(await ask('workspaceSettings')).toMatchObject({ ok: false, cause: 'not-allowed' });
    expect(await ask('repositorySettings', { accountId: 'account-other' })).toMatchObject({ ok: false });
    expect(await ask('changeRepositorySettings')).toMatchObject({ ok: false, cause: 'not-allowed' });
    clock.mockReturnValue(LATER + 600_000);
    expect(await ask('repositorySettings')).toMatchObject({ ok: false, cause: 'not-allowed' });
  });

  it('to an administrator leaves no account in what is kept', async () => {
    await ask('workspaceSettings');
    const kept = forge.app.store.dump().filter(({ key }) => key.startsWith('administrator:'));
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(VIEWER_ACCOUNT);
  });

  it('is nothing while Bitbucket does not say who administers', async () => {
    forge.bitbucket.faults = () => ({ status: 502 });
    for (const name of ADMINISTRATORS) {
      expect({ name, ...(await ask(name)) }).toMatchObject({ name, ok: false, cause: 'unavailable' });
    }
  });
});
