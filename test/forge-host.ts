/** Starts the app on the local Forge host for a test: built once, on a clock that never waits. */
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBitbucket, type Bitbucket, type BitbucketOptions } from '../local/bitbucket/server';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import { buildFunctions } from '../local/forge/build-functions';
import { virtualClock, type VirtualClock } from '../local/forge/clock';
import { createForgeHost } from '../local/forge/host';
import type { ForgeHost } from '../local/forge/host-api';

export const appDirectory = path.resolve(__dirname, '..');

let built: Promise<string> | null = null;

/** The functions' bundle: the one that THROUGHLINE_BUNDLE names (CI tests Atlassian's own), else esbuild's. */
export function bundleDirectory(): Promise<string> {
  built ??= (async () => {
    const named = process.env.THROUGHLINE_BUNDLE;
    if (named !== undefined && named !== '') {
      const folder = path.resolve(appDirectory, named);
      if (!existsSync(folder)) throw new Error(`THROUGHLINE_BUNDLE names ${folder}, which does not exist.`);
      return folder;
    }
    const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-functions-'));
    await buildFunctions({ appDirectory, outputDirectory: folder });
    return folder;
  })();
  return built;
}

export interface TestHost {
  readonly host: ForgeHost;
  readonly bitbucket: Bitbucket;
  readonly clock: VirtualClock;
  close(): Promise<void>;
}

/** Who may see and administer which repository; what is absent, everyone may. */
export type Access = Pick<BitbucketOptions, 'mayRead' | 'administers'>;

/** `startAt` in milliseconds; the store is in memory unless a file is named. */
export async function startTestHost(
  source: WorkspaceSource,
  startAt: number,
  databaseFile = ':memory:',
  access: Access = {},
): Promise<TestHost> {
  const clock = virtualClock(startAt);
  const bitbucket = await startBitbucket({ source, clock, ...access });
  const host = await createForgeHost({
    appDirectory,
    bundleDirectory: await bundleDirectory(),
    databaseFile,
    bitbucketUrl: bitbucket.url,
    workspace: source.workspace,
    clock,
  });
  return {
    host,
    bitbucket,
    clock,
    close: async () => {
      await host.close();
      await bitbucket.close();
    },
  };
}
