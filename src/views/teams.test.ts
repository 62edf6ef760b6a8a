import {
  AS_VIEWER,
  startInProcessApp,
  type InProcessApp,
  type InProcessOptions,
} from '../../test/in-process-app';
import { reviewedPullRequest } from '../../test/reviewed-pull-requests';
import { REPOSITORY_UUID, smallWorkspace } from '../../test/small-workspace';
import type { RepositorySource, WorkspaceSource } from '../../local/bitbucket/workspace-source';
import { DEFAULT_SETTINGS, changeSettings } from '../storage/workspace-settings';
import type { Answer, RepositoryOverview } from './contract';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from './reports/teams-report';
import { resolve } from './resolver';
import { changeTeams } from './team-changes';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);
const daysAgo = (days: number): number => NOW - days * 24 * HOUR;
const OTHER_UUID = '{5d0c8a7e-7f0e-4d4b-9a39-0f7d6a1f3a11}';

let forge: InProcessApp;
let clock: jest.SpyInstance;

/** Whether the second repository exists yet. */
let hasSecond = true;

/** One repository, and a second one beside it that is empty. */
function workspace(): WorkspaceSource {
  const small = smallWorkspace([
    reviewedPullRequest(1, { author: 'ann', openedAt: daysAgo(20), mergedAfter: 2 }),
    reviewedPullRequest(2, {
      author: 'ann',
      openedAt: daysAgo(8),
      acts: [[1, 'approval', 'ben']],
      mergedAfter: 4,
    }),
    reviewedPullRequest(3, { author: 'ann', openedAt: daysAgo(3), mergedAfter: 6 }),
    reviewedPullRequest(4, { author: 'ben', openedAt: daysAgo(2), mergedAfter: 8 }),
  ]);
  const [first] = small.repositories();
  if (first === undefined) throw new Error('The small workspace has a repository.');
  const second: RepositorySource = {
    ...first,
    repository: () => ({ ...first.repository(), uuid: OTHER_UUID, slug: 'other', full_name: 'small/other' }),
    pullRequestIds: () => [],
  };
  return { ...small, repositories: () => (hasSecond ? [first, second] : [first]) };
}

async function start(options: InProcessOptions = {}): Promise<void> {
  forge = await startInProcessApp(workspace(), options);
  await forge.install();
  await forge.drain();
}

