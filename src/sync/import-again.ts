/** Imports again on demand: one repository, or all of the workspace. Only for those who administer them. */
import { auditWrite, WORKSPACE_SCOPE, type Decision } from '../storage/audit';
import { transact } from '../storage/forge-storage';
import type { RepositoryId } from '../storage/keys';
import { isRecord, readRepositoryRecord } from '../storage/repositories';
import { readTask } from '../storage/tasks';
import { administersWorkspace } from './administration';
import { restartImport } from './create-tasks';
import { importState } from './import/import-state';
import { sendWork } from './messages';

/** An import takes hours of a small workspace's budget: not more often than this. */
const NOT_AGAIN_WITHIN_SECONDS = 3_600;

export type ImportAgain = 'begun' | 'not-allowed' | 'too-soon' | 'unknown';

/**
 * `scope` says what; the repository is the one that Forge's context names, and `by` administers it. For the whole
 * workspace they must administer that: Bitbucket is asked as the viewer.
 */
export async function importAgain(
  repository: RepositoryId,
  scope: 'repository' | 'workspace',
  { by, at }: Decision,
): Promise<ImportAgain> {
  const record = await readRepositoryRecord(repository);
  const task = await readTask(repository, 'pull-requests');
  if (!isRecord(record) || task === null) return 'unknown';
  const { workspaceUuid } = record;
  if (at - importState.parse(task.state).startedAt < NOT_AGAIN_WITHIN_SECONDS) return 'too-soon';
  if (scope === 'workspace' && !(await administersWorkspace(workspaceUuid))) return 'not-allowed';
  const entry = { at, by, what: 'importAgain', before: null, after: { scope } };
  await transact([auditWrite(scope === 'workspace' ? WORKSPACE_SCOPE : repository, entry)]);
  if (scope === 'repository') {
    await restartImport(repository, at);
    await sendWork({ version: 1, kind: 'run', workspaceUuid });
  } else {
    await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0, again: at });
  }
  return 'begun';
}
