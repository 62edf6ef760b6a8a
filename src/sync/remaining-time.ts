/** Estimates how long an import or a recount still takes, from the pace it has had; the budget sets that pace. */
import type { ImportProgress } from './import/import-progress';

/** Seconds; `null` when it is done, or while there is nothing to go by. */
export function remainingSeconds(
  progress: Pick<ImportProgress, 'state' | 'done' | 'expected' | 'startedAt' | 'updatedAt'>,
): number | null {
  const { state, done, expected, startedAt, updatedAt } = progress;
  const elapsed = updatedAt - startedAt;
  if (state !== 'importing' || expected === null || done === 0 || elapsed <= 0) return null;
  return Math.ceil((elapsed / done) * Math.max(0, expected - done));
}
