/** Whether the viewer administers what they want to change: Bitbucket is asked as that user, and nobody else is believed. */
import { countAdministered, countRepositories } from '../bitbucket/repositories';
import { UNCOUNTED, VIEWER } from '../bitbucket/requests';
import type { StoredRepository } from '../storage/repositories';
import { spending } from './budgeted-caller';

/** Throws BitbucketError where Bitbucket does not say. */
export async function administersRepository({
  workspaceUuid,
  uuid,
}: Pick<StoredRepository, 'workspaceUuid' | 'uuid'>): Promise<boolean> {
  return (await countAdministered(VIEWER, workspaceUuid, uuid)) >= 1;
}

/**
 * Whoever administers every repository administers the workspace: who its owners are, Bitbucket tells an app only with
 * a further permission. All repositories are counted at this moment, as the app: against an older number somebody could
 * create as many of their own. Without `keepsCount` nothing is stored of that request. Throws BitbucketError where
 * Bitbucket does not say.
 */
export async function administersWorkspace(workspaceUuid: string, keepsCount = true): Promise<boolean> {
  const administered = await countAdministered(VIEWER, workspaceUuid, null);
  if (administered === 0) return false;
  const all = keepsCount
    ? await spending('live', (caller) => countRepositories(caller, workspaceUuid))
    : await countRepositories(UNCOUNTED, workspaceUuid);
  return all !== null && administered >= all;
}
