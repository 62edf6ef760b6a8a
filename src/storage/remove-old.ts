/** Removes what of a repository ended before an instant, a limited amount at a time. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { dropFromDelivery } from './delivery-months';
import { queryEntityBelow, removeMany, type ItemKey } from './forge-storage';
import { ENTITY, INDEX, type RepositoryId } from './keys';
import { ledgerRows, monthOf, readLedgers, UNDATED_BUCKET } from './ledgers';
import { dropFromLedger, rowsOf } from './pull-requests';

/** Enough for a step of a few seconds: 20 requests. */
const MOST_AT_ONCE = 500;

export interface Removal {
  readonly removed: number;
  /** Nothing older is left. */
  readonly isDone: boolean;
}

/**
 * Removes pull requests, pipelines, deployments and pushes that ended or happened before an instant. Killed between two
 * requests, the next removal goes on: a pull request leaves its ledger first, and its own row, by which it is found,
 * last. `beforePullRequests` is called before the first of those goes.
 */
export async function removeOlder(
  repository: RepositoryId,
  since: EpochSeconds,
  beforePullRequests: () => Promise<void>,
): Promise<Removal> {
  const pullRequests = await removePullRequests(repository, since, beforePullRequests);
  if (pullRequests === MOST_AT_ONCE) return { removed: pullRequests, isDone: false };
  // These are found by their ledger, so here it is the last.
  const undated = await dropFromLedger(repository, UNDATED_BUCKET, since, async (ids) => {
    await beforePullRequests();
    await removeMany(ids.flatMap((id) => rowsOf(repository, id)));
  });
  const months = await removeDelivery(repository, since);
  const others: ItemKey[] = [];
  for (const entityName of [ENTITY.deployment, ENTITY.push]) {
    for await (const row of queryEntityBelow(entityName, INDEX.byRepository, [repository], since)) {
      others.push({ key: row.key, entityName });
      if (others.length === MOST_AT_ONCE) break;
    }
  }
  await removeMany(others);
  return {
    removed: pullRequests + undated.length + months + others.length,
    isDone: others.length < MOST_AT_ONCE,
  };
}

const closedRow = z.object({ number: z.number().int(), closedAt: z.number().int() });

async function removePullRequests(
  repository: RepositoryId,
  since: EpochSeconds,
  before: () => Promise<void>,
): Promise<number> {
  const found: z.output<typeof closedRow>[] = [];
  for await (const row of queryEntityBelow(ENTITY.pullRequest, INDEX.byClosing, [repository], since)) {
    found.push(closedRow.parse(row.value));
    if (found.length === MOST_AT_ONCE) break;
  }
  if (found.length > 0) await before();
  for (const month of new Set(found.map(({ closedAt }) => monthOf(closedAt)))) {
    if (month === monthOf(since)) await dropFromLedger(repository, month, since);
    else await removeLedger(repository, month);
  }
  await removeMany(found.flatMap(({ number }) => rowsOf(repository, number)));
  return found.length;
}

async function removeLedger(repository: RepositoryId, month: string): Promise<void> {
  const ledger = (await readLedgers(repository, [month])).get(month);
  if (ledger !== undefined) await removeMany(ledgerRows(repository, ledger));
}

const monthRow = z.object({ month: z.string() });

/** Whole months, and what is too old in the one in which the instant lies; returns how many rows and elements. */
async function removeDelivery(repository: RepositoryId, since: EpochSeconds): Promise<number> {
  const boundary = monthOf(since);
  const older: ItemKey[] = [];
  // A month's name is followed by nothing: whatever is less than the boundary's is older.
  for await (const row of queryEntityBelow(ENTITY.delivery, INDEX.byRepository, [repository], boundary)) {
    if (monthRow.parse(row.value).month < boundary) older.push({ key: row.key, entityName: ENTITY.delivery });
  }
  await removeMany(older);
  return older.length + (await dropFromDelivery(repository, boundary, since));
}
