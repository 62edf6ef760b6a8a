/**
 * `npm run keep-store`: keeps a store as this release leaves it in the middle of its work, for `test/upgrades.test.ts` of
 * every later release. Once a release, before its version is raised; a file that is there is kept as it is.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { nowInSeconds } from '../src/runtime/clock';
import { keepRefreshRequest } from '../src/storage/inbox';
import { withoutBraces } from '../src/storage/keys';
import { startInProcessApp } from '../test/in-process-app';
import {
  figuresOf,
  filesOf,
  keptRepository,
  keptWorkspace,
  liveUntil,
  writeKept,
  type KeptStore,
} from '../test/kept-stores/kept-store';
import { eventsAt, neighbour } from '../test/neighbour';
import { createDemoWorkspace } from './demo/demo-workspace';

const HOUR = 3_600_000;
const TAKEN_AT = Date.UTC(2026, 10, 21, 12);

/** A tenth of what the import takes, so that it is in its middle. */
const REQUESTS_PER_HOUR = 40;

/** The smallest of the demo: sixty pull requests, with deployments and all that happens in a year. */
const DEMO_REPOSITORY = 'infrastructure';

const packageJson = z.object({ version: z.string() });

async function main(): Promise<void> {
  const { version } = packageJson.parse(
    JSON.parse(readFileSync(path.resolve(__dirname, '../package.json'), 'utf8')),
  );
  const files = filesOf(version);
  if (existsSync(files.store)) {
    console.error(
      `The store of release ${version} is kept already. Raise the version in package.json first.`,
    );
    process.exitCode = 2;
    return;
  }
  const clock = { now: TAKEN_AT - HOUR };
  Date.now = (): number => clock.now;
  const home = neighbour({ word: 'amber', digits: '0a3be7c1' }, 2, TAKEN_AT);
  const demo = createDemoWorkspace({ endsAt: clock.now })
    .repositories()
    .filter((each) => each.repository().slug === DEMO_REPOSITORY);
  const repositories = [...home.source.repositories(), ...demo].map(keptRepository);
  const kept: Omit<KeptStore, 'rows' | 'queue'> = {
    release: version,
    takenAt: TAKEN_AT,
    figuresAt: TAKEN_AT + 48 * HOUR,
    workspace: home.source.workspace,
    repositories,
  };
  const workspace = keptWorkspace({ ...kept, rows: [], queue: [] });
  const forge = await startInProcessApp(workspace, { requestsPerHour: REQUESTS_PER_HOUR });
  try {
    forge.app.clock.time = clock.now;
    await forge.install();
    await forge.drain();
    await liveUntil(forge, clock, TAKEN_AT);
    for (const event of eventsAt(TAKEN_AT - 60_000)) await forge.emit(home.told(event));
    for (const uuid of home.repositoryUuids) await keepRefreshRequest(withoutBraces(uuid), 3, nowInSeconds());
    const rows = forge.app.store.dump();
    const queue = [...forge.queue];
    await forge.drain();
    await liveUntil(forge, clock, kept.figuresAt);
    writeKept({ ...kept, rows, queue }, await figuresOf(workspace, kept.figuresAt));
    console.log(
      `Kept ${rows.length} rows and ${queue.length} messages of release ${version}: ` +
        `${path.relative(process.cwd(), files.store)}, ${statSync(files.store).size} bytes.`,
    );
  } finally {
    await forge.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
