/** The demo as `npm start` imports it, once for all suites that look at it: anew whenever the app or the host changed. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { digestOf } from '../local/start/build';
import { appDirectory } from './forge-host';
import { runStart } from './started-app';

/** The present of the imported demo, to be named at each start on it. */
export const DEMO_NOW = '2026-11-21T00:00:00Z';

/** What an import comes from. */
const SOURCES = ['src', 'local', 'manifest.yml', 'package-lock.json'];

/** Each checkout has its own. */
const shared = path.join(
  os.tmpdir(),
  `throughline-demo-${createHash('sha256').update(appDirectory).digest('hex').slice(0, 12)}`,
);
const lock = `${shared}.lock`;

/** For a hook or a test that may have to import it, on a machine with other work. */
export const IMPORT_TIMEOUT = 300_000;

/** Where a suite finds its copy. */
export interface ImportedDemo {
  /** For `--data`. */
  readonly data: string;
  /** What `--export` wrote. */
  readonly exported: string;
}

/** Copies the imported demo into a folder that is not there yet; imports it where nobody did before. */
export async function importedDemo(folder: string): Promise<ImportedDemo> {
  await takeLock();
  try {
    await importUnlessDone();
    cpSync(shared, folder, { recursive: true });
  } finally {
    rmSync(lock, { force: true });
  }
  return placesIn(folder);
}

async function importUnlessDone(): Promise<void> {
  const stamp = path.join(shared, 'sources');
  const digest = digestOf(appDirectory, SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  rmSync(shared, { recursive: true, force: true });
  mkdirSync(shared);
  const { data, exported } = placesIn(shared);
  const { status, output } = await runStart('--now', DEMO_NOW, '--data', data, '--export', exported);
  if (status !== 0) throw new Error(`The demo was not imported:\n${output}`);
  writeFileSync(stamp, digest);
}

function placesIn(folder: string): ImportedDemo {
  return { data: path.join(folder, 'data'), exported: path.join(folder, 'exported.json') };
}

/** Suites run in processes of their own: one of them makes the folder, the others wait for it. */
async function takeLock(): Promise<void> {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    else await setTimeout(200);
  }
}

/** Whether its owner was killed before it could remove it. */
function isAbandoned(): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // Between its making and its writing it names nobody.
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Node's own errors are of another realm than a suite's, where they are no `Error`. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}
