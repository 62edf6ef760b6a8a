/** Puts the parts of a run together: Bitbucket or its stand-in, and the Forge host. */
import path from 'node:path';
import { realClock } from '../forge/clock';
import { createForgeHost } from '../forge/host';
import type { ForgeHost } from '../forge/host-api';
import { readManifest } from '../forge/manifest';
import { standInSide, type BitbucketSide, type Polling } from './bitbucket-side';
import { buildApp } from './build';
import { openDataFolder } from './data-folder';
import { lookAtBitbucket } from './live-side';
import { assertAskedFor, type StartOptions } from './options';

export interface System {
  readonly host: ForgeHost;
  /** Where the functions were built, and the host finds them. */
  readonly bundleDirectory: string;
  readonly bitbucket: BitbucketSide;
  /** Looking for what is new where no events arrive; `null` where they do. */
  readonly polling: Polling | null;
  /** Milliseconds: the instant that figures are computed for in a headless run. */
  readonly asOf: number;
  close(): Promise<void>;
}

/**
 * Throws UsageError, RecordingError, DatabaseInUseError or LiveRefusal for what the person who started this can mend,
 * and before anything is built, as far as it shows then.
 */
export async function startSystem(appDirectory: string, options: StartOptions): Promise<System> {
  assertAskedFor(options.without, readManifest(appDirectory).permissions.scopes);
  const { live } = options;
  const lookedAt = live === null ? null : await lookAtBitbucket(live, process.env);
  const data = openDataFolder(options, options.now ?? Date.now());
  const asOf = options.now ?? Date.now();
  const clock = realClock({ startAt: asOf });
  const bitbucket = lookedAt?.(data, options.poll) ?? (await standInSide(options, data, clock));
  const bundleDirectory = path.join(appDirectory, 'dist/functions');
  let host: ForgeHost;
  try {
    await buildApp(appDirectory, bundleDirectory);
    host = await createForgeHost({
      appDirectory,
      bundleDirectory,
      databaseFile: data.databaseFile,
      bitbucketUrl: bitbucket.url,
      ...(bitbucket.door === undefined ? {} : { bitbucketDoor: bitbucket.door }),
      workspace: bitbucket.workspace,
      clock,
      enforceRates: true,
      withoutScopes: options.without,
      ...(options.licence === null ? {} : { licence: options.licence }),
      // An import from Bitbucket waits for the next hour of the limit, and the schedule goes on with it then.
      runSchedules: options.exportTo === null || live !== null,
    });
  } catch (error) {
    await bitbucket.close();
    throw error;
  }
  const polling = bitbucket.polling?.(host) ?? null;
  return {
    host,
    bundleDirectory,
    bitbucket,
    polling,
    asOf,
    close: async () => {
      polling?.close();
      await host.close();
      await bitbucket.close();
      data.dispose();
    },
  };
}
