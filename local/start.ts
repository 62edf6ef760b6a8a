/** `npm start`: builds the app, boots the local Forge host on a workspace, imports it, and serves or exports. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { RecordingError } from './bitbucket/recording-error';
import { DatabaseInUseError } from './forge/database';
import { PortInUseError } from './forge/web/server';
import { exportDocument } from './start/export-document';
import { readOptions, USAGE, UsageError } from './start/options';
import { isOver, ProgressReader, progressLine } from './start/progress';
import { serve } from './start/serve';
import { startSystem, type System } from './start/system';

const appDirectory = path.resolve(__dirname, '..');

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const system = await startSystem(appDirectory, options);
  // Ctrl-C ends the run cleanly whatever it is doing; what is not done waits in the store for the next start.
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    console.log('\nStopping.');
    void system.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const { exportTo: file } = options;
    const work = file === null ? serve(appDirectory, system, options) : exportTo(file, system);
    await Promise.race([work, system.damaged]);
    if (file !== null) await system.close();
  } catch (error) {
    await system.close();
    throw error;
  }
}

async function exportTo(file: string, system: System): Promise<void> {
  const { host, bitbucket, repositoryUuids } = system;
  const { accountId } = system.viewers.accounts[0];
  await host.install();
  await host.idle();
  const progress = await new ProgressReader(host, repositoryUuids, accountId).read();
  if (progress.failed.length > 0) throw new Error(`The import failed: ${progress.failed.join('; ')}`);
  if (!isOver(progress)) throw new Error(`The import did not end. ${progressLine(progress)}`);
  const document = await exportDocument(host, bitbucket.requests, repositoryUuids, system.asOf, accountId);
  writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`);
  const { sync } = document;
  console.log(
    `Wrote ${file}: ${repositoryUuids.length} repositories, ${sync.pullRequests} pull requests, ` +
      `${sync.requests.total} requests to Bitbucket (${sync.requestsPerPullRequest ?? 0} a pull request).`,
  );
}

/** Causes that the person who started this can mend: one sentence and exit status 2. */
function isUsage(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof RecordingError ||
    error instanceof PortInUseError ||
    error instanceof DatabaseInUseError
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(isUsage(error) ? error.message : error);
  process.exit(isUsage(error) ? 2 : 1);
});
