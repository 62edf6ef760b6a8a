/** `npm start`: builds the app, boots the local Forge host on a workspace, imports it, and serves or exports. */
import path from 'node:path';
import { RecordingError } from './bitbucket/recording-error';
import { DatabaseInUseError } from './forge/database';
import { PortInUseError } from './forge/web/server';
import { LiveRefusal } from './live/live-refusal';
import { exportTo } from './start/export-to';
import { readOptions, USAGE, UsageError } from './start/options';
import { serve } from './start/serve';
import { startSystem } from './start/system';

const appDirectory = path.resolve(__dirname, '..');

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const system = await startSystem(appDirectory, options);
  // Ctrl-C ends the run cleanly whatever it is doing; what is not done waits in the store for the next start.
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    console.log('\nStopping.');
    void system.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const { exportTo: file } = options;
    const work = file === null ? serve(appDirectory, system, options) : exportTo(file, system);
    await Promise.race([work, system.bitbucket.damaged]);
    if (file !== null) await system.close();
  } catch (error) {
    // What was under way when Ctrl-C came has nothing to report.
    if (stopping.signal.aborted) return;
    await system.close();
    throw error;
  }
}

/** Causes that the person who started this can mend: one sentence and exit status 2. */
function isUsage(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof RecordingError ||
    error instanceof PortInUseError ||
    error instanceof DatabaseInUseError ||
    error instanceof LiveRefusal
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(isUsage(error) ? error.message : error);
  process.exit(isUsage(error) ? 2 : 1);
});
