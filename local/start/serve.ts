/** Serves the panel in a page like Bitbucket's, and tells how far the import is. */
import { develop } from '../dev/develop';
import { startWeb } from '../forge/web/server';
import { buildUi } from './build';
import { isOver, progressLine, progressReader, type ImportProgress } from './progress';
import type { StartOptions } from './options';
import type { System } from './system';

/** Builds the Custom UI while the import runs, prints the address and the progress, and goes on until stopped. */
export async function serve(
  appDirectory: string,
  system: System,
  { port, locale, watch }: StartOptions,
): Promise<void> {
  const { host, bundleDirectory, bitbucket, polling } = system;
  const { viewers, pages, demo } = bitbucket;
  const began = Date.now();
  const reader = progressReader(system);
  let latest: ImportProgress | null = null;
  const installed = host.install();
  await buildUi(appDirectory);
  const [account, ...otherAccounts] = viewers.accounts;
  const web = await startWeb({
    host,
    appDirectory,
    port,
    account,
    otherAccounts,
    locale,
    ...pages,
    mayRead: viewers.mayRead,
    isRebuilt: watch,
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
            run: (key: string, repositoryUuid: string, pullRequestId: number | null) =>
              demo.run(key, repositoryUuid, pullRequestId, Date.now()),
          },
        }),
  });
  console.log(`Throughline is at ${web.url} (Ctrl-C stops it).`);
  if (watch) develop({ appDirectory, bundleDirectory, host, web, say: (line) => console.log(line) });
  await installed;
  if (polling !== null) {
    polling.start();
    console.log(
      `No events arrive here: each repository is asked for what is new every ${Math.ceil(polling.interval)} s, one request each time.`,
    );
  }
  for (latest = await reader.read(); !isOver(latest); latest = await reader.read()) {
    console.log(progressLine(latest));
    await new Promise((resolve) => setTimeout(resolve, reader.pause));
  }
  for (const failure of latest.failed) console.error(`The import failed: ${failure}`);
  console.log(
    `Complete: ${latest.pullRequests} pull requests of ${latest.complete} repositories, ` +
      `${Math.round((Date.now() - began) / 1000)} s after the start.`,
  );
}
