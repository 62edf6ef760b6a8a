/** Keeps for a few minutes which repositories Bitbucket shows to somebody, so that not each look at a list asks again. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { digestOf } from './digest';
import { get, set } from './forge-storage';
import { key, type RepositoryId } from './keys';

/** A right that is taken away in Bitbucket is taken away here after so long. */
const KEPT_SECONDS = 600;

const storedPart = z.object({
  at: z.number().int(),
  repositories: z.array(z.string()),
  total: z.number().int().nullable(),
  isLast: z.boolean(),
});

/** A part of the list of all repositories of a workspace that somebody may see. */
export interface VisiblePart {
  readonly repositories: readonly RepositoryId[];
  /** How many the whole list has; `null` where Bitbucket did not say. */
  readonly total: number | null;
  readonly isLast: boolean;
}

/** Whose list it is: of the person and the workspace that Forge's context names. */
export interface Viewing {
  readonly workspaceUuid: string;
  readonly accountId: string;
}

/** `null` where it was not asked for lately. Forge may keep what has expired: its age is looked at. */
export async function readVisiblePart(
  viewing: Viewing,
  page: number,
  now: EpochSeconds,
): Promise<VisiblePart | null> {
  const stored = storedPart.safeParse(await get(keyOf(viewing, page)));
  if (!stored.success) return null;
  const age = now - stored.data.at;
  return age >= 0 && age < KEPT_SECONDS ? stored.data : null;
}

export function keepVisiblePart(
  viewing: Viewing,
  page: number,
  part: VisiblePart,
  now: EpochSeconds,
): Promise<void> {
  return set(keyOf(viewing, page), { ...part, at: now }, { unit: 'SECONDS', value: KEPT_SECONDS });
}

/** A digest, since account ids hold characters that keys refuse, and need not be stored. */
function keyOf({ workspaceUuid, accountId }: Viewing, page: number): string {
  return key.visibleRepositories(digestOf([workspaceUuid, accountId]), page);
}
