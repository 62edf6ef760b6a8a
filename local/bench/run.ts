/**
 * `npm run bench`: how long the metrics take over 1,000, 10,000 and 100,000 pull requests a window, and how that grows,
 * beside the 25 seconds that a resolver function of Forge has.
 */
import { windowEndingAt } from '../../src/metrics/windows';
import { UsageError } from '../start/options';
import { generatedFacts } from './generated-facts';
import { measure, type Measurement } from './measure';
import { readOptions, USAGE } from './options';
import { header, row } from './table';

const WINDOW_DAYS = 90;

/** The window and the one before, which the figures are compared with. */
const WINDOWS = 2;

/** The facts are the same whenever this is run. */
const NOW = Date.UTC(2026, 0, 1) / 1000;
const SEED = 20_260_101;

/** Of one case at one size. */
const BUDGET_MILLISECONDS = 20_000;

function main(args: readonly string[]): void {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const { sizes, runs, cases } = options;
  const [firstSize] = sizes;
  const first = new Map<string, Measurement>();
  console.log(
    `Pull requests in a window of ${WINDOW_DAYS} days; the facts of ${WINDOWS} windows are at hand.\n` +
      `Per fact: the time for each, as a multiple of that at ${firstSize}.\n`,
  );
  for (const size of sizes) {
    const wanted = { perWindow: size, windowDays: WINDOW_DAYS, windows: WINDOWS, now: NOW, seed: SEED };
    const setting = { facts: generatedFacts(wanted), window: windowEndingAt(NOW, WINDOW_DAYS), now: NOW };
    console.log(header(size));
    for (const { name, compute } of cases) {
      const measured = measure(() => compute(setting), { runs, budget: BUDGET_MILLISECONDS });
      const reference = first.get(name) ?? measured;
      first.set(name, reference);
      console.log(row(name, measured, measured.median / size / (reference.median / firstSize)));
    }
    console.log('');
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
}
