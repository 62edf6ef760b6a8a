/** Begins a recount on demand. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { livedIn } from '../../metrics/closing';
import type { Window } from '../../metrics/figures';
import type { RepositoryId } from '../../storage/keys';
import { readRepositoryView } from '../../storage/repository-view';
import { readTask, restartTask } from '../../storage/tasks';
import { importProgress } from '../import/import-progress';
import { sendWork } from '../messages';
import { recountBeginning } from './recount-state';

/** `unread`: the import has not come to the window's beginning, so there is nothing to compare with. */
export type RecountBeginning = 'begun' | 'running' | 'unread' | 'unknown';

/** One recount of a repository at a time. */
export async function beginRecount(
  repository: RepositoryId,
  window: Window,
  now: EpochSeconds,
): Promise<RecountBeginning> {
  const { record, importTask, facts } = await readRepositoryView(repository, window.from, now);
  if (record === null || importTask === null) return 'unknown';
  const running = await readTask(repository, 'recount');
  if (running !== null && running.queue !== 'idle') return 'running';
  const { readSince } = importProgress(importTask);
  if (readSince === null || readSince > window.from) return 'unread';
  const known = facts
    .filter((each) => livedIn(each, window))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
  // Somebody waits for it: before what only was updated lately.
  await restartTask(
    repository,
    'recount',
    { queue: 'recent', rank: -now },
    recountBeginning(window, known, now),
  );
  await sendWork({ version: 1, kind: 'run', workspaceUuid: record.workspaceUuid });
  return 'begun';
}
