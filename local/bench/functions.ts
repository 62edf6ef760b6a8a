/** Bundles of functions to measure: the app's own, and such as do nothing, to tell the app's time from the host's. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFunctions } from '../forge/build-functions';
import { readManifest } from '../forge/manifest';

export const appDirectory = path.resolve(__dirname, '../..');

/** Builds the app's functions into a folder within `folder`; returns where. */
export async function appFunctions(folder: string): Promise<string> {
  const outputDirectory = path.join(folder, 'app-functions');
  await buildFunctions({ appDirectory, outputDirectory });
  return outputDirectory;
}

/**
 * Builds functions of the same manifest that answer at once and do nothing, into a folder within `folder`; they load the
 * packages in `imports` all the same. Returns where.
 */
export async function idleFunctions(folder: string, imports: readonly string[] = []): Promise<string> {
  const directory = path.join(folder, `idle-app-${imports.length}`);
  const outputDirectory = path.join(directory, 'functions');
  mkdirSync(path.join(directory, 'src'), { recursive: true });
  copyFileSync(path.join(appDirectory, 'manifest.yml'), path.join(directory, 'manifest.yml'));
  const handlers = readManifest(appDirectory).functions.map(({ handler }) =>
    handler.slice(handler.lastIndexOf('.') + 1),
  );
  const packages = imports.map((name) => require.resolve(name, { paths: [appDirectory] }));
  writeFileSync(
    path.join(directory, 'src/index.ts'),
    [
      ...packages.map((file, place) => `import * as package${place} from ${JSON.stringify(file)};`),
      `export const packages = [${packages.map((_, place) => `package${place}`).join(', ')}];`,
      ...new Set(handlers.map((name) => `export const ${name} = async () => ({ ok: true, data: null });`)),
      '',
    ].join('\n'),
  );
  await buildFunctions({ appDirectory: directory, outputDirectory });
  return outputDirectory;
}
