/** For tests: develops the app of a folder and writes a line for all that happens. Vite does not run within Jest. */
import path from 'node:path';
import { buildApp, buildUi } from '../start/build';
import { develop } from './develop';

const [appDirectory = '.'] = process.argv.slice(2);

async function main(): Promise<void> {
  const bundleDirectory = path.join(appDirectory, 'dist/functions');
  const say = (line: string): void => console.log(line);
  await buildApp(appDirectory, bundleDirectory);
  await buildUi(appDirectory);
  develop({
    appDirectory,
    bundleDirectory,
    host: { renewFunctions: () => say('functions are renewed') },
    web: { showRebuilt: () => say('pages are reloaded') },
    say,
  });
  process.once('SIGTERM', () => process.exit(0));
  say('ready');
}

void main();
