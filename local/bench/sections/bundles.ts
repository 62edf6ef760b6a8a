/** How large the app's code is, and how much of it each screen loads before it can ask for its figures. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildUi } from '../../start/build';
import { filesLoaded, type BuiltFile } from '../built-files';
import { appDirectory, appFunctions, idleFunctions } from '../functions';
import { summaryOf } from '../measure';
import { comparedRows, type Row, type Section, type SectionSettings, type Table } from '../section';
import { SDKS } from './cold-start';

/** Where the bundle of each screen begins, in its file's name, and the screen. */
const SCREENS = {
  'repository-panel': 'panel of a repository',
  'repository-page': 'page of a repository, its first tab apart',
  'overview-tab': 'page of a repository, Overview',
  'pull-request-panel': 'panel of a pull request',
  'workspace-page': 'page of the workspace',
  'repository-settings-page': 'settings of a repository',
  'workspace-settings-page': 'settings of the workspace',
} as const;

/** Files with less are told together. */
const SMALL_BYTES = 4_096;

export const BUNDLES: Section = {
  name: 'bundles',
  measures: 'How large the code is; the same sources give the same bytes, so that one run tells all.',
  tables,
};

async function* tables({ folder }: SectionSettings): AsyncGenerator<Table> {
  await buildUi(appDirectory);
  const react = sizedRow('React and ReactDOM alone', [await reactAlone(folder)]);
  const files = builtFiles(path.join(appDirectory, 'static/dist'));
  const baseline = 'React and ReactDOM alone, minified';
  yield {
    title: 'What a screen loads',
    unit: 'kB gzip',
    baseline,
    rows: comparedRows([
      react,
      ...Object.entries(SCREENS).map(([start, screen]) =>
        sizedRow(screen, filesLoaded(files, ['index.html', start])),
      ),
    ]),
  };
  const large = files.filter(({ bytes }) => bytes.length >= SMALL_BYTES);
  const small = files.filter(({ bytes }) => bytes.length < SMALL_BYTES);
  yield {
    title: 'Files of the Custom UI',
    unit: 'kB gzip',
    baseline,
    rows: comparedRows([
      react,
      ...large
        .map((file) => sizedRow(withoutDigest(file.name), [file]))
        .sort((a, b) => b.measured.median - a.measured.median),
      sizedRow(`${small.length} smaller ones`, small),
      sizedRow('all', files),
    ]),
  };
  const bundle = async (name: string, directory: Promise<string>): Promise<Omit<Row, 'ratio'>> =>
    sizedRow(name, [{ name, bytes: readFileSync(path.join(await directory, 'index.cjs')) }]);
  yield {
    title: 'Functions, not minified',
    unit: 'kB gzip',
    baseline: 'functions that load Forge’s packages and do nothing',
    rows: comparedRows([
      await bundle('Forge’s packages alone', idleFunctions(folder, SDKS)),
      await bundle('the app', appFunctions(folder)),
    ]),
  };
}

function sizedRow(name: string, files: readonly BuiltFile[]): Omit<Row, 'ratio'> {
  const kilobytes = (sizeOf: (bytes: Buffer) => number): number =>
    files.reduce((sum, { bytes }) => sum + sizeOf(bytes), 0) / 1_000;
  return {
    name,
    measured: summaryOf([kilobytes((bytes) => gzipSync(bytes).length)]),
    note: `raw ${kilobytes((bytes) => bytes.length).toFixed(1)} kB${files.length > 1 ? ` in ${files.length} files` : ''}`,
  };
}

/** As Vite names it, without the digest of its content, which differs with every change. */
function withoutDigest(name: string): string {
  return name.replace(/-[\w-]{8}(?=\.\w+$)/, '');
}

function builtFiles(directory: string): readonly BuiltFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html)$/.test(name))
    .map((name) => ({ name: path.basename(name), bytes: readFileSync(path.join(directory, name)) }));
}

/** What any React application loads, built as Vite builds the app. */
async function reactAlone(folder: string): Promise<BuiltFile> {
  const directory = path.join(folder, 'react-alone');
  mkdirSync(directory, { recursive: true });
  const entry = path.join(directory, 'entry.js');
  writeFileSync(entry, `export { createRoot } from 'react-dom/client'; export { useState } from 'react';\n`);
  const { outputFiles } = await build({
    absWorkingDir: appDirectory,
    entryPoints: [entry],
    nodePaths: [path.join(appDirectory, 'node_modules')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return { name: 'react', bytes: Buffer.from(outputFiles[0]?.contents ?? []) };
}
