import { AS_VIEWER, startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import {
  openPullRequest,
  person,
  REPOSITORY_ID,
  REPOSITORY_UUID,
  smallWorkspace,
  type SmallPullRequest,
} from '../../test/small-workspace';
import { readAudit, WORKSPACE_SCOPE, type AuditEntry, type AuditScope } from '../storage/audit';
import type { Answer, ImportAgainAnswer, ProgressReport, RepositoryOverview } from './contract';
import type { RepositoryExportPart } from './reports/export-report';
import type { DeliveryReport } from './reports/delivery-report';
import type { PipelinesReport } from './reports/pipelines-report';
import { resolve } from './resolver';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);

/** Opened `daysAgo` days before now, approved after an hour, merged after `hours`. */
function mergedPullRequest(id: number, daysAgo: number, hours: number): SmallPullRequest {
  const opened = NOW - daysAgo * 24 * HOUR;
  const at = (after: number): string => new Date(opened + after * HOUR).toISOString();
  const small = openPullRequest(id, 'ann', at(0));
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben') },
    activity: [
      {
        pull_request: { id },
        update: { date: at(hours), state: 'MERGED', author: person('ben'), source: null },
      },
      { pull_request: { id }, approval: { date: at(1), user: person('ben') } },
      ...small.activity,
    ],
  };
}

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeEach(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  const merged = [2, 4, 6, 8, 10].map((hours, index) => mergedPullRequest(index + 1, 10 + index, hours));
  forge = await startInProcessApp(
    smallWorkspace([
      ...merged,
      mergedPullRequest(6, 120, 3),
      openPullRequest(7, 'ann', new Date(NOW - 48 * HOUR).toISOString()),
    ]),
  );
  await forge.install();
  await forge.drain();
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

describe('an import on demand', () => {
  const again = (scope: string): Promise<Answer<ImportAgainAnswer>> => ask('importAgain', { scope });
  const kept = (scope: AuditScope): Promise<readonly AuditEntry[]> => readAudit(scope);

  it('is not begun within an hour of the last', async () => {
    expect(await again('repository')).toMatchObject({ ok: true, data: { outcome: 'too-soon' } });
    expect([...(await kept(REPOSITORY_ID)), ...(await kept(WORKSPACE_SCOPE))]).toEqual([]);
  });

  it.each(['repository', 'workspace'])('reads the %s again for those who administer it', async (scope) => {
    clock.mockReturnValue(NOW + 2 * HOUR);
    const before = forge.bitbucket.requests.total;
    expect(await again(scope)).toMatchObject({ ok: true, data: { outcome: 'begun' } });
    expect(await kept(scope === 'workspace' ? WORKSPACE_SCOPE : REPOSITORY_ID)).toMatchObject([
      { by: VIEWER_ACCOUNT, what: 'importAgain', after: { scope } },
    ]);
    await forge.drain();
    expect(forge.bitbucket.requests.total - before).toBeGreaterThan(5);
    const progress = await ask<ProgressReport>('progress', {});
    expect(progress).toMatchObject({ ok: true, data: { workspace: { repositories: 1, complete: 1 } } });
    // What the second import did not read, the sizes of the recent, is still there.
    const exported = await ask<RepositoryExportPart>('export', { afterId: 0 });
    expect(exported).toMatchObject({ ok: true, data: { repository: { coverage: { withDiffstat: 6 } } } });
  });

  it.each(['repository', 'workspace'])('is refused to others (%s)', async (scope) => {
    await forge.close();
    forge = await startInProcessApp(smallWorkspace([mergedPullRequest(1, 10, 3)]), {
      administers: () => false,
    });
    await forge.install();
    await forge.drain();
    clock.mockReturnValue(NOW + 2 * HOUR);
    expect(await again(scope)).toMatchObject({ ok: false, cause: 'not-allowed' });
    expect(forge.queue).toEqual([]);
  });

  it('names no repository but the one of the context', async () => {
    expect(await ask('importAgain', { scope: 'everything' })).toMatchObject({
      ok: false,
      cause: 'bad-request',
    });
    expect(await ask('importAgain', { scope: 'repository' }, null)).toMatchObject({ cause: 'no-repository' });
  });
});

it('tells of delivery, and takes merges for deployments where nothing else is deployed', async () => {
  expect(await ask<DeliveryReport>('delivery', { query: { window: 30 } })).toMatchObject({
    ok: true,
    data: {
      rules: { source: 'merge' },
      window: { days: 30 },
      figures: { deployment_frequency: { n: 5 }, change_failure_rate: { n: 5, value: 0 } },
      failureCauses: { 'pull-request': 0, 'direct-push': 0 },
    },
  });
  expect(await ask('delivery', { query: { window: 31 } })).toMatchObject({ ok: false, cause: 'bad-request' });
});

it('tells of pipelines that there are none, and who was active', async () => {
  const answer = await ask<PipelinesReport>('pipelines', { query: { window: 30 } });
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.data).toMatchObject({
    figures: { pipeline_duration: { n: 0, p50: null }, pipeline_success_rate: { n: 0, value: null } },
    parts: [{ part: 'pipelines' }, { part: 'deployments' }],
    activity: { activeAuthors: 1, activeReviewers: 1, pushes: 0 },
    pushesSince: null,
  });
  expect(answer.data.weeks.length).toBeGreaterThanOrEqual(5);
});

