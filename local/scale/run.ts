/**
 * `npm run scale`: months of one installation in minutes, with the app's real functions on a simulated workspace; prints
 * how long the import takes, how near to Forge's limits it comes, and what a month costs.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../start/options';
import { figuresOf, measureLargest } from './figures';
import { readOptions, USAGE, type ScaleOptions } from './options';
import { report } from './report';
import { Simulation } from './simulation';
import { Timeline } from './timeline';
import { createScaleWorkspace } from './workspace';

/** What the workspace is made of. */
const DATA = path.resolve(__dirname, '../../../shared/data');

/** A Monday, so that a week begins with its working days. */
const STARTS_AT = Date.UTC(2026, 10, 2);

/** After all history is there, so many days more, so that a month can be told from them. */
const STEADY_DAYS = 7;

const DAY_HOURS = 24;

/** The terminal is told how far it is so often. */
const PROGRESS_MILLISECONDS = 10_000;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const timeline = new Timeline(STARTS_AT);
  const { requestsPerHour, viewsPerDay, seed } = options;
  const source = createScaleWorkspace({
    data: DATA,
    size: options,
    beginsAt: STARTS_AT,
    clock: timeline,
    seed,
  });
  const simulation = new Simulation({
    source,
    timeline,
    requestsPerHour,
    viewsPerDay,
    seed,
    computing: 'measured',
  });
  try {
    const pullRequestsLastDay = await pass(simulation, options);
    const largest = await measureLargest(simulation, source.largest);
    const figures = figuresOf(simulation, options, { largest, pullRequestsLastDay });
    process.stdout.write(`${report(figures)}\n`);
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    simulation.close();
  }
}

/** Lets the time pass to the end, or to Ctrl-C; answers how many pull requests were imported in the last day. */
async function pass(simulation: Simulation, options: ScaleOptions): Promise<number> {
  const began = performance.now();
  let shown = began;
  let imported = 0;
  let last = 0;
  let end = options.days;
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  const goesOn = (): boolean => !stopped.signal.aborted;
  for (let day = 0; (end === null || day < end) && goesOn(); day += 1) {
    let hours = 0;
    while (hours < DAY_HOURS && goesOn()) {
      await simulation.passHour();
      hours += 1;
      if (performance.now() - shown < PROGRESS_MILLISECONDS) continue;
      shown = performance.now();
      process.stderr.write(`${progressLine(simulation, options, end, shown - began)}\n`);
    }
    // A day that Ctrl-C cut short counts as if it had gone on like that.
    last = Math.round(((simulation.imports.pullRequests - imported) * DAY_HOURS) / Math.max(1, hours));
    imported = simulation.imports.pullRequests;
    if (end === null && isComplete(simulation)) end = day + 1 + STEADY_DAYS;
  }
  return last;
}

function isComplete({ imports }: Simulation): boolean {
  const { history, delivery, sizes } = imports.hours();
  return [history, delivery, sizes].every((each) => each !== null);
}

function progressLine(
  { imports, bitbucket, days, platform }: Simulation,
  { pullRequests }: ScaleOptions,
  end: number | null,
  milliseconds: number,
): string {
  const seconds = milliseconds / 1_000;
  // Without an end that is known, history is what takes time.
  const share = end === null ? imports.pullRequests / Math.max(1, pullRequests) : days / end;
  const left = share > 0 ? Math.max(0, (seconds / share) * (1 - share)) : null;
  return [
    `day ${days.toFixed(1)}${end === null ? '' : ` of ${end}`}`,
    `${imports.pullRequests.toLocaleString('en')} of ${pullRequests.toLocaleString('en')} pull requests`,
    `${bitbucket.requests.total.toLocaleString('en')} Bitbucket requests`,
    `${platform.throttled.toLocaleString('en')} storage refusals (${busiestOf(platform)})`,
    `${Math.round(seconds)} s`,
    left === null ? 'unknown time left' : `about ${Math.round(left)} s left`,
    `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  ].join(' · ');
}

/** What storage had to carry in the busiest minutes so far, of Forge's 4,000 units. */
function busiestOf({ busiest }: Simulation['platform']): string {
  const named = (kind: 'reads' | 'writes'): string => {
    const units = busiest[kind].report().uses.reduce((sum, use) => sum + use.units, 0);
    return `${units.toLocaleString('en')} ${kind}`;
  };
  return `${named('reads')}, ${named('writes')} a minute`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${isUsage ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
