/** Builds what the host runs: the functions always, the Custom UI when its sources changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFunctions } from '../forge/build-functions';

/** What the Custom UI's bundle is made of, beside its packages, which the lock file stands for. */
export const UI_SOURCES = ['static', 'src/facts', 'src/metrics', 'src/views', 'package-lock.json'];

/** Bundles the functions of the app into `outputDirectory`. */
export async function buildApp(appDirectory: string, outputDirectory: string): Promise<void> {
  await buildFunctions({ appDirectory, outputDirectory });
}

/**
 * Bundles them anew beside those that run, and answers what puts each file in its place whole. Says nothing; rejects with
 * esbuild's error.
 */
export async function rebuildApp(appDirectory: string, outputDirectory: string): Promise<() => void> {
  const fresh = `${outputDirectory}-next`;
  await buildFunctions({ appDirectory, outputDirectory: fresh, isQuiet: true });
  return () => {
    for (const file of readdirSync(fresh)) {
      renameSync(path.join(fresh, file), path.join(outputDirectory, file));
    }
  };
}

/**
 * Builds `static/dist` with Vite unless it was built from the same sources. Says nothing; rejects with Vite's error, and
 * then what was there stays.
 */
export async function buildUi(appDirectory: string): Promise<void> {
  const stamp = path.join(appDirectory, 'static/dist/.sources');
  const digest = digestOf(appDirectory, UI_SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // Vite ships as an ES module only.
  const { build } = await import('vite');
  await build({ configFile: path.join(appDirectory, 'static/vite.config.ts'), logLevel: 'silent' });
  writeFileSync(stamp, digest);
}

/** Of the names and contents of these files, and of all in these folders but what was built or installed. */
export function digestOf(appDirectory: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(path.join(appDirectory, source))) {
      hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** A file itself, or all files in a folder but what was built or installed. */
export function filesOf(at: string): readonly string[] {
  if (path.extname(at) !== '') return [at];
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(path.join(at, entry.name)) : [path.join(at, entry.name)],
    )
    .sort();
}
