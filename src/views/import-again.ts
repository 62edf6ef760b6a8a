/** Begins an import on demand, and says what comes of it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { importAgain } from '../sync/import-again';
import type { ImportAgainAnswer, ImportScope } from './contract';
import type { RepositoryPlace } from './places';

/** `null` where nothing is stored of the repository. */
export async function importAgainOf(
  { repository, accountId }: RepositoryPlace,
  scope: ImportScope,
  now: EpochSeconds,
): Promise<ImportAgainAnswer | null> {
  const outcome = await importAgain(repository, scope, { by: accountId, at: now });
  return outcome === 'unknown' ? null : { outcome };
}
