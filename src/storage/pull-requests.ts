/** Stores the facts of pull requests together with the ledgers that repeat them: both or neither. */
import { z } from 'zod';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { factsWithout } from '../facts/without-accounts';
import { canonicalJson } from './canonical-json';
import { StorageConflict } from './errors';
import {
  MOST_OPERATIONS,
  getEntity,
  getMany,
  removeMany,
  transact,
  type ItemKey,
  type TransactionSet,
} from './forge-storage';
import { storedFacts } from './facts-schema';
import { ENTITY, key, type RepositoryId } from './keys';
import { bucketOf, ledgerWrites, readLedgers } from './ledgers';
import { isKept, keptSince } from './retention';
import { parseSettings, SETTINGS_ITEM } from './workspace-settings';

/** Facts and the instant at which Bitbucket was asked for them. */
export interface ReadFacts {
  readonly facts: PullRequestFacts;
  readonly readAt: EpochSeconds;
  /** The source commit (12 digits) that its commits and diffstat are of; `null` or absent where it is not known. */
  readonly head?: string | null;
}

/** Bitbucket abbreviates hashes to 12 digits where it refers to commits. */
const HASH_LENGTH = 12;

/** A commit as `head` names it. */
export function headOf(commit: string | null): string | null {
  return commit?.slice(0, HASH_LENGTH) ?? null;
}

const storedPullRequest = z.object({
  state: z.string(),
  closedAt: z.number().int().optional(),
  readAt: z.number().int(),
  /** `head` is absent where a version without it wrote the row. */
  detail: z.object({
    schema: z.literal(1).default(1),
    facts: z.unknown(),
    head: z.string().nullable().default(null),
  }),
});

type StoredPullRequest = z.output<typeof storedPullRequest>;

/** What may be replaced: facts that were read earlier, or nothing, where only a list was read. */
export type Overwrite = 'older' | 'nothing';

/** Writers of one repository wait for each other, so a conflict is rare; more than this is a fault. */
const MOST_ATTEMPTS = 8;

/**
 * Whether what was read at `readAt` holds what happened by `at` (all epoch seconds). One in the same second may have come
 * before it, and one from the future was dated by a clock that was ahead: when it really was is unknown.
 */
export function isReadSince(at: EpochSeconds, readAt: EpochSeconds, now: EpochSeconds): boolean {
  return readAt > at && readAt <= now;
}

/** When Bitbucket was last asked for this pull request; `null` where never. */
export async function pullRequestReadAt(repository: RepositoryId, id: number): Promise<EpochSeconds | null> {
  const stored = await getEntity(ENTITY.pullRequest, key.pullRequest(repository, id));
  return stored === undefined ? null : storedPullRequest.parse(stored).readAt;
}

