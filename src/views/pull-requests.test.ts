import { AS_VIEWER, startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { reviewedPullRequest } from '../../test/reviewed-pull-requests';
import { REPOSITORY_UUID, smallWorkspace } from '../../test/small-workspace';
import { DURATION_METRICS } from '../metrics/figures';
import { recompute } from '../metrics/explained/recompute';
import type { Answer, ResolverFunction, ResolverFunctions } from './contract';
import { resolve } from './resolver';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);
const daysAgo = (days: number): number => NOW - days * 24 * HOUR;

/** Opened so many days ago by Ann, commented on after an hour, approved after two, merged after so many hours. */
const merged = (id: number, days: number, hours: number) =>
  reviewedPullRequest(id, {
    author: 'ann',
    openedAt: daysAgo(days),
    acts: [
      [1, 'comment', 'ben'],
      [2, 'approval', 'ben'],
    ],
    mergedAfter: hours,
  });

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  const now = [3, 4, 5, 6, 7].map((hours, place) => merged(place + 1, 10 + place, hours));
  const before = [30, 35, 40, 45, 50].map((hours, place) => merged(place + 11, 40 + place, hours));
  forge = await startInProcessApp(smallWorkspace([...now, ...before]));
  await forge.install();
  await forge.drain();
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

async function ask<F extends ResolverFunction>(
  functionKey: F,
  payload: object,
): Promise<Answer<ResolverFunctions[F]['data']>> {
  const extension = { repository: { uuid: REPOSITORY_UUID } };
  return (await resolve({ call: { functionKey, payload }, context: { extension } }, AS_VIEWER)) as Answer<
    ResolverFunctions[F]['data']
  >;
}

async function told<F extends ResolverFunction>(
  functionKey: F,
  payload: object = {},
): Promise<ResolverFunctions[F]['data']> {
  const answer = await ask(functionKey, { query: { window: 30 }, ...payload });
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

it('gives every figure beside the window before, and tests what has a median', async () => {
  const report = await told('pullRequests');
  expect(report).toMatchObject({
    window: { days: 30 },
    completeness: { state: 'complete' },
    figures: { time_to_merge: { n: 5, p50: 5 * 3_600 }, merged: { value: 5 } },
    previousFigures: { time_to_merge: { n: 5, p50: 40 * 3_600 } },
    botsLeftOut: 0,
  });
  const { time_to_merge: faster, time_to_approve: same, time_to_open: unread } = report.changes;
  expect(faster).toMatchObject({ isChange: true, medians: { difference: -35 * 3_600 } });
  expect(faster.medians?.high).toBeLessThan(-23 * 3_600);
  expect(same).toMatchObject({ isChange: false, medians: { difference: 0, low: 0, high: 0 } });
  expect(unread).toEqual({ isChange: null, medians: null, pValue: null });
});

it('narrows to what the reader asks for', async () => {
  const report = await told('pullRequests', { query: { window: 30, authorIds: ['account-ben'] } });
  expect(report).toMatchObject({ figures: { merged: { value: 0 } }, branches: { byTargetBranch: [] } });
});

describe('the distribution', () => {
  it('is of the duration asked for, with every pull request in one bar', async () => {
    const { bars, figure, values, leftOut } = await told('distribution', { metric: 'time_to_merge' });
    expect(figure).toMatchObject({ n: 5, p50: 5 * 3_600, p95: 6.8 * 3_600 });
    expect(bars.filter(({ count }) => count > 0)).toEqual([
      { from: 3 * 3_600, to: 4 * 3_600, count: 1 },
      { from: 4 * 3_600, to: 6 * 3_600, count: 2 },
      { from: 6 * 3_600, to: 8 * 3_600, count: 2 },
    ]);
    expect({ values, leftOut }).toEqual({ values: null, leftOut: 0 });
  });

  it.each(DURATION_METRICS)('is there for %s, and agrees with its figure', async (metric) => {
    const { figures } = await told('pullRequests');
    const { figure, bars } = await told('distribution', { metric });
    expect(figure).toEqual(figures[metric]);
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(figure.n);
  });

  it('tells few values each by itself', async () => {
    const query = { window: { firstDay: '2026-10-20', lastDay: '2026-10-21' } };
    const { values } = await told('distribution', { query, metric: 'time_to_merge' });
    expect(values).toEqual([3 * 3_600, 4 * 3_600]);
  });

  it('is not of anything else', async () => {
    expect(await ask('distribution', { query: { window: 30 }, metric: 'size_lines' })).toMatchObject({
      ok: false,
      cause: 'bad-request',
    });
  });
});

describe('the branch strategy', () => {
  it('says where merges go and how long branches live', async () => {
    const { branches } = await told('pullRequests');
    expect(branches).toMatchObject({
      byTargetBranch: [{ name: 'main', merged: 5, share: 1 }],
      otherBranches: null,
      lifetime: { n: 5, p50: 5 * 3_600 },
      lifetimeLeftOut: 0,
    });
    expect(branches.byBranchKind.filter(({ merged: count }) => count > 0)).toEqual([
      { name: 'feature', merged: 5, share: 1 },
    ]);
  });

  it.each([
    [{ kind: 'target-branch', name: 'main' }, 5],
    [{ kind: 'target-branch', name: 'elsewhere' }, 0],
    [{ kind: 'branch-kind', name: 'feature' }, 5],
    [{ kind: 'branch-kind', name: 'hotfix' }, 0],
    [{ kind: 'lifetime' }, 5],
  ])('lists what is behind %j', async (part, count) => {
    const list = await told('explainBranches', { part });
    expect(list.items).toHaveLength(count);
    expect(recompute({ figureId: 'time_to_merge', ...list })).toEqual(list.figure);
  });
});

describe('other people’s definitions', () => {
  it('stand side by side', async () => {
    const { merged: count, rows, isWhole } = await told('definitions');
    expect({ count, isWhole }).toEqual({ count: 5, isWhole: true });
    const row = rows.find(({ metric }) => metric === 'time_to_first_review');
    // Commented on after an hour, which is no review with Pulse; DevLake knows no merge without a merge commit.
    expect(row?.columns.map(({ tool, figure }) => [tool, figure.n, figure.p50])).toEqual([
      ['throughline', 5, 3_600],
      ['pulse', 5, 7_200],
      ['devlake', 0, null],
      ['linearb', 5, 3_600],
    ]);
  });

  it('list what is behind each number, which gives it again', async () => {
    const { rows } = await told('definitions');
    for (const { metric, columns } of rows) {
      for (const { tool, figure, leftOut } of columns) {
        const list = await told('explainDefinition', { tool, metric });
        expect(list.figure).toEqual(figure);
        expect(list.leftOut).toBe(leftOut);
        expect(recompute({ figureId: 'time_to_merge', ...list })).toEqual(figure);
      }
    }
  });

  it('have the instants of each', async () => {
    const { items } = await told('explainDefinition', { tool: 'linearb', metric: 'time_to_first_review' });
    expect(items).toHaveLength(5);
    expect(items[0]?.instants.map(({ name }) => name)).toEqual(['openedAt', 'firstCommentAt']);
  });

  it('are of no other tool', async () => {
    const payload = { query: { window: 30 }, tool: 'other', metric: 'cycle_time' };
    expect(await ask('explainDefinition', payload)).toMatchObject({ ok: false, cause: 'bad-request' });
  });
});
