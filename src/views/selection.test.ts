import { AS_VIEWER, startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_UUID,
  smallWorkspace,
  type SmallPullRequest,
} from '../../test/small-workspace';
import type { JsonObject } from '../../local/bitbucket/workspace-source';
import { changeSettings, DEFAULT_SETTINGS, type WorkspaceSettings } from '../storage/workspace-settings';
import type { Answer, RepositoryOverview } from './contract';
import type { FilterChoices } from './reports/filter-choices';
import { resolve } from './resolver';

const HOUR = 3_600_000;
/** A Saturday. */
const NOW = Date.UTC(2026, 9, 31);
/** Monday 2026-10-05, midnight UTC. */
const MONDAY = Date.UTC(2026, 9, 5);

interface Shape {
  readonly author: string;
  readonly target: string;
  readonly branch: string;
  readonly reviewer?: string;
  readonly draft?: boolean;
  readonly type?: string;
  /** Hours after the Monday. */
  readonly opened: number;
  readonly merged: number;
}

function merged(id: number, shape: Shape): SmallPullRequest {
  const at = (hours: number): string => new Date(MONDAY + hours * HOUR).toISOString();
  const small = openPullRequest(id, shape.author, at(shape.opened));
  const author = { ...person(shape.author), type: shape.type ?? 'user' };
  const place = (key: 'source' | 'destination', name: string): JsonObject => ({
    ...(small.pullRequest[key] as JsonObject),
    branch: { name },
  });
  const approval =
    shape.reviewer === undefined
      ? []
      : [{ pull_request: { id }, approval: { date: at(shape.opened + 1), user: person(shape.reviewer) } }];
  return {
    ...small,
    pullRequest: {
      ...small.pullRequest,
      author,
      state: 'MERGED',
      draft: shape.draft ?? false,
      source: place('source', shape.branch),
      destination: place('destination', shape.target),
      closed_by: author,
    },
    activity: [
      {
        pull_request: { id },
        update: { date: at(shape.merged), state: 'MERGED', author, source: null },
      },
      ...approval,
      ...small.activity,
    ],
  };
}

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startInProcessApp(
    smallWorkspace([
      merged(1, {
        author: 'ann',
        target: 'main',
        branch: 'feature/a',
        reviewer: 'ben',
        opened: 10,
        merged: 14,
      }),
      merged(2, { author: 'ben', target: 'main', branch: 'bugfix/b', opened: 12, merged: 20 }),
      merged(3, {
        author: 'ann',
        target: 'next',
        branch: 'feature/c',
        reviewer: 'cem',
        opened: 0,
        merged: 2,
      }),
      // Friday 12:00 to Monday 12:00: 72 hours, 24 of them on weekdays, 8 in office hours.
      merged(4, { author: 'cem', target: 'main', branch: 'hotfix/d', draft: true, opened: 108, merged: 180 }),
      merged(5, { author: 'bot', target: 'main', branch: 'chore/e', type: 'app_user', opened: 1, merged: 2 }),
    ]),
  );
  await forge.install();
  await forge.drain();
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

