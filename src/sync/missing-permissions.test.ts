import type { FaultHook } from '../../local/bitbucket/server';
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { passingTime, type PassingTime } from '../../test/passing-time';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  smallWorkspace,
  type SmallPullRequest,
  type SmallWorkspace,
} from '../../test/small-workspace';
import type { RepositoryOverview } from '../views/contract';
import { deliveryOf } from '../views/delivery';
import { explainFigure } from '../views/explain-figure';
import { overviewOf } from '../views/overview';
import { pipelinesOf } from '../views/pipelines';
import { progressOf } from '../views/progress';

const NOW = Date.UTC(2026, 9, 10);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOW = { window: 90 } as const;
const iso = (at: number): string => new Date(at).toISOString();

/** Merged a day after it was opened, reviewed after an hour, of one commit and two files. */
function merged(id: number): SmallPullRequest {
  const opened = NOW - (id + 2) * DAY;
  const small = openPullRequest(id, 'ann', iso(opened));
  const of = { pull_request: { type: 'pullrequest', id } };
  const end = { date: iso(opened + DAY), state: 'MERGED', author: person('ann'), source: null };
  return {
    pullRequest: {
      ...small.pullRequest,
      state: 'MERGED',
      updated_on: iso(opened + DAY),
      closed_by: person('ann'),
      merge_commit: { hash: `${id}`.padEnd(12, 'd'), date: iso(opened + DAY) },
    },
    activity: [
      { ...of, update: end },
      { ...of, comment: { created_on: iso(opened + HOUR), user: person('ben'), deleted: false } },
      ...small.activity,
    ],
    commits: [{ type: 'commit', hash: `${id}`.padEnd(40, 'c'), date: iso(opened - HOUR), parents: [] }],
    diffstat: [{ type: 'diffstat', lines_added: 10, lines_removed: 2, status: 'modified' }],
  };
}

let workspace: SmallWorkspace;
let forge: InProcessApp;
let granted: string[];
let time: PassingTime;
beforeEach(async () => {
  granted = ['read:repository:bitbucket', 'read:pullrequest:bitbucket', 'read:pipeline:bitbucket'];
  workspace = smallWorkspace([1, 2, 3, 4, 5, 6].map(merged));
  workspace.pipelines.push({
    type: 'pipeline',
    uuid: '{9f3a1d6e-1e5a-4f0e-8a57-93c4d1a1a001}',
    build_number: 1,
    created_on: iso(NOW - DAY),
    completed_on: iso(NOW - DAY + 90_000),
    duration_in_seconds: 60,
    build_seconds_used: 60,
    state: { type: 'pipeline_state_completed', name: 'COMPLETED', result: { name: 'SUCCESSFUL' } },
    target: { type: 'pipeline_ref_target', ref_type: 'branch', ref_name: 'main' },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
  });
  forge = await startInProcessApp(workspace, { granted });
  time = passingTime(forge, NOW);
});
afterEach(async () => {
  time.end();
  await forge.close();
});

const withdraw = (scope: string): string[] => granted.splice(granted.indexOf(scope), 1);

async function overview(): Promise<RepositoryOverview> {
  const report = await overviewOf(REPOSITORY_ID, WINDOW, time.now / 1000);
  if (report === null) throw new Error('Nothing is stored.');
  return report;
}

const minutes = (count: number): Promise<void> => time.pass(count * 60_000);
const hours = (count: number): Promise<void> => minutes(count * 60);

/** Refuses every request to endpoints that end so. */
function refuse(...ends: readonly string[]): FaultHook {
  return ({ endpoint }) => (ends.some((end) => endpoint.endsWith(end)) ? { status: 403 } : undefined);
}

const asked = (end: string): number =>
  Object.entries(forge.bitbucket.requests.byEndpoint()).reduce(
    (sum, [endpoint, requests]) => (endpoint.endsWith(end) ? sum + requests : sum),
    0,
  );

