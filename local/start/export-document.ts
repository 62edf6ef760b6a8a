/** Assembles the export of METRICS 9 from the app's own resolver and the stand-in's request log. */
import { z } from 'zod';
import type { RequestLog } from '../bitbucket/request-log';
import type { ForgeHost } from '../forge/host-api';
import type { RepositoryExport, RepositoryExportPart } from '../../src/views/contract';

/** The page's module: the one whose context names a repository. */
const MODULE = 'repository-page';

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

export interface ExportDocument {
  readonly schema: 1;
  readonly generatedAt: string;
  readonly now: string;
  readonly workspace: string;
  readonly repositories: readonly RepositoryExport[];
  readonly sync: {
    readonly requests: { readonly total: number; readonly byEndpoint: Readonly<Record<string, number>> };
    readonly pullRequests: number;
    readonly requestsPerPullRequest: number | null;
  };
}

/** `asOf` in milliseconds; repositories by uuid, in the order of the workspace. */
export async function exportDocument(
  host: ForgeHost,
  requests: RequestLog,
  repositoryUuids: readonly string[],
  asOf: number,
): Promise<ExportDocument> {
  const repositories: RepositoryExport[] = [];
  for (const uuid of repositoryUuids)
    repositories.push(await exportRepository(host, uuid, Math.floor(asOf / 1000)));
  const pullRequests = repositories.reduce((sum, each) => sum + each.pullRequests.length, 0);
  return {
    schema: 1,
    generatedAt: new Date().toISOString(),
    now: isoSeconds(asOf),
    workspace: host.workspace.uuid,
    repositories,
    sync: {
      requests: { total: requests.total, byEndpoint: requests.byEndpoint() },
      pullRequests,
      requestsPerPullRequest: pullRequests === 0 ? null : Number((requests.total / pullRequests).toFixed(4)),
    },
  };
}

async function exportRepository(host: ForgeHost, uuid: string, asOf: number): Promise<RepositoryExport> {
  const pullRequests: RepositoryExport['pullRequests'][number][] = [];
  for (let afterId: number | null = 0; ;) {
    const part: RepositoryExportPart = await exportPart(host, uuid, asOf, afterId);
    pullRequests.push(...part.pullRequests);
    if (part.lastId === null) return { ...part.repository, pullRequests };
    afterId = part.lastId;
  }
}

async function exportPart(
  host: ForgeHost,
  uuid: string,
  asOf: number,
  afterId: number,
): Promise<RepositoryExportPart> {
  const result = answer.parse(
    await host.resolve({
      moduleKey: MODULE,
      functionKey: 'export',
      payload: { asOf, afterId },
      extension: { repository: { uuid } },
      accountId: undefined,
    }),
  );
  if (!result.ok) throw new Error(`The export of ${uuid} failed: ${result.message}`);
  // The app's own answer, typed by the contract that both sides share.
  return result.data as RepositoryExportPart;
}

function isoSeconds(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
