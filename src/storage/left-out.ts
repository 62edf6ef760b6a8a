/** Repositories that an admin left out: a mark in place of each one's record, and a list of them. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { get, queryPrefix, set, transact, type TransactionSet } from './forge-storage';
import { key, LEFT_OUT, type RepositoryId } from './keys';

/** Unlike the mark of a deleted repository it does not expire. */
export const storedLeaving = z.object({ workspaceUuid: z.string(), leftOutAt: z.number().int() });

/** That an admin left a repository out, and in which workspace (with braces) it is. */
export interface Leaving {
  readonly workspaceUuid: string;
  readonly leftOutAt: EpochSeconds;
}

/** Marks a repository as left out and lists it, together with `also`: all or nothing. */
export function markLeftOut(
  repository: RepositoryId,
  { workspaceUuid, leftOutAt }: Leaving,
  also: readonly TransactionSet[],
): Promise<void> {
  const value = { workspaceUuid, leftOutAt };
  return transact([
    { key: key.repository(repository), value },
    { key: key.leftOut(repository), value },
    ...also,
  ]);
}

/** Takes the mark away, together with `also`: the repository is then one that was never seen. */
export function unmarkLeftOut(repository: RepositoryId, also: readonly TransactionSet[]): Promise<void> {
  return transact(also, [key.repository(repository), key.leftOut(repository)]);
}

/** What the list says: who began before the mark may have written over the mark itself. `null` where it is not listed. */
export async function readLeaving(repository: RepositoryId): Promise<Leaving | null> {
  const stored = storedLeaving.safeParse(await get(key.leftOut(repository)));
  return stored.success ? stored.data : null;
}

/** Puts the mark back in its place. */
export function restoreMark(repository: RepositoryId, { workspaceUuid, leftOutAt }: Leaving): Promise<void> {
  return set(key.repository(repository), { workspaceUuid, leftOutAt });
}

/** All of a workspace that are left out. Eventually consistent. */
export async function listLeftOut(workspaceUuid: string): Promise<readonly RepositoryId[]> {
  const repositories: RepositoryId[] = [];
  for await (const row of queryPrefix(LEFT_OUT)) {
    const stored = storedLeaving.safeParse(row.value);
    if (stored.success && stored.data.workspaceUuid === workspaceUuid) {
      repositories.push(row.key.slice(LEFT_OUT.length));
    }
  }
  return repositories;
}
