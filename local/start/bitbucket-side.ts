/** Bitbucket's side of a run: the stand-in on a demo or a recording, or the real one. */
import { startBitbucket } from '../bitbucket/server';
import type { RequestLog } from '../bitbucket/request-log';
import { textOf } from '../bitbucket/values';
import type { BitbucketDoor } from '../forge/bitbucket-gateway';
import type { ForgeHost, HostClock, Workspace } from '../forge/host-api';
import type { WebOptions } from '../forge/web/server';
import type { DataFolder } from './data-folder';
import type { StartOptions } from './options';
import { openSource, type RecordedDemo } from './source';
import { viewersOf, type Viewers } from './viewers';
import { pullRequestLines, repositoryCards } from './workspace-cards';

/** Bitbucket's limit for workspaces of a thousand seats and more; nobody waits for a recording. */
const DEMO_REQUESTS_AN_HOUR = 10_000;
const RECORDING_REQUESTS_AN_HOUR = 10_000_000;

export interface BitbucketSide {
  /** Origin of the stand-in or of Bitbucket. */
  readonly url: string;
  /** The host's door in place of its own; absent: the stand-in is asked. */
  readonly door?: BitbucketDoor;
  readonly workspace: Workspace;
  readonly repositoryUuids: readonly string[];
  readonly requests: Pick<RequestLog, 'total' | 'byEndpoint'>;
  /** As Bitbucket's answers name it; `null` where nobody has to wait for the next hour. */
  readonly requestsPerHour: () => number | null;
  readonly viewers: Viewers;
  /** What the pages around the app list. */
  readonly pages: Required<Pick<WebOptions, 'repositories' | 'pullRequests' | 'dataFrom'>>;
  /** `null` where nothing can be done to the workspace from here. */
  readonly demo: RecordedDemo | null;
  /** Looking for what is new where no events arrive; `null` where they do. */
  readonly polling: ((host: ForgeHost) => Polling) | null;
  /** Rejects when a recorded file turns out to be unreadable; otherwise never settles. */
  readonly damaged: Promise<never>;
  close(): Promise<void>;
}

export interface Polling {
  /** Seconds between two looks at a repository. */
  readonly interval: number;
  start(): void;
  /** Looks at everything once; tells how many events were sent. */
  lookAtAll(): Promise<number>;
  close(): void;
}

/** Throws UsageError or RecordingError. */
export async function standInSide(
  options: StartOptions,
  data: DataFolder,
  clock: HostClock,
): Promise<BitbucketSide> {
  const source = openSource(options, data);
  const { workspace } = source;
  const viewers = viewersOf(source);
  let unreadable: (error: Error) => void = () => undefined;
  const damaged = new Promise<never>((_, reject) => {
    unreadable = reject;
  });
  // Somebody may wait for it, or nobody: it must not end the process by itself.
  damaged.catch(() => undefined);
  const bitbucket = await startBitbucket({
    source: workspace,
    onRecordingError: (error) => unreadable(error),
    requestsPerHour: source.demo === null ? RECORDING_REQUESTS_AN_HOUR : DEMO_REQUESTS_AN_HOUR,
    clock,
    mayRead: viewers.mayRead,
    administers: viewers.administers,
  });
  return {
    url: bitbucket.url,
    workspace: { uuid: workspace.workspace.uuid, slug: workspace.workspace.slug },
    repositoryUuids: workspace
      .repositories()
      .flatMap((repository) => textOf(repository.repository(), 'uuid') ?? []),
    requests: bitbucket.requests,
    requestsPerHour: () => null,
    viewers,
    pages: {
      dataFrom: 'local stand-in',
      repositories: () => Promise.resolve(repositoryCards(workspace)),
      pullRequests: (repositoryUuid) => pullRequestLines(workspace, repositoryUuid),
    },
    demo: source.demo,
    polling: null,
    damaged,
    close: () => bitbucket.close(),
  };
}
