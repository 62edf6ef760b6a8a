/** Serves the panel in a page like Bitbucket's, and tells how far the import is. */
import { startWeb } from '../forge/web/server';
import { buildUi } from './build';
import { isOver, ProgressReader, progressLine, type ImportProgress } from './progress';
import type { StartOptions } from './options';
import type { System } from './system';
import { pullRequestLines, repositoryCards } from './workspace-cards';

const POLL_MILLISECONDS = 2_000;

/** Builds the Custom UI while the import runs, prints the address and the progress, and goes on until stopped. */
export async function serve(
  appDirectory: string,
  system: System,
  { port, locale }: StartOptions,
): Promise<void> {
  const { host, source, viewers, repositoryUuids } = system;
  const began = Date.now();
  const reader = new ProgressReader(host, repositoryUuids, viewers.accounts[0].accountId);
  let latest: ImportProgress | null = null;
  const installed = host.install();
  await buildUi(appDirectory);
  const { workspace, demo } = source;
  const [account, ...otherAccounts] = viewers.accounts;
  const web = await startWeb({
    host,
    appDirectory,
    port,
    account,
    otherAccounts,
    locale,
    repositories: () => Promise.resolve(repositoryCards(workspace)),
    mayRead: viewers.mayRead,
    pullRequests: (repositoryUuid) => pullRequestLines(workspace, repositoryUuid),
    progress: () =>
      Promise.resolve(
        latest === null || isOver(latest)
          ? null
          : { text: progressLine(latest), done: latest.pullRequests, total: Math.max(latest.expected, 1) },
      ),
    ...(demo === null
      ? {}
      : {
          eventDrawer: {
            actions: (repositoryUuid: string) => demo.actionsFor(repositoryUuid),
            run: (key: string, repositoryUuid: string, pullRequestId: number | null) => {
              const { eventType, payload } = demo.run(key, repositoryUuid, pullRequestId, Date.now());
              // Retries may take minutes; the drawer shows what was sent, the log what came of it.
              void host.emit(eventType, payload).catch((error: unknown) => console.error(error));
              const subscribed = host.manifest.triggers.filter(({ events }) => events.includes(eventType));
              return Promise.resolve({ eventType, payload, deliveries: subscribed.length });
            },
          },
        }),
  });
  console.log(`Throughline is at ${web.url} (Ctrl-C stops it).`);
  await installed;
  for (latest = await reader.read(); !isOver(latest); latest = await reader.read()) {
    console.log(progressLine(latest));
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  for (const failure of latest.failed) console.error(`The import failed: ${failure}`);
  console.log(
    `Complete: ${latest.pullRequests} pull requests of ${latest.complete} repositories, ` +
      `${Math.round((Date.now() - began) / 1000)} s after the start.`,
  );
}
