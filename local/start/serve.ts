/** Serves the panel in a page like Bitbucket's, and tells how far the import is. */
import { textOf } from '../bitbucket/values';
import type { RepositorySource } from '../bitbucket/workspace-source';
import { startWeb } from '../forge/web/server';
import { buildUi } from './build';
import { isOver, ProgressReader, progressLine, type ImportProgress } from './progress';
import type { System } from './system';

/** The person who looks: an account that no figure counts. */
const VIEWER = { accountId: '712020:00000000-0000-4000-8000-0000000000ff', displayName: 'You' };

const POLL_MILLISECONDS = 2_000;

/** Builds the Custom UI while the import runs, prints the address and the progress, and goes on until stopped. */
export async function serve(appDirectory: string, system: System, port: number): Promise<void> {
  const { host, source, repositoryUuids } = system;
  const began = Date.now();
  const reader = new ProgressReader(host, repositoryUuids);
  let latest: ImportProgress | null = null;
  const installed = host.install();
  await buildUi(appDirectory);
  const { demo } = source;
  const web = await startWeb({
    host,
    appDirectory,
    port,
    account: VIEWER,
    repositories: () => Promise.resolve(cards(source)),
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

interface Card {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly openPullRequests: readonly { readonly id: number; readonly title: string }[];
}

/** A recording's open pull requests are not listed: finding them would read all of its files. */
function cards({ workspace, demo }: System['source']): readonly Card[] {
  return workspace.repositories().map((repository) => {
    const card = cardOf(repository);
    return demo === null ? card : { ...card, openPullRequests: openPullRequestsOf(repository) };
  });
}

function cardOf(repository: RepositorySource): Card {
  const answer = repository.repository();
  return {
    uuid: textOf(answer, 'uuid') ?? '',
    slug: textOf(answer, 'slug') ?? '',
    name: textOf(answer, 'name') ?? '',
    openPullRequests: [],
  };
}

function openPullRequestsOf(repository: RepositorySource): Card['openPullRequests'] {
  return repository.pullRequestIds().flatMap((id) => {
    const pullRequest = repository.pullRequest(id);
    if (pullRequest?.state !== 'OPEN') return [];
    return [{ id, title: textOf(pullRequest, 'title') ?? '' }];
  });
}
