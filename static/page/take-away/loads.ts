/** Asks the resolver for what a reader takes away, and puts it together. */
import { router } from '@forge/bridge';
import { toIso } from '../../../src/facts/instant';
import {
  exportDocument,
  readParts,
  repositoryExport,
  type ExportDocument,
} from '../../../src/views/export-document';
import type { ViewQuery } from '../../../src/views/view-query';
import { call } from '../../api';
import type { Language } from '../../shared/language';
import { csvOf } from '../../view-model/csv';
import { chipsOf } from '../../view-model/filters';
import type { PageAddress } from '../../view-model/page-address';
import { retrospectiveSummary } from '../../view-model/retrospective-summary';
import {
  figuresTable,
  fileName,
  openWorkTable,
  pullRequestsTable,
  type Table,
} from '../../view-model/taken-tables';
import { viewHref } from '../../view-model/view-href';

/** A file as the browser saves it. */
export interface TakenFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Told how many pull requests are loaded, of how many. */
export type OnProgress = (read: number, all: number) => void;

export async function figuresFile({ tab, query }: PageAddress, language: Language): Promise<TakenFile> {
  if (tab === 'openWork') {
    const report = await call('openWork', { query });
    const at = toIso(report.asOf);
    return csvFile(fileName('open-work', at, at, 'csv'), openWorkTable(report, language));
  }
  const view = await call('exportFigures', { query });
  return csvFile(
    fileName(`figures-${tab.toLowerCase()}`, view.from, view.to, 'csv'),
    figuresTable(tab, view, language),
  );
}

export async function pullRequestsFile(query: ViewQuery, onProgress: OnProgress): Promise<TakenFile> {
  const { first, pullRequests } = await readParts(
    (request) => call('exportPullRequests', { query, ...request }),
    (read, { of }) => onProgress(read, of),
  );
  return csvFile(
    fileName('pull-requests', toIso(first.window.from), toIso(first.window.to), 'csv'),
    pullRequestsTable(pullRequests),
  );
}

function csvFile(name: string, { columns, rows }: Table): TakenFile {
  return { name, type: 'text/csv;charset=utf-8', text: csvOf(columns, rows) };
}

/** The document of a headless run (METRICS 9), with the view beside the usual windows where it is another. */
export async function documentFile(
  query: ViewQuery,
  workspaceUuid: string,
  onProgress: OnProgress,
): Promise<TakenFile> {
  const parts = await readParts(
    (request) => call('export', request),
    (read, { repository }) => onProgress(read, repository.coverage.pullRequests),
  );
  const { asOf } = parts.first;
  const view = isUsual(query) ? {} : { view: await call('exportFigures', { query, asOf }) };
  const { repository } = await call('progress', {});
  const written: ExportDocument = exportDocument({
    generatedAt: Date.now(),
    asOf,
    workspaceUuid,
    repositories: [{ ...repositoryExport(parts), ...view }],
    requests: { total: repository.requests, byEndpoint: null },
  });
  return {
    name: fileName('export', toIso(asOf), toIso(asOf), 'json'),
    type: 'application/json',
    text: `${JSON.stringify(written, null, 2)}\n`,
  };
}

/** Whether the view is one of the windows that every export has. */
function isUsual(query: ViewQuery): boolean {
  return typeof query.window === 'number' && chipsOf(query).length === 0;
}

/** The address that opens this view; `null` where neither Bitbucket nor Forge's context tells the page's. */
export async function viewLink(address: PageAddress, ownAddress: string): Promise<string | null> {
  try {
    const page = await router.getUrl({ target: 'module', moduleKey: 'repository-page' });
    return viewHref(page?.href ?? ownAddress, address);
  } catch {
    // Which of the bridge's targets Bitbucket knows is not documented.
    return viewHref(ownAddress, address);
  }
}

export async function summaryText(
  address: PageAddress,
  ownAddress: string,
  language: Language,
): Promise<string> {
  const { query } = address;
  const [overview, delivery, link] = await Promise.all([
    call('overview', { query }),
    call('delivery', { query }),
    viewLink(address, ownAddress),
  ]);
  return retrospectiveSummary({ overview, delivery, link, isNarrowed: chipsOf(query).length > 0 }, language);
}
