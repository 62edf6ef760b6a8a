/** A host in a process of its own, for the test that kills it: `killed-host.ts <bundle> <database>`. */
import { realClock } from '../clock';
import { createForgeHost } from '../host';
import { FIXTURE_APP, WORKSPACE } from './fixture-host';

async function main(): Promise<void> {
  const [, , bundleDirectory = '', databaseFile = ''] = process.argv;
  const host = await createForgeHost({
    appDirectory: FIXTURE_APP,
    bundleDirectory,
    databaseFile,
    bitbucketUrl: 'http://127.0.0.1:9',
    workspace: WORKSPACE,
    clock: realClock(),
  });
  const events = [
    { body: { kind: 'hang' } },
    { body: { kind: 'record', name: 'delayed' }, delayInSeconds: 600 },
  ];
  await host.resolve({
    moduleKey: 'page',
    functionKey: 'push',
    payload: { queue: 'scenarios', events },
    extension: {},
    accountId: 'account-1',
  });
  while (!host.store.dump().some((row) => row.key === 'tries:hang')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  // The test kills this process when it reads the line: the consumer is in the middle of its work.
  process.stdout.write('hanging\n');
}

void main();
