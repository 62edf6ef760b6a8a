/** A tiny app in a folder of its own: a function and a page, quick to build and to check. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder, until } from '../forge/testing/fixture-host';

const repository = path.resolve(__dirname, '../..');

const FILES: Readonly<Record<string, string>> = {
  'manifest.yml': `app:
  id: ari:cloud:ecosystem::app/7f5c2f0e-5d0c-4e0b-9f6e-3f0d1f6f4a11
  runtime:
    name: nodejs22.x
modules:
  function:
    - key: run
      handler: index.run
permissions:
  scopes: []
`,
  'package-lock.json': '{}',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      types: [],
    },
    include: ['src', 'static'],
    exclude: ['static/vite.config.ts'],
  }),
  'src/index.ts': "import { answer } from './views/answer';\nexport const run = (): number => answer;\n",
  'src/index.test.ts': '',
  'src/facts/none.ts': 'export {};\n',
  'src/metrics/none.ts': 'export {};\n',
  'src/views/answer.ts': 'export const answer: number = 1;\n',
  'static/index.html': '<!doctype html><title>Tiny</title><script type="module" src="./main.ts"></script>\n',
  'static/main.ts': "export const text: string = 'first';\nObject.assign(globalThis, { text });\n",
  'static/vite.config.ts': "export default { root: import.meta.dirname, base: './' };\n",
};

/** A tiny app that is developed by a process of its own. */
export interface TinyApp {
  readonly directory: string;
  /** What was said and done since the last `forget`, a line each, without the seconds that it took. */
  happened(): readonly string[];
  forget(): void;
  /** Waits for a line that begins so. */
  happens(beginning: string): Promise<void>;
  /** Replaces a text that must be there. */
  change(file: string, text: string, by: string): void;
  end(): Promise<void>;
}

/** Answers when the sources are watched. */
export async function developTinyApp(): Promise<TinyApp> {
  const directory = temporaryFolder();
  for (const [file, content] of Object.entries(FILES)) {
    const place = path.join(directory, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(directory, 'node_modules'), 'dir');
  const program = path.join(__dirname, 'tiny-development.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, directory], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line.replace(/\d+\.\d s/, 'N s')));
  const happens = (beginning: string): Promise<void> =>
    until(
      () => lines.some((line) => line.startsWith(beginning)),
      `${beginning} (so far: ${lines.join('; ')})`,
    );
  await happens('ready');
  return {
    directory,
    happened: () => lines,
    forget: () => {
      lines = [];
    },
    happens,
    change: (file, text, by) => changeFile(path.join(directory, file), text, by),
    end: async () => {
      child.kill();
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** Replaces a text in a file. Throws where it is not there, since then nothing would change. */
export function changeFile(file: string, text: string, by: string): void {
  const before = readFileSync(file, 'utf8');
  if (!before.includes(text)) throw new Error(`${file} does not hold "${text}".`);
  writeFileSync(file, before.replace(text, by));
}
