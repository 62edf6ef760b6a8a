/** `npm run bench`: prints median, middle half, runs and a ratio to a baseline for whatever is to be fast or small. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { UsageError } from '../start/options';
import { machineLine, thisMachine } from './machine';
import { readOptions, USAGE } from './options';
import type { Table } from './section';
import { linesOf } from './table';

/** What the JSON file says of a section; `failure` where it could not be measured to the end. */
interface Told {
  readonly name: string;
  readonly measures: string;
  readonly seconds: number;
  readonly tables: readonly Table[];
  readonly failure: string | null;
}

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const { sections, jsonFile, ...settings } = options;
  const machine = thisMachine();
  const at = new Date().toISOString();
  console.log(
    `${machineLine(machine)}\nMedian, middle half and number of runs; a run before them is not counted.\n`,
  );
  const told: Told[] = [];
  for (const { name, measures, tables } of sections) {
    console.log(`${name}: ${measures}\n`);
    const folder = mkdtempSync(path.join(os.tmpdir(), `throughline-bench-${name}-`));
    const begun = performance.now();
    const printed: Table[] = [];
    let failure: string | null = null;
    try {
      for await (const table of tables({ ...settings, folder })) {
        printed.push(table);
        console.log(`${linesOf(table).join('\n')}\n`);
      }
    } catch (error) {
      // The other sections can be measured all the same; the run ends with status 1.
      failure = error instanceof Error ? error.message : String(error);
      console.error(error);
      process.exitCode = 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    console.log(`(${seconds} s)\n`);
    told.push({ name, measures, seconds, tables: printed, failure });
  }
  if (jsonFile !== null) {
    writeFileSync(jsonFile, `${JSON.stringify({ at, machine, sections: told }, null, 1)}\n`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
});