/** The stored facts of these pull requests; those of which nothing is stored are absent. */
export async function readPullRequests(
  repository: RepositoryId,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ReadFacts>> {
  const rows = await getMany(
    ids.map((id) => ({ key: key.pullRequest(repository, id), entityName: ENTITY.pullRequest })),
  );
  const found = new Map<number, ReadFacts>();
  for (const id of ids) {
    const row = rows.get(key.pullRequest(repository, id));
    if (row === undefined) continue;
    const { readAt, detail } = storedPullRequest.parse(row);
    found.set(id, { facts: storedFacts.parse(detail.facts), readAt, head: detail.head });
  }
  return found;
}

/**
 * Stores facts unless newer ones are there (or any, with `overwrite` of `nothing`), and moves each pull request to the
 * ledger it belongs in now. What ended longer ago than the workspace's retention is not stored, and removed where it is
 * there. Any number, in transactions of at most 25 writes: killed between two, the rest is as before. Throws
 * StorageConflict only where others kept writing first.
 */
export async function savePullRequests(
  repository: RepositoryId,
  reads: readonly ReadFacts[],
  overwrite: Overwrite = 'older',
): Promise<void> {
  const byBucket = reads.toSorted((a, b) => (bucketOf(a.facts) < bucketOf(b.facts) ? -1 : 1));
  let waiting: readonly ReadFacts[] = byBucket;
  for (let attempt = 1; waiting.length > 0;) {
    try {
      const taken = await saveSome(repository, waiting, overwrite);
      waiting = waiting.slice(taken);
      attempt = 1;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
      attempt += 1;
    }
  }
}

/** Stores as many from the front as one transaction holds; returns how many. */
async function saveSome(
  repository: RepositoryId,
  reads: readonly ReadFacts[],
  overwrite: Overwrite,
): Promise<number> {
  // The settings are read in the same request.
  const candidates = reads.slice(0, MOST_OPERATIONS - 1);
  const items = candidates.map(({ facts }) => ({
    key: key.pullRequest(repository, facts.id),
    entityName: ENTITY.pullRequest,
  }));
  const stored = await getMany([...items, SETTINGS_ITEM]);
  const settings = parseSettings(stored.get(SETTINGS_ITEM.key));
  const previous = new Map<number, StoredPullRequest>();
  for (const { facts } of candidates) {
    const row = stored.get(key.pullRequest(repository, facts.id));
    if (row !== undefined) previous.set(facts.id, storedPullRequest.parse(row));
  }

  const buckets = new Set<string>();
  let taken = 0;
  for (const { facts } of candidates) {
    const before = previous.get(facts.id);
    const touched = new Set([...buckets, bucketOf(facts), ...(before ? [storedBucket(before)] : [])]);
    if (taken + 1 + touched.size > MOST_OPERATIONS) break;
    for (const bucket of touched) buckets.add(bucket);
    taken += 1;
  }

  const kept = candidates.slice(0, taken).map((read) => withKnownSizes(read, previous.get(read.facts.id)));
  const isStored = ({ facts, readAt }: ReadFacts): boolean => isKept(facts, keptSince(settings, readAt));
  const chosen = kept.filter((read) => {
    const { facts, readAt } = read;
    const before = previous.get(facts.id);
    if (before === undefined) return isStored(read);
    if (overwrite === 'nothing' || before.readAt > readAt) return false;
    return !isStored(read) || !sameFacts(before.detail.facts, facts);
  });
  if (chosen.length === 0) return taken;
  const writes = [
    ...chosen.filter(isStored).map((read) => pullRequestWrite(repository, read)),
    ...(await ledgerChanges(repository, [...buckets], chosen, { previous, isStored })),
  ];
  if (writes.length > 0) await transact(writes);
  const ended = chosen.filter((read) => !isStored(read)).map(({ facts }) => facts.id);
  await removeMany(ended.flatMap((id) => rowsOf(repository, id)));
  return taken;
}

/** The rows of a pull request beside its ledger. */
export function rowsOf(repository: RepositoryId, id: number): readonly ItemKey[] {
  const rowKey = key.pullRequest(repository, id);
  return [ENTITY.pullRequest, ENTITY.observation].map((entityName) => ({ key: rowKey, entityName }));
}

/** A reading without the diffstat does not unread what an earlier one has of a pull request closed since. */
function withKnownSizes(read: ReadFacts, before: StoredPullRequest | undefined): ReadFacts {
  if (before === undefined || read.facts.coverage.diffstat || before.state === 'OPEN') return read;
  const known = storedFacts.parse(before.detail.facts);
  if (!known.coverage.diffstat) return read;
  const { linesAdded, linesRemoved, filesChanged } = known;
  const coverage = { ...read.facts.coverage, diffstat: true };
  return { ...read, facts: { ...read.facts, linesAdded, linesRemoved, filesChanged, coverage } };
}

async function ledgerChanges(
  repository: RepositoryId,
  buckets: readonly string[],
  chosen: readonly ReadFacts[],
  {
    previous,
    isStored,
  }: {
    readonly previous: ReadonlyMap<number, StoredPullRequest>;
    readonly isStored: (read: ReadFacts) => boolean;
  },
): Promise<readonly TransactionSet[]> {
  const ledgers = await readLedgers(repository, buckets);
  const writes: TransactionSet[] = [];
  for (const ledger of ledgers.values()) {
    const facts = new Map(ledger.facts);
    let changed = false;
    for (const read of chosen) {
      const before = previous.get(read.facts.id);
      if (before && storedBucket(before) === ledger.bucket) changed = facts.delete(read.facts.id) || changed;
      if (bucketOf(read.facts) !== ledger.bucket || !isStored(read)) continue;
      facts.set(read.facts.id, read.facts);
      changed = true;
    }
    if (changed) writes.push(...(await ledgerWrites(repository, ledger, facts)));
  }
  return writes;
}

/** Fewer than a transaction holds: a ledger may have several parts. */
const CHANGED_AT_ONCE = 20;

/**
 * Takes people out of a ledger and out of the facts that it repeats, some pull requests at a time; tells whether it
 * named one of them. Throws StorageConflict only where others kept writing first.
 */
export async function eraseInLedger(
  repository: RepositoryId,
  bucket: string,
  closed: ReadonlySet<string>,
): Promise<boolean> {
  let hasErased = false;
  for (let attempt = 1; ;) {
    const ledger = (await readLedgers(repository, [bucket])).get(bucket);
    const named = [...(ledger?.facts.values() ?? [])]
      .filter((facts) => factsWithout(facts, closed) !== facts)
      .slice(0, CHANGED_AT_ONCE);
    if (ledger === undefined || named.length === 0) return hasErased;
    const without = new Map(named.map((facts) => [facts.id, factsWithout(facts, closed)]));
    const rows = await getMany(
      named.map(({ id }) => ({ key: key.pullRequest(repository, id), entityName: ENTITY.pullRequest })),
    );
    const writes = [...without.values()].flatMap((facts) => {
      const row = rows.get(key.pullRequest(repository, facts.id));
      if (row === undefined) return [];
      const { readAt, detail } = storedPullRequest.parse(row);
      return pullRequestWrite(repository, { facts, readAt, head: detail.head });
    });
    try {
      await transact([
        ...writes,
        ...(await ledgerWrites(repository, ledger, new Map([...ledger.facts, ...without]))),
      ]);
      hasErased = true;
      attempt = 1;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
      attempt += 1;
    }
  }
}

/**
 * Takes pull requests of a repository that ended before an instant out of a ledger, after `first` was done for them;
 * returns which. Their own rows are left to the caller. Throws StorageConflict only where others kept writing first.
 */
export async function dropFromLedger(
  repository: RepositoryId,
  bucket: string,
  since: EpochSeconds,
  first: (ids: readonly number[]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly number[]> {
  for (let attempt = 1; ; attempt += 1) {
    const ledger = (await readLedgers(repository, [bucket])).get(bucket);
    if (ledger === undefined) return [];
    const kept = new Map([...ledger.facts].filter(([, facts]) => isKept(facts, since)));
    const dropped = [...ledger.facts.keys()].filter((id) => !kept.has(id));
    if (dropped.length === 0) return [];
    await first(dropped);
    try {
      await transact(await ledgerWrites(repository, ledger, kept));
      return dropped;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

function storedBucket(stored: StoredPullRequest): string {
  return bucketOf({ state: stored.state, closedAt: stored.closedAt ?? null });
}

/** Compared as the store keeps them: Forge gives an object's fields back, not their order. */
function sameFacts(stored: unknown, facts: PullRequestFacts): boolean {
  return canonicalJson(stored) === canonicalJson(facts);
}

function pullRequestWrite(
  repository: RepositoryId,
  { facts, readAt, head = null }: ReadFacts,
): TransactionSet {
  return {
    key: key.pullRequest(repository, facts.id),
    entityName: ENTITY.pullRequest,
    value: {
      repository,
      number: facts.id,
      state: facts.state,
      ...(facts.authorId === null ? {} : { author: facts.authorId }),
      openedAt: facts.openedAt,
      ...(facts.closedAt === null ? {} : { closedAt: facts.closedAt }),
      lastActivityAt: facts.lastActivityAt ?? facts.openedAt,
      readAt,
      detail: { schema: 1, facts, head },
    },
  };
}
