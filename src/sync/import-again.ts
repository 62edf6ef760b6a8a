/** Imports again on demand: one repository, or all of the workspace. Only for those who administer them. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import { readRepositoryRecord } from '../storage/repositories';
import { readTask } from '../storage/tasks';
import { administersRepository, administersWorkspace } from './administration';
import { restartImport } from './create-tasks';
import { importState } from './import/import-state';
import { sendWork } from './messages';

/** An import takes hours of a small workspace's budget: not more often than this. */
const NOT_AGAIN_WITHIN_SECONDS = 3_600;

export type ImportAgain = 'begun' | 'not-allowed' | 'too-soon' | 'unknown';

/** `scope` says what; the repository is the one that Forge's context names. Bitbucket is asked as the viewer. */
export async function importAgain(
  repository: RepositoryId,
  scope: 'repository' | 'workspace',
  now: EpochSeconds,
): Promise<ImportAgain> {
  const record = await readRepositoryRecord(repository);
  const task = await readTask(repository, 'pull-requests');
  if (record === null || record === 'removed' || task === null) return 'unknown';
  const { workspaceUuid } = record;
  if (now - importState.parse(task.state).startedAt < NOT_AGAIN_WITHIN_SECONDS) return 'too-soon';
  const mayImport =
    scope === 'repository' ? await administersRepository(record) : await administersWorkspace(workspaceUuid);
  if (!mayImport) return 'not-allowed';
  if (scope === 'repository') {
    await restartImport(repository, now);
    await sendWork({ version: 1, kind: 'run', workspaceUuid });
  } else {
    await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0, again: now });
  }
  return 'begun';
}
