/** `npm run event`: sends an event to the app that runs on this machine. */
import { runEvent } from './event/command';
import { readOptions, USAGE } from './event/options';
import { UsageError } from './start/options';

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return;
  }
  const { said, printed } = await runEvent(options);
  if (printed === null) {
    console.log(said);
    return;
  }
  // Apart from what may go into a file.
  console.error(said);
  console.log(printed);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
});
