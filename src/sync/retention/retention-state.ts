/** How far the daily look for what is older than the workspace's retention is. */
import { z } from 'zod';

export const retentionState = z.object({
  startedAt: z.number().int(),
  /** Repositories are looked at by the first two digits of their id: so many of 256 are done; `null` between two looks. */
  place: z.number().int().nullable(),
  /** Removed by this look, and by the last one that came to its end. */
  removed: z.number().int(),
});

export type RetentionState = z.output<typeof retentionState>;

export function retentionBeginning(): RetentionState {
  return { startedAt: 0, place: null, removed: 0 };
}
