/** Tests that settings count for figures of all history at once, without one more request to Bitbucket. */
import type { JsonObject } from '../../local/bitbucket/workspace-source';
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  smallWorkspace,
  type SmallPullRequest,
} from '../../test/small-workspace';
import { wordsOf } from '../facts/branch-words';
import { NO_FIGURE_RULES, type FigureRules } from '../storage/figure-rules';
import { saveDelivery } from '../storage/delivery-months';
import { savePush, savePushOrigins } from '../storage/pushes';
import { changeRepositorySettings, NO_REPOSITORY_SETTINGS } from '../storage/repository-settings';
import { changeSettings, DEFAULT_SETTINGS, type WorkspaceSettings } from '../storage/workspace-settings';
import { DEFAULT_RULES } from '../sync/effective-settings';
import { renewSummary } from '../sync/summarise';
import { deliveryOf } from './delivery';
import { explainFigure } from './explain-figure';
import { exportRepository } from './export-repository';
import { filterChoices } from './filter-choices';
import { openWorkOf } from './open-work';
import { overviewOf } from './overview';
import { pullRequestOf } from './pull-request';
import type { DeliveryReport } from './reports/delivery-report';
import { teamsOf } from './teams';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);
const NOW_SECONDS = NOW / 1_000;
/** Monday, midnight UTC. */
const MONDAY = Date.UTC(2026, 9, 5);
const QUERY = { window: 90 } as const;

const at = (hours: number): string => new Date(MONDAY + hours * HOUR).toISOString();
const seconds = (hours: number): number => (MONDAY + hours * HOUR) / 1_000;
const commitOf = (id: number): string => String(id).repeat(12);

/** Opened so many hours after the Monday, approved an hour later, and merged two hours later. */
function merged(id: number, opened: number, branch: string, reviewer: string): SmallPullRequest {
  const small = openPullRequest(id, 'ann', at(opened));
  const approval = { date: at(opened + 1), user: person(reviewer) };
  const merge = { date: at(opened + 2), state: 'MERGED', author: person('ann'), source: null };
  return {
    ...small,
    pullRequest: {
      ...small.pullRequest,
      state: 'MERGED',
      closed_by: person('ann'),
      merge_commit: { type: 'commit', hash: commitOf(id) },
      source: { ...(small.pullRequest.source as JsonObject), branch: { name: branch } },
    },
    activity: [
      { pull_request: { id }, update: merge },
      { pull_request: { id }, approval },
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
      merged(1, 10, 'feature/search', 'ben'),
      // Twenty hours after the first.
      merged(2, 30, 'urgent/search', 'reviewing-robot'),
      merged(3, 100, 'feature/basket', 'ben'),
      // Nothing for five days.
      openPullRequest(4, 'ann', new Date(NOW - 5 * 24 * HOUR).toISOString()),
    ]),
  );
  await forge.install();
  await forge.drain();
  for (const [name, hours, id] of [
    ['v1.0', 13, 1],
    ['nightly-7', 40, 2],
    ['v1.1', 110, 3],
  ] as const) {
    await savePush(REPOSITORY_ID, `digest-${name}`, {
      kind: 'tag',
      words: wordsOf(name, { shortest: 1 }),
      at: seconds(hours),
      before: null,
      after: commitOf(id),
      commits: null,
      forced: false,
      created: true,
      closed: false,
      truncated: false,
    });
  }
  await savePushOrigins(REPOSITORY_ID, [
    { hash: 'd'.repeat(12), parent: null, at: seconds(104), origin: 'direct', strategy: null },
  ]);
  await saveDelivery(REPOSITORY_ID, {
    pipelines: [],
    deployments: [
      {
        id: 'to-staging',
        environmentType: 'STAGING',
        environmentId: 'environment-1',
        startedAt: seconds(50),
        completedAt: seconds(51),
        status: 'SUCCESSFUL',
        isCompleted: true,
        commit: commitOf(2),
        pipelineId: null,
      },
    ],
  });
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

function workspaceDecides(figures: FigureRules, others: Partial<WorkspaceSettings> = {}): Promise<void> {
  return changeSettings(() => ({ detail: { ...DEFAULT_SETTINGS, ...others, figures }, result: undefined }));
}

function repositoryDecides(figures: FigureRules): Promise<void> {
  return changeRepositorySettings(REPOSITORY_ID, () => ({
    detail: { ...NO_REPOSITORY_SETTINGS, figures },
    result: undefined,
  }));
}

