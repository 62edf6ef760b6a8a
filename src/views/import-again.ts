/** Begins an import on demand, and says in a sentence what comes of it. */
import type { RepositoryId } from '../storage/keys';
import { importAgain, type ImportAgain } from '../sync/import-again';
import type { ImportAgainAnswer, ImportScope } from './contract';

const SENTENCES: Readonly<Record<Exclude<ImportAgain, 'unknown'>, string>> = {
  begun: 'The import begins again. What is shown stays until it is replaced.',
  'not-allowed': 'Only an administrator in Bitbucket can begin an import.',
  'too-soon': 'The last import began less than an hour ago. Try again later.',
};

/** `null` where nothing is stored of the repository. */
export async function importAgainOf(
  repository: RepositoryId,
  scope: ImportScope,
  now: number,
): Promise<ImportAgainAnswer | null> {
  const outcome = await importAgain(repository, scope, now);
  return outcome === 'unknown' ? null : { hasBegun: outcome === 'begun', message: SENTENCES[outcome] };
}
