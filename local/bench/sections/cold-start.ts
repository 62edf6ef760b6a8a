/** How long the first answer of a new function process takes, and every further one. */
import { timed } from '../measure';
import { virtualClock } from '../../forge/clock';
import { createForgeHost } from '../../forge/host';
import type { ForgeHost } from '../../forge/host-api';
import { appDirectory, appFunctions, idleFunctions } from '../functions';
import { rowsAgainst, type Case, type Section, type SectionSettings, type Table } from '../section';

/** Forge’s packages that every function of the app loads. */
export const SDKS = ['@forge/api', '@forge/events', '@forge/kvs', '@forge/resolver'];

const NOW = Date.UTC(2026, 0, 1);
const WORKSPACE = { uuid: '{00000000-0000-4000-8000-000000000001}', slug: 'bench' };
const REPOSITORY = '{00000000-0000-4000-8000-00000000be0c}';

export const COLD_START: Section = {
  name: 'cold-start',
  measures:
    'From the start of a function process to its first answer: a panel’s of a repository without pull requests.',
  tables,
};

async function* tables({ effort, folder }: SectionSettings): AsyncGenerator<Table> {
  const idle = await startHost(await idleFunctions(folder));
  const sdks = await startHost(await idleFunctions(folder, SDKS));
  const app = await startHost(await appFunctions(folder));
  try {
    yield {
      title: 'One answer',
      unit: 'ms',
      baseline: 'a new process with functions that do nothing',
      rows: await rowsAgainst(
        cold('a process that does nothing', idle),
        [
          cold('the same with Forge’s packages', sdks),
          cold('the app, cold', app),
          warm('the app, warm', app),
        ],
        effort,
      ),
    };
  } finally {
    for (const host of [idle, sdks, app]) await host.close();
  }
}

function startHost(bundleDirectory: string): Promise<ForgeHost> {
  return createForgeHost({
    appDirectory,
    bundleDirectory,
    databaseFile: ':memory:',
    // Nothing is asked of it.
    bitbucketUrl: 'http://127.0.0.1:1',
    workspace: WORKSPACE,
    clock: virtualClock(NOW),
  });
}

function answer(host: ForgeHost): Promise<unknown> {
  return host.resolve({
    moduleKey: 'repository-panel',
    functionKey: 'overview',
    payload: { query: { window: 90 } },
    extension: { repository: { uuid: REPOSITORY } },
    accountId: 'account-measuring',
  });
}

function cold(name: string, host: ForgeHost): Case {
  return {
    name,
    sample: () => {
      host.killFunctionProcess();
      return timed(() => answer(host))();
    },
  };
}

function warm(name: string, host: ForgeHost): Case {
  return {
    name,
    sample: async () => {
      await answer(host);
      return timed(() => answer(host))();
    },
  };
}
