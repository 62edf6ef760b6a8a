/** `npm run check:deployed`: what the installed app's report of itself says of what could not be verified before. */
import { checkDeployed, USAGE } from './check-deployed/command';
import { UsageError } from './start/options';

try {
  const checked = checkDeployed(process.argv.slice(2));
  if (checked === 'help') console.log(USAGE);
  else {
    console.log(checked.lines.join('\n'));
    process.exitCode = checked.status;
  }
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
}
