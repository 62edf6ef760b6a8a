/** The document of METRICS 9, put together in the same way by a headless run and by a screen's download. */
import { toIso } from '../facts/instant';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type {
  ExportedPullRequest,
  PullRequestsPart,
  RepositoryExport,
  RepositoryExportPart,
} from './reports/export-report';

export interface ExportDocument {
  readonly schema: 1;
  readonly generatedAt: string;
  readonly now: string;
  readonly workspace: string;
  readonly repositories: readonly RepositoryExport[];
  readonly sync: {
    readonly requests: SyncRequests;
    readonly pullRequests: number;
    readonly requestsPerPullRequest: number | null;
  };
}

/** Requests to Bitbucket; `byEndpoint` is `null` where only their number is known, as it is to the app itself. */
export interface SyncRequests {
  readonly total: number;
  readonly byEndpoint: Readonly<Record<string, number>> | null;
}

/** `generatedAt` in milliseconds, `asOf` in seconds. */
export function exportDocument({
  generatedAt,
  asOf,
  workspaceUuid,
  repositories,
  requests,
}: {
  readonly generatedAt: number;
  readonly asOf: EpochSeconds;
  readonly workspaceUuid: string;
  readonly repositories: readonly RepositoryExport[];
  readonly requests: SyncRequests;
}): ExportDocument {
  const pullRequests = repositories.reduce((sum, each) => sum + each.pullRequests.length, 0);
  return {
    schema: 1,
    generatedAt: new Date(generatedAt).toISOString(),
    now: toIso(asOf),
    workspace: workspaceUuid,
    repositories,
    sync: {
      requests,
      pullRequests,
      requestsPerPullRequest: pullRequests === 0 ? null : Number((requests.total / pullRequests).toFixed(4)),
    },
  };
}

/** What to ask a part for: where it begins, and the instant of the first part, once that is known. */
export interface PartRequest {
  readonly afterId: number;
  readonly asOf?: EpochSeconds;
}

/** All parts in one: what the first said, with the pull requests of all. */
export interface WholeExport<Part extends PullRequestsPart> {
  readonly first: Part;
  readonly pullRequests: readonly ExportedPullRequest[];
}

/** Asks for part after part, all as of the first's instant; `onProgress` is told how many pull requests are read. */
export async function readParts<Part extends PullRequestsPart>(
  ask: (request: PartRequest) => Promise<Part>,
  onProgress: (read: number, first: Part) => void = () => undefined,
): Promise<WholeExport<Part>> {
  const first = await ask({ afterId: 0 });
  const pullRequests = [...first.pullRequests];
  onProgress(pullRequests.length, first);
  for (let { lastId } = first; lastId !== null;) {
    const part: PullRequestsPart = await ask({ afterId: lastId, asOf: first.asOf });
    pullRequests.push(...part.pullRequests);
    lastId = part.lastId;
    onProgress(pullRequests.length, first);
  }
  return { first, pullRequests };
}

/** The repository with all its pull requests. */
export function repositoryExport({
  first,
  pullRequests,
}: WholeExport<RepositoryExportPart>): RepositoryExport {
  return { ...first.repository, pullRequests };
}