describe('without the permission for pipelines', () => {
  const PIPELINES = 'read:pipeline:bitbucket';
  const missing = { cause: 'missing-permission', scope: PIPELINES };
  beforeEach(async () => {
    withdraw(PIPELINES);
    await forge.install();
  });

  it('has every other figure, and names the permission where it lacks one', async () => {
    await hours(2);
    const { completeness, figures } = await overview();
    expect(completeness).toMatchObject({ state: 'complete', trouble: null });
    expect(figures.time_to_merge).toMatchObject({ n: 6, p50: DAY / 1000 });
    expect(figures.size_lines.n).toBe(6);
    const pipelines = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(pipelines).toMatchObject({
      missing: [PIPELINES],
      parts: [
        { part: 'pipelines', state: 'failed', trouble: missing },
        { part: 'deployments', state: 'waiting', trouble: null },
      ],
      figures: { pipeline_duration: { n: 0, p50: null }, pipeline_success_rate: { n: 0, value: null } },
      previousFigures: null,
    });
    const progress = await progressOf(REPOSITORY_ID, time.now / 1000);
    expect(progress?.repository.parts).toMatchObject([
      { part: 'pull-requests', state: 'complete', trouble: null },
      { part: 'pipelines', state: 'failed', trouble: missing },
      { part: 'sizes', state: 'complete', trouble: null },
    ]);
  });

  it('takes merges for deployments, and says why', async () => {
    await hours(2);
    const delivery = await deliveryOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(delivery).toMatchObject({ missing: [PIPELINES], figures: { deployment_frequency: { n: 6 } } });
    const explained = await explainFigure(REPOSITORY_ID, 'pipeline_duration', WINDOW, time.now / 1000);
    expect(explained).toMatchObject({ items: [], missing: [PIPELINES] });
  });

  it('waits for it right after the installation, and reads within minutes of its arrival', async () => {
    await minutes(20);
    const early = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(early?.parts[0]).toMatchObject({
      state: 'waiting',
      trouble: { cause: 'permission-awaited', scope: PIPELINES },
    });
    granted.push(PIPELINES);
    await minutes(2);
    const report = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(report).toMatchObject({ missing: [], figures: { pipeline_duration: { n: 1, p50: 60 } } });
  });

  it('asks ever more seldom after that, and still finds it two days later', async () => {
    await hours(48);
    // Every two minutes for half an hour, later every six hours.
    expect(asked('/pipelines')).toBeLessThan(30);
    granted.push(PIPELINES);
    await hours(6);
    const report = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(report).toMatchObject({ missing: [], figures: { pipeline_duration: { n: 1, p50: 60 } } });
  });
});

