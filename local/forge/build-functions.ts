/** Bundles the app's functions for the host: one file for each handler file, with the loader that runs them. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { readManifest } from './manifest';

const RUNTIME_DIRECTORY = path.join(__dirname, 'runtime');

/** Name of the loader in a bundle, the same that Forge's own bundler gives it. */
export const LOADER_FILE = '__forge__.cjs';
const WRAPPER_FILE = '__forge_wrapper__.cjs';

const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx'];

/** A handler of the manifest has no source file. */
export class HandlerFileError extends Error {
  constructor(handlerFile: string, directory: string) {
    super(
      `The manifest names handlers in ${handlerFile}, and there is no such file: ${directory} holds no ${handlerFile} with ${SOURCE_EXTENSIONS.join(', ')}.`,
    );
    this.name = 'HandlerFileError';
  }
}

export interface BuildOptions {
  /** Folder that holds `manifest.yml` and `src`. */
  readonly appDirectory: string;
  /** Receives `<handler file>.cjs` with its source map, and the loader. */
  readonly outputDirectory: string;
  /** Says nothing on the terminal: what is wrong is in esbuild's error. Absent: errors and warnings are written there. */
  readonly isQuiet?: boolean;
}

/**
 * Builds every handler file of the manifest, with all of its packages inside. `index.onEvent` is the export `onEvent`
 * of `src/index.ts`.
 *
 * @throws HandlerFileError where a handler has no file.
 */
export async function buildFunctions({
  appDirectory,
  outputDirectory,
  isQuiet = false,
}: BuildOptions): Promise<void> {
  const sources = path.join(appDirectory, 'src');
  const handlerFiles = new Set(
    readManifest(appDirectory).functions.map(({ handler }) => handler.slice(0, handler.lastIndexOf('.'))),
  );
  const entryPoints = Object.fromEntries(
    [...handlerFiles].map((file) => [file, sourceFile(sources, file)] as const),
  );
  await build({
    absWorkingDir: path.resolve(appDirectory),
    entryPoints,
    outdir: path.resolve(outputDirectory),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    // Forge deploys to Node 22; the host may run an older one.
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    logLevel: isQuiet ? 'silent' : 'warning',
  });
  copyFileSync(path.join(RUNTIME_DIRECTORY, 'loader.cjs'), path.join(outputDirectory, LOADER_FILE));
  copyFileSync(path.join(RUNTIME_DIRECTORY, 'wrapper.cjs'), path.join(outputDirectory, WRAPPER_FILE));
}

/**
 * Lays the loader out as Forge's own bundler expects it under `FORGE_RUNTIME_PATH`, which lets it bundle without
 * Atlassian: `dist/loader.js` and `dist/wrapper.js`.
 */
export function writeForgeRuntime(directory: string): void {
  const target = path.join(directory, 'dist');
  mkdirSync(target, { recursive: true });
  for (const name of ['loader', 'wrapper']) {
    copyFileSync(path.join(RUNTIME_DIRECTORY, `${name}.cjs`), path.join(target, `${name}.js`));
  }
}

function sourceFile(sources: string, handlerFile: string): string {
  const found = SOURCE_EXTENSIONS.map((extension) => path.join(sources, `${handlerFile}${extension}`)).find(
    (file) => existsSync(file),
  );
  if (found === undefined) throw new HandlerFileError(handlerFile, sources);
  return found;
}