afterEach(async () => {
  await workspaceDecides(NO_FIGURE_RULES);
  await repositoryDecides(NO_FIGURE_RULES);
});

async function delivery(): Promise<DeliveryReport> {
  return found(await deliveryOf(REPOSITORY_ID, QUERY, NOW_SECONDS));
}

function found<Report>(report: Report | null): Report {
  if (report === null) throw new Error('Nothing is stored of the repository.');
  return report;
}

/** What the settings change: deployments, how many of them failed, and what stands for one. */
async function deployments(): Promise<readonly [string, number, number | null]> {
  const { rules, figures } = await delivery();
  return [rules.source, figures.deployment_frequency.n, figures.change_failure_rate.value];
}

it.each([
  ['the defaults', {}, ['merge', 3, 1 / 3]],
  ['a longer failure window', { failureWindowHours: 720 }, ['merge', 3, 1]],
  ['the last deployment alone', { failureWindowHours: 720, failureScope: 'last' }, ['merge', 3, 1 / 3]],
  ['direct pushes that are no repair', { directPushIsRepair: false }, ['merge', 3, 0]],
  ['a kind of branch', { branchRules: [{ pattern: 'urgent', kind: 'hotfix' }] }, ['merge', 3, 2 / 3]],
  ['tags', { deploymentSource: 'tag' }, ['tag', 3, 1 / 3]],
  ['tags of a pattern', { deploymentSource: 'tag', tagPattern: 'v' }, ['tag', 2, 1 / 2]],
  ['tags that there are none of', { deploymentSource: 'tag', tagPattern: 'live' }, ['tag', 0, null]],
  ['an environment by its type', { productionEnvironmentTypes: ['STAGING'] }, ['pipeline', 1, 1]],
  ['an environment by its id', { productionEnvironmentIds: ['environment-1'] }, ['pipeline', 1, 1]],
  ['deployments that there are none of', { deploymentSource: 'pipeline' }, ['pipeline', 0, null]],
] as const satisfies readonly (readonly [string, FigureRules, readonly unknown[]])[])(
  'deployments and failures are by %s, of the workspace or of the repository',
  async (_, figures, expected) => {
    const requests = forge.bitbucket.requests.total;
    await workspaceDecides(figures);
    expect(await deployments()).toEqual(expected);
    await workspaceDecides(NO_FIGURE_RULES);
    await repositoryDecides(figures);
    expect(await deployments()).toEqual(expected);
    expect(forge.bitbucket.requests.total).toBe(requests);
  },
);

it('every place that shows a figure has it under the settings', async () => {
  const requests = forge.bitbucket.requests.total;
  await workspaceDecides(
    { staleDays: 5, branchRules: [{ pattern: 'urgent', kind: 'hotfix' }] },
    { botIds: ['account-reviewing-robot'] },
  );
  const overview = found(await overviewOf(REPOSITORY_ID, QUERY, NOW_SECONDS));
  expect(overview.figures.unreviewed_merge_rate.value).toBe(1 / 3);
  expect(overview.workInProgress).toMatchObject({ stale: 1, staleAfterSeconds: 5 * 86_400 });
  expect(await openWorkOf(REPOSITORY_ID, QUERY, NOW_SECONDS)).toMatchObject({
    stale: 1,
    staleAfterSeconds: 5 * 86_400,
    pullRequests: [{ id: 4, stale: true }],
  });
  expect((await renewSummary(REPOSITORY_ID, NOW_SECONDS))?.figures.unreviewed_merge_rate.value).toBe(1 / 3);
  const choices = found(await filterChoices(REPOSITORY_ID, QUERY, NOW_SECONDS));
  expect(choices.branchKinds).toEqual(['feature', 'hotfix']);
  expect(choices.reviewers.map(({ personId }) => personId)).toEqual(['account-ben']);
  const teams = found(await teamsOf(REPOSITORY_ID, NOW_SECONDS));
  expect(teams.people.map(({ personId }) => personId)).not.toContain('account-reviewing-robot');
  const exported = found(await exportRepository(REPOSITORY_ID, NOW_SECONDS, 0));
  expect(exported.pullRequests.find(({ id }) => id === 2)).toMatchObject({
    branchKind: 'hotfix',
    reviewerIds: [],
  });
  const metrics = exported.repository.windows.map(({ metrics: each }) => each.change_failure_rate.value);
  expect(new Set(metrics)).toEqual(new Set([2 / 3]));
  const panel = found(await pullRequestOf({ repository: REPOSITORY_ID, pullRequest: 2 }, NOW_SECONDS));
  expect(panel.timeline.stages.map(({ stage }) => stage)).toEqual(['unreviewed']);
  // Whether the viewer administers the workspace is asked for teams alone.
  expect(forge.bitbucket.requests.total - requests).toBeLessThanOrEqual(2);
});