const ask = <T>(functionKey: string, query: object): Promise<Answer<T>> =>
  resolve(
    {
      call: { functionKey, payload: { query: { window: 90, ...query } } },
      context: { extension: { repository: { uuid: REPOSITORY_UUID } } },
    },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

async function overview(query: object): Promise<RepositoryOverview> {
  const answer = await ask<RepositoryOverview>('overview', query);
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

it.each([
  ['nothing', {}, 4],
  ['a target branch', { targetBranches: ['next'] }, 1],
  ['two target branches', { targetBranches: ['next', 'main'] }, 4],
  ['an author', { authorIds: ['account-ann'] }, 2],
  ['a reviewer', { reviewerIds: ['account-ben'] }, 1],
  ['an author and a branch', { authorIds: ['account-ann'], targetBranches: ['main'] }, 1],
  ['kinds of branches', { branchKinds: ['bugfix', 'hotfix'] }, 2],
  ['drafts left out', { drafts: 'without' }, 3],
  ['only drafts', { drafts: 'only' }, 1],
  ['bots counted too', { bots: 'with' }, 5],
  ['only bots', { bots: 'only' }, 1],
  ['whole days of October', { window: { firstDay: '2026-10-05', lastDay: '2026-10-05' } }, 3],
  ['days before all', { window: { firstDay: '2026-09-01', lastDay: '2026-09-30' } }, 0],
])('counts the merges of %s', async (_name, query, count) => {
  const { figures } = await overview(query);
  expect(figures.merged.value).toBe(count);
});

it('says how many bots it left out, and none where they are let in', async () => {
  expect((await overview({})).botsLeftOut).toBe(1);
  expect((await overview({ bots: 'with' })).botsLeftOut).toBe(0);
});

it.each([
  [undefined, 72],
  [{ kind: 'weekdays', timeZone: 'UTC' }, 24],
  // Friday 12:00 to 17:00 and Monday 09:00 to 12:00.
  [{ kind: 'working-hours', timeZone: 'UTC', startMinute: 540, endMinute: 1_020 }, 8],
  // Two hours later on the wall clock in Berlin: Friday 14:00 to 17:00 and Monday 09:00 to 14:00.
  [{ kind: 'working-hours', timeZone: 'Europe/Berlin', startMinute: 540, endMinute: 1_020 }, 8],
  // Saturday 01:00 to Tuesday 01:00 there: Monday, and an hour.
  [{ kind: 'weekdays', timeZone: 'Pacific/Auckland' }, 25],
])('counts the hours of the clock %j', async (clockOfQuery, hours) => {
  const query = { drafts: 'only', ...(clockOfQuery === undefined ? {} : { clock: clockOfQuery }) };
  const { figures, stages } = await overview(query);
  expect(figures.time_to_merge.p50).toBe(hours * 3_600);
  expect(stages.reduce((sum, { total }) => sum + total, 0)).toBe(hours * 3_600);
});

describe('a team', () => {
  const at = (hours: number): number => (MONDAY + hours * HOUR) / 1_000;
  const team = (id: string, members: readonly [string, number | null, number | null][]) => ({
    id,
    name: id,
    members: members.map(([name, from, to]) => ({ personId: `account-${name}`, from, to })),
  });
  const settings: WorkspaceSettings = {
    ...DEFAULT_SETTINGS,
    teams: [
      team('all', [
        ['ann', null, null],
        ['ben', null, null],
      ]),
      // Ann left after her first pull request.
      team('moved', [
        ['ann', null, at(5)],
        ['ben', null, null],
      ]),
      team('one', [['ann', null, null]]),
      team('past', [
        ['ann', null, at(-24 * 365)],
        ['ben', null, null],
      ]),
    ],
  };
  beforeAll(() => changeSettings(() => ({ detail: settings, result: undefined })));

  it.each([
    ['all', 3],
    ['moved', 2],
  ])('%s counts what its members opened while they belonged to it', async (teamId, count) => {
    expect((await overview({ teamId })).figures.merged.value).toBe(count);
  });

  it.each(['one', 'past'])('%s is not shown: it would be one person’s figures', async (teamId) => {
    for (const name of [
      'overview',
      'explain',
      'delivery',
      'reviews',
      'openWork',
      'pullRequests',
      'pipelines',
    ]) {
      const answer = await ask(name, { teamId });
      expect({ name, ...answer }).toMatchObject({
        ok: false,
        // `explain` also wants a metric: it is refused either way.
        cause: name === 'explain' ? 'bad-request' : 'team-too-small',
      });
    }
  });

  it('is offered, with a word on whether it may be shown', async () => {
    const answer = await ask<FilterChoices>('choices', {});
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.data.teams.map(({ teamId, isShown }) => [teamId, isShown])).toEqual([
      ['all', true],
      ['moved', true],
      ['one', false],
      ['past', false],
    ]);
  });
});

it('narrows to no reviewer, and offers none, where the admin switched that off', async () => {
  await changeSettings((settings) => ({ detail: { ...settings, showReviewers: false }, result: null }));
  expect(await ask('overview', { reviewerIds: ['account-ben'] })).toMatchObject({
    ok: false,
    cause: 'people-hidden',
  });
  expect(await ask('choices', {})).toMatchObject({ ok: true, data: { reviewers: [] } });
  await changeSettings((settings) => ({ detail: { ...settings, showReviewers: true }, result: null }));
});

it('offers what occurs in the window, people with a pull request that names them', async () => {
  const answer = await ask<FilterChoices>('choices', {});
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.data).toMatchObject({
    targetBranches: ['main', 'next'],
    branchKinds: ['feature', 'bugfix', 'hotfix', 'chore'],
    authors: [
      { personId: 'account-ann', pullRequest: 3 },
      { personId: 'account-ben', pullRequest: 2 },
      { personId: 'account-cem', pullRequest: 4 },
    ],
    reviewers: [
      { personId: 'account-ben', pullRequest: 1 },
      { personId: 'account-cem', pullRequest: 3 },
    ],
    hasDrafts: true,
    hasBots: true,
  });
  const quiet = await ask<FilterChoices>('choices', {
    window: { firstDay: '2026-09-01', lastDay: '2026-09-02' },
  });
  expect(quiet).toMatchObject({ ok: true, data: { targetBranches: [], authors: [], reviewers: [] } });
});
