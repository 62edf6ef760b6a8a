/** What must hold in the store at every moment, whatever failed. */
import type { RepositoryId } from '../../src/storage/keys';
import { readPullRequests } from '../../src/storage/pull-requests';
import { readWholeRepository } from '../../src/storage/repository-view';

/** Of these pull requests, those that are stored stand in exactly one ledger each, as their facts do; and no others. */
export async function expectLedgersToBeFacts(
  repository: RepositoryId,
  ids: readonly number[],
): Promise<void> {
  const stored = await readPullRequests(repository, ids);
  const { facts } = await readWholeRepository(repository);
  const inOrder = [...stored.values()].map((each) => each.facts).toSorted((a, b) => a.id - b.id);
  expect(facts.toSorted((a, b) => a.id - b.id)).toEqual(inOrder);
}
