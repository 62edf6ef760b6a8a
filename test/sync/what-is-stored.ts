/** What the store says of a repository, to compare two histories of it. */
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { readDelivery } from '../../src/storage/delivery-months';
import { ENTITY, type RepositoryId } from '../../src/storage/keys';
import { monthsBetween } from '../../src/storage/ledgers';
import { isRecord, readRepositoryRecord } from '../../src/storage/repositories';
import { readWholeRepository } from '../../src/storage/repository-view';
import type { InProcessApp } from '../in-process-app';

const DAYS_OF_DELIVERY = 800;

/** Without what only events can know, and without when it was read. */
export interface Stored {
  readonly facts: readonly Omit<PullRequestFacts, 'withdrawnApprovals'>[];
  readonly delivery: unknown;
  readonly directPushes: readonly string[];
  readonly slug: string | null;
}

/** `now` in milliseconds. */
export async function whatIsStored(
  app: InProcessApp,
  repository: RepositoryId,
  now: number,
): Promise<Stored> {
  const { facts } = await readWholeRepository(repository);
  const record = await readRepositoryRecord(repository);
  const months = monthsBetween(now / 1000 - DAYS_OF_DELIVERY * 86_400, now / 1000);
  const pushes = app.app.store
    .dump()
    .filter(({ entityName, value }) => entityName === ENTITY.push && isDirect(value))
    .map(({ key }) => key)
    .sort();
  return {
    facts: facts.toSorted((a, b) => a.id - b.id).map(({ withdrawnApprovals: _, ...rest }) => rest),
    delivery: await readDelivery(repository, months),
    directPushes: pushes,
    slug: isRecord(record) ? record.slug : null,
  };
}

/** The demo pushes to its main branch only what belongs to no pull request; merges have other events. */
function isDirect(value: unknown): boolean {
  const row = value as { readonly kind: string; readonly detail: { readonly origin: string } };
  return row.kind === 'default' && row.detail.origin !== 'merge';
}
