/** Keeps for a few minutes that somebody is an administrator, so that a settings page need not ask for each of its parts. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { digestOf } from './digest';
import { get, set } from './forge-storage';
import { key, type RepositoryId } from './keys';

/** Whoever loses the right in Bitbucket can read the settings, not change them, for so long. */
const KEPT_SECONDS = 600;

const storedProof = z.object({ at: z.number().int() });

/** Who administers what: a repository, or the workspace where none is named. */
export interface Administering {
  readonly accountId: string;
  readonly workspaceUuid: string;
  readonly repository: RepositoryId | null;
}

/** Whether it was proved lately. Forge may keep what has expired: its age is looked at. */
export async function isProvenAdministrator(who: Administering, now: EpochSeconds): Promise<boolean> {
  const stored = storedProof.safeParse(await get(keyOf(who)));
  if (!stored.success) return false;
  const age = now - stored.data.at;
  return age >= 0 && age < KEPT_SECONDS;
}

export function keepAdministrator(who: Administering, now: EpochSeconds): Promise<void> {
  return set(keyOf(who), { at: now }, { unit: 'SECONDS', value: KEPT_SECONDS });
}

/** A digest, as of the repositories that somebody may see. */
function keyOf({ accountId, workspaceUuid, repository }: Administering): string {
  return key.administrator(digestOf(['administrator', workspaceUuid, repository, accountId]));
}
