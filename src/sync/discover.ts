/** Finds the workspace's repositories, a page at a time, and gives each new one its work. */
import { readRepositoryPage } from '../bitbucket/repositories';
import type { Caller } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { mapLimited } from '../concurrency/map-limited';
import { withoutBraces, type RepositoryId } from '../storage/keys';
import { noteDiscovery, readDiscoveryState, saveDiscovery } from '../storage/repositories';
import { readTask } from '../storage/tasks';
import { restartImport } from './create-tasks';
import { importState } from './import/import-state';
import { sendWork, type WorkMessage } from './messages';
import { admitRepository } from './repository-record';

/** Repositories that are stored at the same time. */
const WRITERS = 5;

/** Between two pages: a hundred new repositories are some 450 of the 4,000 write units that Forge has in a minute. */
const PAGE_SECONDS = 20;

/** One page of the workspace's repositories, the most recently updated first; the next page gets its own message. */
export async function discoverRepositories(
  caller: Caller,
  workspaceUuid: string,
  { next, found, again }: Pick<Extract<WorkMessage, { kind: 'discover' }>, 'next' | 'found' | 'again'>,
  now: EpochSeconds,
): Promise<void> {
  const page = await readRepositoryPage(caller, workspaceUuid, next);
  const admissions = await mapLimited(page.values, WRITERS, ({ uuid, slug, defaultBranch, updatedAt }) =>
    admitRepository(
      withoutBraces(uuid),
      { workspaceUuid, uuid, slug, defaultBranch, readAt: now },
      updatedAt === null ? 0 : Math.floor(updatedAt / 1000),
      now,
    ),
  );
  if (again !== undefined) {
    await mapLimited(page.values, WRITERS, ({ uuid }) => restartOlder(withoutBraces(uuid), again, now));
  }
  const repositories = found + admissions.filter((admission) => admission !== 'left-out').length;
  if (page.next === null) await saveDiscovery({ at: now, repositories });
  else {
    await noteDiscovery(await readDiscoveryState(), now);
    await sendWork(
      {
        version: 1,
        kind: 'discover',
        workspaceUuid,
        next: page.next,
        found: repositories,
        ...(again === undefined ? {} : { again }),
      },
      PAGE_SECONDS,
    );
  }
  // The first page brings what was updated lately; whoever works meanwhile finds what the others bring.
  if (next === null || page.next === null) await sendWork({ version: 1, kind: 'run', workspaceUuid });
}

/** The message may come twice, and pages overlap: what began since it was asked for is left alone. */
async function restartOlder(repository: RepositoryId, again: EpochSeconds, now: EpochSeconds): Promise<void> {
  const task = await readTask(repository, 'pull-requests');
  if (task !== null && importState.parse(task.state).startedAt < again) await restartImport(repository, now);
}
