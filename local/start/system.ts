/** Puts the parts of a run together: workspace, Bitbucket stand-in, Forge host. */
import path from 'node:path';
import { startBitbucket, type Bitbucket } from '../bitbucket/server';
import { textOf } from '../bitbucket/values';
import { realClock } from '../forge/clock';
import { createForgeHost } from '../forge/host';
import type { ForgeHost } from '../forge/host-api';
import { readManifest } from '../forge/manifest';
import { buildApp } from './build';
import { openDataFolder } from './data-folder';
import { assertAskedFor, type StartOptions } from './options';
import { openSource, type OpenSource } from './source';
import { viewersOf, type Viewers } from './viewers';

/** Bitbucket's limit for workspaces of a thousand seats and more; nobody waits for a recording. */
const DEMO_REQUESTS_AN_HOUR = 10_000;
const RECORDING_REQUESTS_AN_HOUR = 10_000_000;

export interface System {
  readonly host: ForgeHost;
  readonly bitbucket: Bitbucket;
  readonly source: OpenSource;
  readonly viewers: Viewers;
  readonly repositoryUuids: readonly string[];
  /** Milliseconds: the instant that figures are computed for in a headless run. */
  readonly asOf: number;
  /** Rejects when a recorded file turns out to be unreadable; otherwise never settles. */
  readonly damaged: Promise<never>;
  close(): Promise<void>;
}

/** Throws UsageError, RecordingError or DatabaseInUseError for what the person who started this can mend. */
export async function startSystem(appDirectory: string, options: StartOptions): Promise<System> {
  assertAskedFor(options.without, readManifest(appDirectory).permissions.scopes);
  const data = openDataFolder(options, options.now ?? Date.now());
  const source = openSource(options, data);
  const asOf = options.now ?? Date.now();
  const clock = realClock({ startAt: asOf });
  const bundleDirectory = path.join(appDirectory, 'dist/functions');
  await buildApp(appDirectory, bundleDirectory);
  const { workspace } = source.workspace;
  const viewers = viewersOf(source);
  let unreadable: (error: Error) => void = () => undefined;
  const damaged = new Promise<never>((_, reject) => {
    unreadable = reject;
  });
  // Somebody may wait for it, or nobody: it must not end the process by itself.
  damaged.catch(() => undefined);
  const bitbucket = await startBitbucket({
    source: source.workspace,
    onRecordingError: (error) => unreadable(error),
    requestsPerHour: source.demo === null ? RECORDING_REQUESTS_AN_HOUR : DEMO_REQUESTS_AN_HOUR,
    clock,
    mayRead: viewers.mayRead,
    administers: viewers.administers,
  });
  let host: ForgeHost;
  try {
    host = await createForgeHost({
      appDirectory,
      bundleDirectory,
      databaseFile: data.databaseFile,
      bitbucketUrl: bitbucket.url,
      workspace: { uuid: workspace.uuid, slug: workspace.slug },
      clock,
      enforceRates: true,
      withoutScopes: options.without,
      ...(options.licence === null ? {} : { licence: options.licence }),
      runSchedules: options.exportTo === null,
    });
  } catch (error) {
    await bitbucket.close();
    throw error;
  }
  return {
    host,
    bitbucket,
    source,
    viewers,
    repositoryUuids: source.workspace
      .repositories()
      .flatMap((repository) => textOf(repository.repository(), 'uuid') ?? []),
    asOf,
    damaged,
    close: async () => {
      await host.close();
      await bitbucket.close();
      data.dispose();
    },
  };
}
