/** `npm run store`: shows what the app has stored on this machine. */
import { UsageError } from './start/options';
import { viewStore } from './store-view/command';
import { readOptions, USAGE } from './store-view/options';

function main(args: readonly string[]): void {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const { said, printed } = viewStore(options);
  // Apart from what may go into a file.
  for (const line of said) console.error(line);
  for (const line of printed) console.log(line);
}

// `| head` closes the pipe before all is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
try {
  main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
}
