/** Leaves a repository out on an admin's word, and takes it back in. */
import { auditWrite, WORKSPACE_SCOPE, type Decision } from '../storage/audit';
import type { TransactionSet } from '../storage/forge-storage';
import { withoutBraces, type RepositoryId } from '../storage/keys';
import { markLeftOut, readLeaving, restoreMark, unmarkLeftOut } from '../storage/left-out';
import { purgeData } from '../storage/purge';
import { readRepositoryRecord, removeTasks, type RepositoryHome } from '../storage/repositories';
import { sendLive } from './messages';
import { REMOVAL_DELAY_SECONDS } from './repository-record';

/** Forge ends the longest function after so long: what began before the mark has ended then. */
const LONGEST_FUNCTION_SECONDS = 900;

/**
 * Nothing of the repository is collected or shown from now on, and what is stored of it is removed: once no trigger
 * that began before writes any more, and once no import does. What admins decided for it stays. Nothing happens where
 * it is left out already.
 */
export async function leaveOut(home: RepositoryHome, decision: Decision): Promise<void> {
  if (home.isLeftOut) return;
  const { workspaceUuid } = home;
  const repository = withoutBraces(home.uuid);
  // Before the mark, without which they do nothing: so none can be missing.
  const message = { version: 1, kind: 'remove-left-out', workspaceUuid, repository } as const;
  await sendLive(message, REMOVAL_DELAY_SECONDS);
  await sendLive(message, LONGEST_FUNCTION_SECONDS);
  const leaving = { workspaceUuid, leftOutAt: decision.at };
  await markLeftOut(repository, leaving, entriesOf(repository, false, decision));
  await removeTasks(repository);
}

/** The repository is then one that is seen for the first time. Nothing happens where it takes part already. */
export async function takeBackIn(home: RepositoryHome, decision: Decision): Promise<void> {
  if (!home.isLeftOut) return;
  const { workspaceUuid } = home;
  const repository = withoutBraces(home.uuid);
  await unmarkLeftOut(repository, entriesOf(repository, true, decision));
  // Were it lost, the daily list of repositories would find it.
  await sendLive({ version: 1, kind: 'refresh-repository', workspaceUuid, repository });
}

/**
 * Removes what is stored of a repository, if it is left out still, as much of it as a minute has units for; tells
 * whether nothing is left to remove.
 */
export async function removeLeftOut(repository: RepositoryId): Promise<boolean> {
  const leaving = await readLeaving(repository);
  if (leaving === null || (await readRepositoryRecord(repository)) === 'removed') return true;
  // A reading of the repository that was under way may have written its record over the mark.
  await restoreMark(repository, leaving);
  return (await purgeData(repository)).isDone;
}

/** For both lists: of the repository, and of the workspace. */
function entriesOf(
  repository: RepositoryId,
  takesPart: boolean,
  { by, at }: Decision,
): readonly TransactionSet[] {
  const change = { at, by, what: 'takesPart' };
  return [
    auditWrite(repository, { ...change, before: !takesPart, after: takesPart }),
    auditWrite(WORKSPACE_SCOPE, {
      ...change,
      before: { repositoryId: repository, takesPart: !takesPart },
      after: { repositoryId: repository, takesPart },
    }),
  ];
}