it('an author in the list of bots is left out, and the screen says of how many', async () => {
  await workspaceDecides(NO_FIGURE_RULES, { botIds: ['account-ann'] });
  const { figures, botsLeftOut } = found(await overviewOf(REPOSITORY_ID, QUERY, NOW_SECONDS));
  expect([figures.merged.value, botsLeftOut]).toEqual([0, 4]);
});

it('a repository’s own value beats the workspace’s, until it is given back', async () => {
  await workspaceDecides({ bandYear: 2021, deploymentSource: 'tag', tagPattern: 'v' });
  await repositoryDecides({ deploymentSource: 'merge' });
  expect(await delivery()).toMatchObject({
    bandYear: 2021,
    rules: { source: 'merge', isSourceChosen: true },
  });
  await repositoryDecides(NO_FIGURE_RULES);
  expect(await delivery()).toMatchObject({
    bandYear: 2021,
    rules: { source: 'tag', tagPattern: 'v', tagsSince: seconds(13) },
  });
});

it('to decide the defaults changes nothing', async () => {
  const before = [
    await delivery(),
    await overviewOf(REPOSITORY_ID, QUERY, NOW_SECONDS),
    await openWorkOf(REPOSITORY_ID, QUERY, NOW_SECONDS),
    await exportRepository(REPOSITORY_ID, NOW_SECONDS, 0),
  ];
  const { tagPattern, ...defaults } = DEFAULT_RULES;
  expect(tagPattern).toBeNull();
  await workspaceDecides(defaults);
  await repositoryDecides(defaults);
  expect([
    await delivery(),
    await overviewOf(REPOSITORY_ID, QUERY, NOW_SECONDS),
    await openWorkOf(REPOSITORY_ID, QUERY, NOW_SECONDS),
    await exportRepository(REPOSITORY_ID, NOW_SECONDS, 0),
  ]).toEqual(before);
});

describe('where tags are deployments', () => {
  beforeEach(() => repositoryDecides({ deploymentSource: 'tag', tagPattern: 'v' }));

  it('frequency counts from the first known tag on, and is compared with nothing before it', async () => {
    const { figures, previousFigures } = await delivery();
    expect(previousFigures).toBeNull();
    const days = (NOW_SECONDS - seconds(13)) / 86_400;
    expect(figures.deployment_frequency.value).toBeCloseTo(2 / days, 10);
  });

  it('the list behind a figure has the tags, and names the rules', async () => {
    const explained = found(await explainFigure(REPOSITORY_ID, 'change_failure_rate', QUERY, NOW_SECONDS));
    expect(explained.items).toMatchObject([
      { kind: 'tag', id: `${commitOf(1)}@${seconds(13)}`, value: 1 },
      { kind: 'tag', id: `${commitOf(3)}@${seconds(110)}`, value: 0 },
    ]);
    expect(explained.rules).toMatchObject({ source: 'tag', tagPattern: 'v', failureWindowSeconds: 86_400 });
    expect(await explainFigure(REPOSITORY_ID, 'time_to_merge', QUERY, NOW_SECONDS)).toMatchObject({
      rules: null,
    });
  });

  const carriedBy = (hours: number): object => ({
    kind: 'deployed',
    source: 'tag',
    isSourceChosen: true,
    at: seconds(hours),
    atSource: 'push',
  });

  it.each([
    ['v', 1, carriedBy(13)],
    ['v', 2, carriedBy(110)],
    ['v', 3, carriedBy(110)],
    ['nightly', 1, { kind: 'before-tags' }],
    ['nightly', 3, { kind: 'waiting' }],
  ])('of the pattern %s, pull request %i came with the first that carried it', async (...row) => {
    const [tagPattern, pullRequest, deployment] = row;
    await repositoryDecides({ deploymentSource: 'tag', tagPattern });
    const panel = found(await pullRequestOf({ repository: REPOSITORY_ID, pullRequest }, NOW_SECONDS));
    expect(panel.timeline.deployment).toEqual(deployment);
  });
});
