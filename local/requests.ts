/**
 * `npm run requests`: what the import of recorded repositories costs at Bitbucket and how long it takes, beside the same
 * import asking for each pull request by itself; on the local host, in simulated time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openRecording } from './bitbucket/recorded-workspace';
import { buildFunctions } from './forge/build-functions';
import { importCost, IMPORT_MODES, requestsOf, type ImportCost } from './import-cost';

const appDirectory = path.resolve(__dirname, '..');

const USAGE = `What an import costs: npm run requests [-- --recording DIR] [--now ISO]

  --recording DIR   recorded Bitbucket answers (default ../shared/data/bitbucket-archive)
  --now ISO         when the import begins (default 2020-06-01T00:00:00Z)
`;

/** Bitbucket's limits for workspaces of up to a hundred seats, and of a thousand and more. */
const LIMITS = [1_000, 10_000];

interface Measured extends ImportCost {
  readonly mode: string;
  readonly limit: number;
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
    for (const { name, faults } of IMPORT_MODES) {
      for (const limit of LIMITS) {
        measured.push({
          mode: name,
          limit,
          ...(await importCost(source, { bundleDirectory, beginsAt, limit, faults })),
        });
      }
    }
    console.log(report(measured, source.repositories().length, pullRequests));
  } finally {
    rmSync(bundleDirectory, { recursive: true, force: true });
  }
}

function report(measured: readonly Measured[], repositories: number, pullRequests: number): string {
  const shown = measured.filter(({ limit }) => limit === LIMITS[0]);
  const endpoints = [...new Set(shown.flatMap(({ byEndpoint }) => Object.keys(byEndpoint)))]
    .filter((endpoint) => !endpoint.includes('/diffstat'))
    .sort();
  const row = (name: string, cells: readonly (string | number)[]): string =>
    `${name.padEnd(72)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
  const hours = (limit: number): readonly string[] =>
    IMPORT_MODES.map(({ name }) => {
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
    row('  in all', shown.map(requestsOf)),
    row(
      'Requests a pull request',
      shown.map((each) => (requestsOf(each) / pullRequests).toFixed(3)),
    ),
    ...LIMITS.map((limit) => row(`Simulated hours to completion at ${limit} requests an hour`, hours(limit))),
  ].join('\n');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
