import { exportDocument as headlessDocument } from '../../local/start/export-document';
import { AS_VIEWER, startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { reviewedPullRequest } from '../../test/reviewed-pull-requests';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace } from '../../test/small-workspace';
import { changeSettings } from '../storage/workspace-settings';
import type { Answer, RepositoryOverview, ResolverFunction } from './contract';
import type {
  ExportedPullRequest,
  ExportedView,
  PullRequestsPart,
  RepositoryExportPart,
  ViewExportPart,
} from './reports/export-report';
import type { DeliveryReport } from './reports/delivery-report';
import { exportDocument, readParts, repositoryExport } from './export-document';
import { resolve } from './resolver';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 9, 31);
const daysAgo = (days: number): number => NOW - days * DAY;

async function data<T>(functionKey: ResolverFunction, payload: unknown): Promise<T> {
  const context = { extension: { repository: { uuid: REPOSITORY_UUID } } };
  const answer = (await resolve({ call: { functionKey, payload }, context }, AS_VIEWER)) as Answer<T>;
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

describe('of a repository', () => {
  let forge: InProcessApp;
  let clock: jest.SpyInstance;
  beforeAll(async () => {
    clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
    const merged = [5, 12, 20, 28, 45, 400].map((days, index) =>
      reviewedPullRequest(index + 1, {
        author: index % 2 === 0 ? 'ann' : 'cem',
        openedAt: daysAgo(days),
        acts: [[1, 'approval', 'ben']],
        mergedAfter: 2 + index,
      }),
    );
    forge = await startInProcessApp(
      smallWorkspace([...merged, openPullRequest(7, 'ann', new Date(daysAgo(50)).toISOString())]),
    );
    await forge.install();
    await forge.drain();
  });
  afterAll(async () => {
    clock.mockRestore();
    await forge.close();
  });

  it('has the figures that the screens show', async () => {
    const query = { window: { firstDay: '2026-10-01', lastDay: '2026-10-20' }, targetBranches: ['main'] };
    const view = await data<ExportedView>('exportFigures', { query });
    expect(view).toMatchObject({ query, from: '2026-10-01T00:00:00Z', to: '2026-10-21T00:00:00Z' });
    const overview = await data<RepositoryOverview>('overview', { query });
    const delivery = await data<DeliveryReport>('delivery', { query });
    expect(view.metrics).toMatchObject({ ...overview.figures, ...delivery.figures });
    expect(view.metrics.merged.value).toBe(3);
  });

  it('names no reviewer where the workspace’s admin switched figures of single reviewers off', async () => {
    const show = (showReviewers: boolean): Promise<null> =>
      changeSettings((settings) => ({ detail: { ...settings, showReviewers }, result: null }));
    const parts = async (): Promise<readonly ExportedPullRequest[]> => [
      ...(await data<RepositoryExportPart>('export', { afterId: 0 })).pullRequests,
      ...(await data<ViewExportPart>('exportPullRequests', { query: { window: 30 }, afterId: 0 }))
        .pullRequests,
    ];
    const named = await parts();
    await show(false);
    const nameless = await parts();
    await show(true);
    expect(JSON.stringify(named)).toContain('"reviewerIds":["account-ben"],"approverIds":["account-ben"]');
    expect(nameless).toEqual(named.map((each) => ({ ...each, reviewerIds: null, approverIds: null })));
  });

  it('lists whatever was opened, open or closed in the window, with the reader’s filters', async () => {
    const ids = async (query: unknown): Promise<readonly number[]> => {
      const part = await data<ViewExportPart>('exportPullRequests', { query, afterId: 0 });
      expect(part).toMatchObject({ of: part.pullRequests.length, lastId: null, asOf: NOW / 1000 });
      return part.pullRequests.map(({ id }) => id);
    };
    expect(await ids({ window: 30 })).toEqual([1, 2, 3, 4, 7]);
    expect(await ids({ window: 90 })).toEqual([1, 2, 3, 4, 5, 7]);
    expect(await ids({ window: 30, authorIds: ['account-cem'] })).toEqual([2, 4]);
    expect(await ids({ window: { firstDay: '2026-09-12', lastDay: '2026-09-13' } })).toEqual([7]);
  });

  it('tells the same facts of a pull request as the whole export', async () => {
    const whole = await data<RepositoryExportPart>('export', { afterId: 0 });
    const view = await data<ViewExportPart>('exportPullRequests', { query: { window: 30 }, afterId: 2 });
    const after = new Set(view.pullRequests.map(({ id }) => id));
    expect(after).toEqual(new Set([3, 4, 7]));
    expect(view.pullRequests).toEqual(whole.pullRequests.filter(({ id }) => after.has(id)));
  });

  it('downloads the document that a headless run writes', async () => {
    const requests = { total: 12, byEndpoint: () => ({ '/2.0/repositories': 12 }) };
    const host = {
      workspace: { uuid: '{workspace}', slug: 'small', name: 'Small' },
      resolve: ({ functionKey, payload }: { functionKey: string; payload: unknown }) =>
        data(functionKey as ResolverFunction, payload).then((found) => ({ ok: true, data: found })),
    };
    const written = await headlessDocument(host, requests, [REPOSITORY_UUID], NOW, VIEWER_ACCOUNT);
    const parts = await readParts((request) => data<RepositoryExportPart>('export', request));
    const downloaded = exportDocument({
      generatedAt: NOW,
      asOf: parts.first.asOf,
      workspaceUuid: '{workspace}',
      repositories: [repositoryExport(parts)],
      requests: { total: 12, byEndpoint: null },
    });
    expect({ ...downloaded, sync: null }).toEqual({ ...written, sync: null });
    expect(Object.keys(downloaded)).toEqual(Object.keys(written));
    expect(downloaded.repositories[0]?.pullRequests).toHaveLength(7);
    expect(downloaded.sync).toMatchObject({ pullRequests: 7, requestsPerPullRequest: 1.7143 });
  });
});

describe('parts', () => {
  const pullRequest = (id: number): ExportedPullRequest => ({ id }) as ExportedPullRequest;

  it('are asked for one after the other, all as of the first', async () => {
    const asked: unknown[] = [];
    const read: number[] = [];
    const pages: readonly PullRequestsPart[] = [
      { asOf: 100, pullRequests: [pullRequest(1), pullRequest(4)], lastId: 4 },
      { asOf: 100, pullRequests: [pullRequest(5)], lastId: 5 },
      { asOf: 100, pullRequests: [pullRequest(9)], lastId: null },
    ];
    const whole = await readParts(
      (request) => {
        const page = pages[asked.push(request) - 1];
        return page === undefined ? Promise.reject(new Error('asked too often')) : Promise.resolve(page);
      },
      (count) => read.push(count),
    );
    expect(asked).toEqual([{ afterId: 0 }, { afterId: 4, asOf: 100 }, { afterId: 5, asOf: 100 }]);
    expect(whole.pullRequests.map(({ id }) => id)).toEqual([1, 4, 5, 9]);
    expect(read).toEqual([2, 3, 4]);
  });
});
