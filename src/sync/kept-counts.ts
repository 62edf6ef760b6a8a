/** When a count over the whole workspace is good for another look, so that few looks count and no two at once. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';

/** Screens ask every few seconds; a count reads a page of rows for each hundred repositories, several times over. */
const KEPT_SECONDS = 60;

/**
 * A count of 5,000 takes up to an eighth of the 4,000 units that Forge reads in a minute for everybody, and is then good
 * for ten minutes.
 */
const REPOSITORIES_A_KEEPING = 500;

/** Older ones are not shown, not even while somebody counts. */
const MOST_SECONDS = 3_600;

/** Forge ends a screen's function after so long: whoever began to count before that has ended. */
const COUNTING_SECONDS = 25;

/** What every kept count has: when it was counted, and when somebody began to count anew. */
export const keptCount = z.object({
  at: z.number().int(),
  countingSince: z.number().int().optional(),
});

/** Instants in epoch seconds. */
export type KeptCount = z.output<typeof keptCount>;

/** Whether a kept count is shown as it is; the more repositories were counted, the longer. */
export function isGood({ at, countingSince }: KeptCount, repositories: number, now: EpochSeconds): boolean {
  const isBeingCounted = countingSince !== undefined && isWithin(countingSince, COUNTING_SECONDS, now);
  const keptSeconds = Math.min(
    MOST_SECONDS,
    Math.max(KEPT_SECONDS, (KEPT_SECONDS * repositories) / REPOSITORIES_A_KEEPING),
  );
  return isWithin(at, isBeingCounted ? MOST_SECONDS : keptSeconds, now);
}

function isWithin(since: EpochSeconds, seconds: number, now: EpochSeconds): boolean {
  return now - since >= 0 && now - since < seconds;
}