beforeEach(() => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

const ask = <T>(functionKey: string, payload: unknown): Promise<Answer<T>> =>
  resolve(
    { call: { functionKey, payload }, context: { extension: { repository: { uuid: REPOSITORY_UUID } } } },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

function dataOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const teams = async (): Promise<TeamsReport> => dataOf(await ask<TeamsReport>('teams', {}));
const save = (change: unknown): Promise<Answer<SaveTeamsAnswer>> => ask('saveTeams', { change });
const saved = async (change: TeamChange): Promise<SaveTeamsAnswer> => dataOf(await save(change));

const create = (name: string, ...personIds: string[]): TeamChange => ({
  kind: 'create',
  name,
  personIds,
  since: 'always',
});

describe('an administrator of every repository', () => {
  beforeEach(() => start());

  it('finds who can be chosen, and no team yet', async () => {
    expect(await teams()).toMatchObject({
      mayChange: true,
      showReviewers: true,
      teams: [],
      people: [
        { personId: 'account-ann', pullRequest: 3 },
        { personId: 'account-ben', pullRequest: 4 },
      ],
    });
  });

  it('creates a team, which is shown from two people on', async () => {
    const { outcome, report } = await saved(create('  Core ', 'account-ann'));
    expect(outcome).toBe('saved');
    expect(report.teams).toMatchObject([{ name: 'Core', people: 1, isShown: false }]);
    const teamId = report.teams[0]?.teamId ?? '';
    await saved({ kind: 'add-members', teamId, personIds: ['account-ben'] });
    expect((await teams()).teams).toMatchObject([
      {
        teamId,
        people: 2,
        isShown: true,
        membersElsewhere: 0,
        members: [
          { personId: 'account-ann', from: null, to: null },
          { personId: 'account-ben', from: NOW / 1_000, to: null },
        ],
      },
    ]);
  });

  it('counts in the team’s figures only what members opened while they belonged to it', async () => {
    clock.mockReturnValue(daysAgo(8.5));
    const { report } = await saved({
      kind: 'create',
      name: 'Core',
      personIds: ['account-ann'],
      since: 'now',
    });
    const teamId = report.teams[0]?.teamId ?? '';
    // As long as Ben’s time: else the figures would be one person’s, and not shown.
    clock.mockReturnValue(daysAgo(7.5));
    await saved({ kind: 'remove-member', teamId, personId: 'account-ann' });
    clock.mockReturnValue(daysAgo(1));
    await saved({ kind: 'add-members', teamId, personIds: ['account-ben'] });
    clock.mockReturnValue(NOW);
    const overview = dataOf(await ask<RepositoryOverview>('overview', { query: { window: 30, teamId } }));
    // Ann's second alone: her first was before she joined, her third after she left, Ben’s before he joined.
    expect(overview.figures.time_to_merge).toMatchObject({ n: 1, p50: 4 * 3_600 });
    const all = dataOf(await ask<RepositoryOverview>('overview', { query: { window: 30 } }));
    expect(all.figures.merged.value).toBe(4);
  });

  it('loses nothing to another one who changes teams at the same time', async () => {
    const circumstances = { now: NOW / 1_000, knownIds: new Set<string>() };
    await Promise.all(
      ['A', 'B', 'C'].map((name) =>
        changeSettings((settings) => changeTeams(settings, create(name), { ...circumstances, newId: name })),
      ),
    );
    const names = (await teams()).teams.map(({ name }) => name);
    expect([...names].sort()).toEqual(['A', 'B', 'C']);
  });

  it('is told why a change was not made', async () => {
    await saved(create('Core'));
    expect(await saved(create('core'))).toMatchObject({
      outcome: 'name-taken',
      report: { teams: [{ name: 'Core' }] },
    });
    expect(await saved({ kind: 'remove', teamId: 'nobody' })).toMatchObject({ outcome: 'unknown-team' });
    expect(await saved(create('New', 'Ann'))).toMatchObject({ outcome: 'unknown-person' });
  });

  it.each([
    [create(' '), /change\.name.*empty/],
    [create('n'.repeat(61)), /60 characters/],
    [create('two\nlines'), /control character/],
    [create('turned \u202e around'), /control character/],
    [{ kind: 'create', name: 'Core', personIds: [], since: 'yesterday' }, /since/],
    [{ kind: 'add-members', teamId: 'x', personIds: [] }, /personIds/],
    [{ kind: 'show-reviewers', showReviewers: 'no' }, /showReviewers/],
    [{ kind: 'replace', teams: [] }, /change/],
  ])('cannot save %j', async (change, sentence) => {
    expect(await save(change)).toMatchObject({
      ok: false,
      cause: 'bad-request',
      message: expect.stringMatching(sentence),
    });
    expect((await teams()).teams).toEqual([]);
  });

  it('sees teams also while Bitbucket does not say who administers', async () => {
    type Fetch = (meta: { readonly remote?: string }, ...rest: unknown[]) => Promise<Response>;
    const globals = globalThis as { __forge_fetch__?: Fetch };
    const working = globals.__forge_fetch__;
    globals.__forge_fetch__ = (meta, ...rest) =>
      meta.remote === 'bitbucket' || working === undefined
        ? Promise.resolve(new Response('{}', { status: 502 }))
        : working(meta, ...rest);
    expect(await teams()).toMatchObject({ mayChange: null, teams: [] });
    expect(await save(create('Core'))).toMatchObject({ ok: false, cause: 'unavailable' });
  });
});

describe.each([
  ['nothing', () => false],
  ['this repository alone', (_: string, uuid: string) => uuid === REPOSITORY_UUID],
] as const)('whoever administers %s', (_, administers) => {
  beforeEach(() => start({ administers }));

  it.each<TeamChange>([
    create('Core', 'account-ann'),
    { kind: 'remove', teamId: 'core' },
    { kind: 'show-reviewers', showReviewers: false },
  ])('is refused %j', async (change) => {
    expect(await save(change)).toMatchObject({
      ok: false,
      cause: 'not-allowed',
      message: expect.stringContaining('administrator'),
    });
    expect(await teams()).toMatchObject({ mayChange: false, showReviewers: true, teams: [] });
  });

  it('is told of members only who is known in this repository', async () => {
    const member = (personId: string) => ({ personId, from: null, to: null });
    const members = [member('account-ann'), member('account-hidden')];
    await changeSettings(() => ({
      detail: { ...DEFAULT_SETTINGS, teams: [{ id: 'core', name: 'Core', members }] },
      result: undefined,
    }));
    const report = await teams();
    expect(report.teams).toMatchObject([
      { members: [member('account-ann')], membersElsewhere: 1, people: 2, isShown: true },
    ]);
    expect(JSON.stringify(report)).not.toContain('hidden');
  });
});

it('nobody becomes an administrator of the workspace by a repository of their own', async () => {
  hasSecond = false;
  await start({ administers: (_, uuid) => uuid === OTHER_UUID });
  // Created since the repositories were listed: the viewer now administers as many as there were.
  hasSecond = true;
  expect(await save(create('Core'))).toMatchObject({ ok: false, cause: 'not-allowed' });
});