it('reports how far the import is, part by part and for the workspace', async () => {
  expect(await ask<ProgressReport>('progress', {})).toMatchObject({
    ok: true,
    data: {
      repository: {
        parts: [
          { part: 'pull-requests', state: 'complete', done: 7, expected: 7 },
          { part: 'pipelines', state: 'complete', done: 0 },
          { part: 'sizes', state: 'complete', done: 6, expected: 6 },
        ],
        lastReconciledAt: null,
        healed: 0,
      },
      workspace: {
        repositories: 1,
        recentComplete: 1,
        complete: 1,
        requestsPerHour: 1_000_000,
        requestsThisHour: forge.bitbucket.requests.total,
        pausedUntil: null,
        deadLetters: 0,
      },
    },
  });
});

const ask = <T>(
  functionKey: string,
  payload: unknown,
  uuid: string | null = REPOSITORY_UUID,
): Promise<Answer<T>> =>
  resolve(
    {
      call: { functionKey, payload },
      context: uuid === null ? { extension: {} } : { extension: { repository: { uuid } } },
    },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

it('answers the overview of the context’s repository, each figure beside the window before', async () => {
  const answer = await ask<RepositoryOverview>('overview', { query: { window: 90 } });
  if (!answer.ok) throw new Error(answer.message);
  const { figures, previousFigures, workInProgress, completeness } = answer.data;
  expect(figures.time_to_merge).toMatchObject({ n: 5, p50: 6 * 3_600 });
  expect(figures.time_to_first_review.p50).toBe(3_600);
  expect(previousFigures.merged.value).toBe(1);
  expect(workInProgress.pullRequests.map(({ id }) => id)).toEqual([7]);
  expect(completeness).toMatchObject({ state: 'complete', pullRequests: 7 });
});

it('reads the store three times at most, whatever the window', async () => {
  for (const window of [30, 90, 180, 365]) {
    const before = forge.app.store.usage().requests;
    await ask('overview', { query: { window } });
    expect(forge.app.store.usage().requests - before).toBeLessThanOrEqual(3);
  }
});

it('lists what stands behind a figure', async () => {
  const answer = await ask<{ items: { id: string; value: number }[] }>('explain', {
    query: { window: 90 },
    figure: 'time_to_merge',
  });
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.data.items.map(({ id, value }) => [Number(id), value / 3_600])).toEqual([
    [5, 10],
    [4, 8],
    [3, 6],
    [2, 4],
    [1, 2],
  ]);
});

it('exports in parts by id', async () => {
  const answer = await ask<RepositoryExportPart>('export', { afterId: 5 });
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.data.pullRequests.map(({ id }) => id)).toEqual([6, 7]);
  expect(answer.data.repository.coverage).toEqual({
    pullRequests: 7,
    withActivity: 7,
    withCommits: 7,
    // The one that was merged 120 days ago is not recent.
    withDiffstat: 6,
  });
});

describe('refuses with a cause and a sentence', () => {
  it('a context without a repository', async () => {
    expect(await ask('overview', { query: { window: 90 } }, null)).toMatchObject({
      ok: false,
      cause: 'no-repository',
    });
  });

  it('a repository that the payload names instead of the context', async () => {
    const answer = await ask(
      'overview',
      { query: { window: 90 }, repository: { uuid: REPOSITORY_UUID } },
      '{another}',
    );
    expect(answer).toMatchObject({ ok: false, cause: 'nothing-yet' });
  });

  it.each([
    [{ query: { window: 91 } }, /query\.window/],
    [{}, /query/],
    [undefined, /wrong/],
    [{ query: { window: '90' } }, /query\.window/],
    [{ query: { window: { firstDay: '2026-02-30', lastDay: '2026-03-01' } } }, /query\.window/],
    [{ query: { window: { firstDay: '2026-03-02', lastDay: '2026-03-01' } } }, /before it begins/],
    [{ query: { window: { firstDay: '2020-01-01', lastDay: '2026-03-01' } } }, /at most 731 days/],
    [{ query: { window: { firstDay: '2027-01-01', lastDay: '2027-01-02' } } }, /in the future/],
    [{ query: { window: 90, branchKinds: ['mainline'] } }, /query\.branchKinds/],
    [{ query: { window: 90, authorIds: [] } }, /query\.authorIds/],
    [{ query: { window: 90, clock: { kind: 'weekdays', timeZone: 'Mars/Olympus' } } }, /time zone/],
    [
      {
        query: {
          window: 90,
          clock: { kind: 'working-hours', timeZone: 'UTC', startMinute: 600, endMinute: 540 },
        },
      },
      /before they end/,
    ],
    [{ query: { window: 90, teamId: 'nobody' } }, /team/],
  ])('the payload %j', async (payload, path) => {
    const answer = await ask('overview', payload);
    expect(answer).toMatchObject({ ok: false, cause: 'bad-request', message: expect.stringMatching(path) });
  });
});
