/** Assembles the export of METRICS 9 from the app's own resolver and the stand-in's request log. */
import { z } from 'zod';
import type { RequestLog } from '../bitbucket/request-log';
import type { ForgeHost } from '../forge/host-api';
import type { RepositoryExport, RepositoryExportPart } from '../../src/views/reports/export-report';
import {
  exportDocument as documentOf,
  readParts,
  repositoryExport,
  type ExportDocument,
} from '../../src/views/export-document';

/** The page's module: the one whose context names a repository. */
const MODULE = 'repository-page';

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/** `asOf` in milliseconds; repositories by uuid, in the order of the workspace; `accountId`: who asks. */
export async function exportDocument(
  host: Pick<ForgeHost, 'resolve' | 'workspace'>,
  requests: Pick<RequestLog, 'total' | 'byEndpoint'>,
  repositoryUuids: readonly string[],
  asOf: number,
  accountId: string,
): Promise<ExportDocument> {
  const asOfSeconds = Math.floor(asOf / 1000);
  const repositories: RepositoryExport[] = [];
  for (const uuid of repositoryUuids) {
    const parts = await readParts(({ afterId }) =>
      exportPart(host, { uuid, accountId }, asOfSeconds, afterId),
    );
    repositories.push(repositoryExport(parts));
  }
  return documentOf({
    generatedAt: Date.now(),
    asOf: asOfSeconds,
    workspaceUuid: host.workspace.uuid,
    repositories,
    requests: { total: requests.total, byEndpoint: requests.byEndpoint() },
  });
}

async function exportPart(
  host: Pick<ForgeHost, 'resolve'>,
  { uuid, accountId }: { readonly uuid: string; readonly accountId: string },
  asOf: number,
  afterId: number,
): Promise<RepositoryExportPart> {
  const result = answer.parse(
    await host.resolve({
      moduleKey: MODULE,
      functionKey: 'export',
      payload: { asOf, afterId },
      extension: { repository: { uuid } },
      accountId,
    }),
  );
  if (!result.ok) throw new Error(`The export of ${uuid} failed: ${result.message}`);
  // The app's own answer, typed by the contract that both sides share.
  return result.data as RepositoryExportPart;
}