describe('where single answers are refused', () => {
  const PULL_REQUESTS = 'read:pullrequest:bitbucket';

  it('has no sizes, names the permission, and reads them once they are answered', async () => {
    forge.bitbucket.faults = refuse('/diffstat/{spec}');
    await forge.install();
    await hours(1);
    const refused = await overview();
    expect(refused.completeness).toMatchObject({
      state: 'complete',
      missing: { activity: null, commits: null, diffstat: 'read:repository:bitbucket' },
    });
    expect(refused.figures.size_lines.p50).toBeNull();
    expect(refused.figures.cycle_time.n).toBe(6);
    forge.bitbucket.faults = null;
    await hours(2);
    const { completeness, figures } = await overview();
    expect(completeness.missing.diffstat).toBeNull();
    expect(figures.size_lines).toMatchObject({ n: 6, p50: 12 });
  });

  it('does not take the refusal of one diffstat for that of all', async () => {
    forge.bitbucket.faults = ({ path }) =>
      path.includes('from_pullrequest_id=1&') ? { status: 403 } : undefined;
    await forge.install();
    await hours(1);
    const { completeness, figures } = await overview();
    expect(completeness.missing.diffstat).toBeNull();
    expect(figures.size_lines.n).toBe(5);
  });

  it.each([
    ['activity', ['/pullrequests/activity', '{id}/activity'], 'time_to_first_review', 'time_to_open'],
    ['commits', ['{repo_slug}/commits', '{id}/commits'], 'time_to_open', 'time_to_first_review'],
  ] as const)('has no figure of %s, and reads it once it is answered', async (what, ends, without, other) => {
    forge.bitbucket.faults = refuse(...ends);
    await forge.install();
    await hours(1);
    const { completeness, figures } = await overview();
    expect(completeness).toMatchObject({
      state: 'complete',
      trouble: { cause: 'missing-permission', scope: PULL_REQUESTS },
      missing: { activity: null, commits: null, diffstat: null, [what]: PULL_REQUESTS },
    });
    expect(figures[without].p50).toBeNull();
    expect(figures[other].n).toBe(6);
    expect(figures.time_to_merge.n).toBe(6);
    // Of the six pull requests, after three refusals no other is asked.
    const paths = forge.bitbucket.requests.recent().map(({ path }) => path);
    const ids = paths.flatMap((path) => new RegExp(`pullrequests/(\\d+)/${what}`).exec(path)?.[1] ?? []);
    expect(new Set(ids).size).toBe(3);
    forge.bitbucket.faults = null;
    await hours(6);
    const later = await overview();
    expect(later.completeness).toMatchObject({ state: 'complete', trouble: null, missing: { [what]: null } });
    expect(later.figures[without].n).toBe(6);
  });

  it('does not take the refusal of one pull request’s commits for that of all', async () => {
    forge.bitbucket.faults = ({ endpoint, path }) =>
      endpoint.endsWith('{repo_slug}/commits') || path.includes('/pullrequests/6/commits')
        ? { status: 403 }
        : undefined;
    await forge.install();
    await hours(1);
    const { completeness, figures } = await overview();
    expect(completeness).toMatchObject({ state: 'complete', trouble: null, missing: { commits: null } });
    expect(figures.time_to_open.n).toBe(5);
  });
});

it('begins within minutes of a permission that arrives after the installation', async () => {
  withdraw('read:pullrequest:bitbucket');
  await forge.install();
  await minutes(11);
  expect((await overview()).completeness).toMatchObject({
    state: 'waiting',
    trouble: { cause: 'permission-awaited', scope: 'read:pullrequest:bitbucket' },
  });
  granted.push('read:pullrequest:bitbucket');
  await minutes(3);
  expect((await overview()).completeness).toMatchObject({ state: 'complete', trouble: null });
});

it('finds the repositories within minutes of the permission to list them', async () => {
  withdraw('read:repository:bitbucket');
  await forge.install();
  await minutes(8);
  expect(await progressOf(REPOSITORY_ID, time.now / 1000)).toBeNull();
  granted.push('read:repository:bitbucket');
  await minutes(5);
  expect((await overview()).completeness).toMatchObject({ state: 'complete' });
});

describe('a permission that is withdrawn after the import', () => {
  it('of pipelines is named, and what was missed is read once it is back', async () => {
    await forge.install();
    await hours(1);
    withdraw('read:pipeline:bitbucket');
    workspace.pullRequests.set(9, openPullRequest(9, 'ann', iso(time.now)));
    const [first] = workspace.pipelines;
    const ran = { created_on: iso(time.now), completed_on: iso(time.now + 90_000) };
    workspace.pipelines.unshift({ ...first, ...ran, build_number: 2, uuid: '{p2}' });
    workspace.revision += 1;
    await hours(26);
    const refused = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(refused).toMatchObject({
      missing: ['read:pipeline:bitbucket'],
      figures: { pipeline_duration: { n: 1 } },
    });
    granted.push('read:pipeline:bitbucket');
    await hours(6);
    const report = await pipelinesOf(REPOSITORY_ID, WINDOW, time.now / 1000);
    expect(report).toMatchObject({ missing: [], figures: { pipeline_duration: { n: 2 } } });
  });

  it('of pull requests is named, and the figures stay', async () => {
    await forge.install();
    await hours(1);
    withdraw('read:pullrequest:bitbucket');
    await hours(24);
    const { completeness, figures } = await overview();
    expect(completeness).toMatchObject({
      state: 'complete',
      trouble: { cause: 'missing-permission', scope: 'read:pullrequest:bitbucket' },
    });
    expect(figures.time_to_merge.n).toBe(6);
  });
});
