/** Measures what the import of a workspace costs at Bitbucket and in the store, on the local host in simulated time. */
import path from 'node:path';
import { z } from 'zod';
import { startBitbucket, type FaultHook } from './bitbucket/server';
import { textOf } from './bitbucket/values';
import type { WorkspaceSource } from './bitbucket/workspace-source';
import { virtualClock } from './forge/clock';
import { createForgeHost } from './forge/host';

const appDirectory = path.resolve(__dirname, '..');

const TICK_MILLISECONDS = 5 * 60_000;
const LONGEST_DAYS = 60;

/** Refused by Bitbucket, as where a permission is missing: the app then asks for each pull request. */
const refuseWide: FaultHook = ({ endpoint }) =>
  endpoint.endsWith('/pullrequests/activity') || endpoint.endsWith('{repo_slug}/commits')
    ? { status: 403, body: 'Forbidden' }
    : undefined;

/** The two ways in which the app imports. */
export const IMPORT_MODES: readonly { readonly name: string; readonly faults: FaultHook | null }[] = [
  { name: 'frugal', faults: null },
  { name: 'one by one', faults: refuseWide },
];

const progress = z.object({
  data: z.object({ workspace: z.object({ repositories: z.number(), complete: z.number() }) }),
});

/** What an import came to, up to the moment at which all history was there. */
export interface ImportCost {
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly storageRequests: number;
  /** Simulated. */
  readonly hours: number;
}

export interface ImportRun {
  readonly bundleDirectory: string;
  /** Milliseconds. */
  readonly beginsAt: number;
  /** Requests an hour that Bitbucket allows. */
  readonly limit: number;
  readonly faults: FaultHook | null;
}

/** Installs the app and lets the time pass until all history is there. Throws where that does not happen. */
export async function importCost(source: WorkspaceSource, run: ImportRun): Promise<ImportCost> {
  const clock = virtualClock(run.beginsAt);
  const bitbucket = await startBitbucket({ source, clock, requestsPerHour: run.limit });
  bitbucket.faults = run.faults;
  const host = await createForgeHost({
    appDirectory,
    bundleDirectory: run.bundleDirectory,
    databaseFile: ':memory:',
    bitbucketUrl: bitbucket.url,
    workspace: source.workspace,
    clock,
    runSchedules: true,
  });
  const uuid = textOf(source.repositories()[0]?.repository() ?? {}, 'uuid') ?? '';
  try {
    await host.install();
    for (let ticks = 0; ticks * TICK_MILLISECONDS < LONGEST_DAYS * 86_400_000; ticks += 1) {
      await clock.advance(TICK_MILLISECONDS);
      const answer = await host.resolve({
        moduleKey: 'repository-page',
        functionKey: 'progress',
        payload: {},
        extension: { repository: { uuid } },
        accountId: 'account-measuring',
      });
      const parsed = progress.safeParse(answer);
      if (!parsed.success) continue;
      const { repositories, complete } = parsed.data.data.workspace;
      if (repositories === 0 || complete < repositories) continue;
      const hours = (clock.now() - run.beginsAt) / 3_600_000;
      const storageRequests = host.store.usage().requests;
      return { byEndpoint: bitbucket.requests.byEndpoint(), storageRequests, hours };
    }
    throw new Error(`The import did not end within ${LONGEST_DAYS} simulated days.`);
  } finally {
    await host.close();
    await bitbucket.close();
  }
}

/** Requests to Bitbucket, without those for the sizes of diffs, which are read afterwards. */
export function requestsOf({ byEndpoint }: Pick<ImportCost, 'byEndpoint'>): number {
  return Object.entries(byEndpoint).reduce(
    (sum, [endpoint, count]) => (endpoint.includes('/diffstat') ? sum : sum + count),
    0,
  );
}
