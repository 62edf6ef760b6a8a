/** How many product events a second the app handles on the local host, until nothing that they caused is left to do. */
import { performance } from 'node:perf_hooks';
import { startBitbucket } from '../../bitbucket/server';
import { isJsonObject, textOf } from '../../bitbucket/values';
import { createDemoWorkspace, type DemoWorkspace } from '../../demo/demo-workspace';
import type { ForgeEvent } from '../../demo/forge-events';
import { virtualClock } from '../../forge/clock';
import { createForgeHost } from '../../forge/host';
import { appDirectory, appFunctions, idleFunctions } from '../functions';
import { oneRepository } from '../recorded-answers';
import { rowsAgainst, type Case, type Section, type SectionSettings, type Table } from '../section';

/** Of one round: of as many pull requests, or several of each. */
const EVENTS_A_ROUND = 50;
const OF_EACH = 5;

const NOW = Date.UTC(2026, 0, 1);

/** Far more than is asked: what is measured is the app, not Bitbucket's limit. */
const REQUESTS_AN_HOUR = 10_000_000;

export const EVENTS: Section = {
  name: 'events',
  measures:
    'Events handled a second through the local host with its function processes, until the queue is empty; delays take no time.',
  tables,
};

async function* tables({ effort, folder }: SectionSettings): AsyncGenerator<Table> {
  const idle = await startRun(await idleFunctions(folder));
  const app = await startRun(await appFunctions(folder));
  try {
    yield {
      title: `${EVENTS_A_ROUND} comments on a repository of ${app.pullRequests} pull requests`,
      unit: 'events a second',
      baseline: 'the host alone, with functions that do nothing',
      rows: await rowsAgainst(
        idle.round('the host alone', 1),
        [app.round('each on another pull request', 1), app.round(`${OF_EACH} on each pull request`, OF_EACH)],
        effort,
      ),
    };
  } finally {
    await app.close();
    await idle.close();
  }
}

interface Run {
  readonly pullRequests: number;
  /** `ofEach` events of each pull request, all at once. */
  round(name: string, ofEach: number): Case;
  close(): Promise<void>;
}

/** Installs these functions on a host of their own, and lets them import the repository. */
async function startRun(bundleDirectory: string): Promise<Run> {
  const demo = createDemoWorkspace({ endsAt: NOW });
  const source = oneRepository(demo);
  const clock = virtualClock(NOW);
  const bitbucket = await startBitbucket({ source, clock, requestsPerHour: REQUESTS_AN_HOUR });
  const host = await createForgeHost({
    appDirectory,
    bundleDirectory,
    databaseFile: ':memory:',
    bitbucketUrl: bitbucket.url,
    workspace: source.workspace,
    clock,
  });
  await host.install();
  await host.idle();
  const ids = source.repositories()[0]?.pullRequestIds() ?? [];
  return {
    pullRequests: ids.length,
    round: (name, ofEach) => {
      let note = '';
      return {
        name,
        sample: async () => {
          const events = comments(demo, ids.slice(-EVENTS_A_ROUND / ofEach), ofEach, clock.now());
          const before = { asked: bitbucket.requests.total, stored: host.store.usage().requests };
          const start = performance.now();
          await Promise.all(events.map(({ eventType, payload }) => host.emit(eventType, payload)));
          await host.idle();
          const seconds = (performance.now() - start) / 1_000;
          const asked = bitbucket.requests.total - before.asked;
          const stored = host.store.usage().requests - before.stored;
          const anEvent = (requests: number): string => (requests / events.length).toFixed(1);
          note = `an event: ${anEvent(asked)} requests to Bitbucket, ${anEvent(stored)} to storage`;
          return events.length / seconds;
        },
        note: () => note,
      };
    },
    close: async () => {
      await host.close();
      await bitbucket.close();
    },
  };
}

/** Comments on these pull requests, as Bitbucket's answers will show them, too. */
function comments(
  demo: DemoWorkspace,
  ids: readonly number[],
  ofEach: number,
  now: number,
): readonly ForgeEvent[] {
  const repository = demo.repositories()[0]?.repository();
  const uuid = isJsonObject(repository) ? (textOf(repository, 'uuid') ?? '') : '';
  return Array.from({ length: ofEach }, () =>
    ids.map((id) => demo.runAction('comment', uuid, id, now)),
  ).flat();
}
