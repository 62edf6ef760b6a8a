/** What the settings page's look at the whole workspace is made from, and what of it is kept between two looks. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { get, queryPrefix, set } from './forge-storage';
import { key, LAST_EVENTS } from './keys';
import { storedLastEvent, storedRepository, type StoredRepository } from './repositories';

/** When an event of any repository last led to a reading; `null` where never. A request for each 100 repositories. */
export async function readLatestEvent(): Promise<EpochSeconds | null> {
  let latest: EpochSeconds | null = null;
  for await (const { value } of queryPrefix(LAST_EVENTS)) {
    const stored = storedLastEvent.safeParse(value);
    if (stored.success) latest = Math.max(latest ?? 0, stored.data.at);
  }
  return latest;
}

/** Any repository that is stored and not marked; `null` where there is none. Eventually consistent. */
export async function anyRepository(): Promise<StoredRepository | null> {
  for await (const { value } of queryPrefix(key.repository(''))) {
    const stored = storedRepository.safeParse(value);
    if (stored.success) return stored.data;
  }
  return null;
}

/** What was counted of the workspace's connection for a screen, kept for a while. */
export function readKeptConnection(): Promise<unknown> {
  return get(key.workspaceConnection());
}

export function keepConnection(counts: object): Promise<void> {
  return set(key.workspaceConnection(), counts, { unit: 'HOURS', value: 1 });
}

const storedCheck = z.object({
  /** When Bitbucket was last asked. */
  at: z.number().int(),
  /** By permission; those that nothing was learned of are absent. */
  verdicts: z.record(z.string(), z.object({ isGranted: z.boolean(), at: z.number().int() })),
});

/** What asking Bitbucket told of the app's permissions; instants in epoch seconds. */
export type PermissionCheck = z.output<typeof storedCheck>;

/** `null` where nobody asked yet. */
export async function readPermissionCheck(): Promise<PermissionCheck | null> {
  const stored = storedCheck.safeParse(await get(key.permissionCheck()));
  return stored.success ? stored.data : null;
}

export function savePermissionCheck(check: PermissionCheck): Promise<void> {
  return set(key.permissionCheck(), check);
}
