/**
 * `npm run requests`: what the import of recorded repositories costs at Bitbucket and how long it takes, beside the same
 * import asking for each pull request by itself; on the local host, in simulated time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openRecording } from './bitbucket/recorded-workspace';
import { startBitbucket, type FaultHook } from './bitbucket/server';
import { textOf } from './bitbucket/values';
import type { WorkspaceSource } from './bitbucket/workspace-source';
import { buildFunctions } from './forge/build-functions';
import { virtualClock } from './forge/clock';
import { createForgeHost } from './forge/host';

const appDirectory = path.resolve(__dirname, '..');

const USAGE = `What an import costs: npm run requests [-- --recording DIR] [--now ISO]

  --recording DIR   recorded Bitbucket answers (default ../shared/data/bitbucket-archive)
  --now ISO         when the import begins (default 2020-06-01T00:00:00Z)
`;

/** Bitbucket's limits for workspaces of up to a hundred seats, and of a thousand and more. */
const LIMITS = [1_000, 10_000];

const TICK_MILLISECONDS = 5 * 60_000;
const LONGEST_DAYS = 60;

/** Refused by Bitbucket, as where a permission is missing: the app then asks for each pull request. */
const refuseWide: FaultHook = ({ endpoint }) =>
  endpoint.endsWith('/pullrequests/activity') || endpoint.endsWith('{repo_slug}/commits')
    ? { status: 403, body: 'Forbidden' }
    : undefined;

const MODES: readonly { readonly name: string; readonly faults: FaultHook | null }[] = [
  { name: 'frugal', faults: null },
  { name: 'one by one', faults: refuseWide },
];

const progress = z.object({
  data: z.object({ workspace: z.object({ repositories: z.number(), complete: z.number() }) }),
});

interface Measured {
  readonly mode: string;
  readonly limit: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly hours: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { recording: { type: 'string' }, now: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const recording = path.resolve(
    values.recording ?? path.join(appDirectory, '../shared/data/bitbucket-archive'),
  );
  const beginsAt = Date.parse(values.now ?? '2020-06-01T00:00:00Z');
  const source = openRecording(recording);
  const pullRequests = source.repositories().reduce((sum, each) => sum + each.pullRequestIds().length, 0);
  const bundleDirectory = mkdtempSync(path.join(os.tmpdir(), 'throughline-requests-'));
  try {
    await buildFunctions({ appDirectory, outputDirectory: bundleDirectory });
    const measured: Measured[] = [];
    for (const { name, faults } of MODES) {
      for (const limit of LIMITS) {
        measured.push({
          mode: name,
          limit,
          ...(await measure(source, { bundleDirectory, beginsAt, limit, faults })),
        });
      }
    }
    console.log(report(measured, source.repositories().length, pullRequests));
  } finally {
    rmSync(bundleDirectory, { recursive: true, force: true });
  }
}

/** Installs the app and lets the time pass until all history is there; counts the requests up to then. */
async function measure(
  source: WorkspaceSource,
  run: {
    readonly bundleDirectory: string;
    readonly beginsAt: number;
    readonly limit: number;
    readonly faults: FaultHook | null;
  },
): Promise<Pick<Measured, 'byEndpoint' | 'hours'>> {
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
      return { byEndpoint: bitbucket.requests.byEndpoint(), hours };
    }
    throw new Error(`The import did not end within ${LONGEST_DAYS} simulated days.`);
  } finally {
    await host.close();
    await bitbucket.close();
  }
}

function report(measured: readonly Measured[], repositories: number, pullRequests: number): string {
  const shown = measured.filter(({ limit }) => limit === LIMITS[0]);
  const endpoints = [...new Set(shown.flatMap(({ byEndpoint }) => Object.keys(byEndpoint)))]
    .filter((endpoint) => !endpoint.includes('/diffstat'))
    .sort();
  const total = ({ byEndpoint }: Measured): number =>
    endpoints.reduce((sum, endpoint) => sum + (byEndpoint[endpoint] ?? 0), 0);
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padEnd(72)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
  const hours = (limit: number): readonly string[] =>
    MODES.map(({ name }) => {
      const found = measured.find((each) => each.mode === name && each.limit === limit);
      return found === undefined ? '' : found.hours.toFixed(1);
    });
  return [
    `Import of ${repositories} repositories with ${pullRequests} pull requests, diffstats apart`,
    '',
    row(
      'Requests',
      shown.map(({ mode }) => mode),
    ),
    ...endpoints.map((endpoint) =>
      row(
        `  ${endpoint}`,
        shown.map(({ byEndpoint }) => byEndpoint[endpoint] ?? 0),
      ),
    ),
    row('  in all', shown.map(total)),
    row(
      'Requests a pull request',
      shown.map((each) => (total(each) / pullRequests).toFixed(3)),
    ),
    ...LIMITS.map((limit) => row(`Simulated hours to completion at ${limit} requests an hour`, hours(limit))),
  ].join('\n');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
