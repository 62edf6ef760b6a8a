/** Imports history: finds the workspace's repositories, then reads each one's pull requests a page at a time. */
import { readPullRequestPage, readRepositoryPage } from '../bitbucket/bitbucket';
import { mapLimited } from '../concurrency/map-limited';
import { NOTHING_OBSERVED } from '../facts/observations';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { readObservations } from '../storage/observations';
import { savePullRequests, type ReadFacts } from '../storage/pull-requests';
import { readImport, saveDiscovered, saveImport, type StoredImport } from '../storage/repositories';
import { sendImport } from './messages';
import { readFacts } from './read-facts';
import { admitRepository, knownRepository } from './repository-record';

/** Pull requests read at the same time: Bitbucket answers in about 0.2 s, and more would crowd out live events. */
const READERS = 6;

/** One page of the workspace's repositories; each new one gets its record and its import, the next page its message. */
export async function discoverRepositories(
  workspaceUuid: string,
  next: string | null,
  now: EpochSeconds,
): Promise<void> {
  const page = await readRepositoryPage(workspaceUuid, next);
  for (const { uuid, slug, defaultBranch } of page.values) {
    await admitRepository(
      withoutBraces(uuid),
      { workspaceUuid, uuid, slug, defaultBranch, readAt: now },
      now,
    );
  }
  if (page.next === null) await saveDiscovered(now);
  else await sendImport([{ version: 1, kind: 'discover', workspaceUuid, next: page.next }]);
}

/** Whether the repository's import has more to do. */
export type ImportStep = 'more' | 'done';

/**
 * One page of a repository's pull requests, newest first, and the cursor saved after it: killed anywhere, the same
 * page is read again and stores the same facts.
 */
export async function importPage(
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<ImportStep> {
  const record = await knownRepository(workspaceUuid, repository, now);
  if (record === 'removed') return 'done';
  const task = (await readImport(repository)) ?? beginning(now);
  if (task.state === 'complete') return 'done';

  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  const page = await readPullRequestPage(address, task.next);
  const observations = await readObservations(
    repository,
    page.values.map((pullRequest) => pullRequest.id),
  );
  const reads = await mapLimited(page.values, READERS, (pullRequest): Promise<ReadFacts> => {
    return readFacts(address, pullRequest, observations.get(pullRequest.id) ?? NOTHING_OBSERVED, now);
  });
  await savePullRequests(repository, reads);
  await saveImport(repository, {
    state: page.next === null ? 'complete' : 'importing',
    next: page.next,
    expected: page.size ?? task.expected,
    stored: task.stored + page.values.length,
    startedAt: task.state === 'waiting' ? now : task.startedAt,
    updatedAt: now,
    reason: page.refused > 0 ? `${page.refused} pull requests of a page could not be read` : task.reason,
  });
  return page.next === null ? 'done' : 'more';
}

/** Marks an import that was given up, with the reason that the screen shows. */
export async function failImport(repository: RepositoryId, reason: string, now: EpochSeconds): Promise<void> {
  const task = (await readImport(repository)) ?? beginning(now);
  await saveImport(repository, { ...task, state: 'failed', updatedAt: now, reason });
}

function beginning(now: EpochSeconds): StoredImport {
  return {
    state: 'waiting',
    next: null,
    expected: null,
    stored: 0,
    startedAt: now,
    updatedAt: now,
    reason: null,
  };
}
