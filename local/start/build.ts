/** Builds what the host runs: the functions always, the Custom UI when its sources changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFunctions } from '../forge/build-functions';

/** What the Custom UI's bundle is made of, beside its packages, which the lock file stands for. */
const UI_SOURCES = ['static', 'src/facts', 'src/metrics', 'src/views/contract.ts', 'package-lock.json'];

/** Bundles the functions of the app into `outputDirectory`. */
export async function buildApp(appDirectory: string, outputDirectory: string): Promise<void> {
  await buildFunctions({ appDirectory, outputDirectory });
}

/** Builds `static/dist` with Vite unless it was built from the same sources. */
export async function buildUi(appDirectory: string): Promise<void> {
  const stamp = path.join(appDirectory, 'static/dist/.sources');
  const digest = digestOf(appDirectory, UI_SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  // Vite ships as an ES module only.
  const { build } = await import('vite');
  await build({ configFile: path.join(appDirectory, 'static/vite.config.ts'), logLevel: 'error' });
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

function filesOf(at: string): readonly string[] {
  if (path.extname(at) !== '') return [at];
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .flatMap((entry) =>
      entry.isDirectory() ? filesOf(path.join(at, entry.name)) : [path.join(at, entry.name)],
    )
    .sort();
}
