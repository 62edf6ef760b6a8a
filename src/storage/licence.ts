/** What the schedule was told of the app's licence: a row that is written only when that changes. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { get, set } from './forge-storage';
import { key } from './keys';

const storedLicence = z.object({ isActive: z.boolean(), since: z.number().int() });

/** Whether the licence is active, and since when (epoch seconds). */
export type Licence = z.output<typeof storedLicence>;

/** `null` where it never was inactive: then there is no row. */
export async function readLicence(): Promise<Licence | null> {
  return parseLicence(await get(key.licence()));
}

/** The row, where it was read together with other things. */
export function parseLicence(row: unknown): Licence | null {
  return row === undefined ? null : storedLicence.parse(row);
}

export function saveLicence(licence: Licence): Promise<void> {
  return set(key.licence(), licence);
}

/** Since when nothing is read for want of a licence; `null` while it is active. */
export function inactiveSince(licence: Licence | null): EpochSeconds | null {
  return licence === null || licence.isActive ? null : licence.since;
}
