/** Ledgers: the facts of one repository by month of closing, packed so that a panel reads few documents. */
import { z } from 'zod';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { allEnded } from '../concurrency/all-ended';
import { StorageConflict } from './errors';
import { createEntity, getMany, type TransactionSet } from './forge-storage';
import { ENTITY, key, type RepositoryId } from './keys';
import { decodeLedger, encodeLedger } from './ledger-codec';

/** The ledger of open pull requests, and of closed ones whose closing instant nothing tells. */
export const OPEN_BUCKET = 'open';
export const UNDATED_BUCKET = 'undated';

/** Forge takes values up to 240 KiB; a part that grows past this is split in two. */
const MOST_CHARACTERS = 200_000;

/** A reader that meets a writer between two parts reads again, this often. */
const MOST_READS = 5;

const storedLedger = z.object({
  version: z.number().int(),
  detail: z.object({ parts: z.number().int(), body: z.string() }),
});

/** One ledger as it was read; `version` guards the write that follows. */
export interface Ledger {
  readonly bucket: string;
  readonly version: number;
  readonly parts: number;
  readonly facts: ReadonlyMap<number, PullRequestFacts>;
}

/** Which ledger holds these facts: `open`, the UTC month of closing such as `2026-11`, or `undated`. */
export function bucketOf(facts: { readonly state: string; readonly closedAt: EpochSeconds | null }): string {
  if (facts.state === 'OPEN') return OPEN_BUCKET;
  return facts.closedAt === null ? UNDATED_BUCKET : monthOf(facts.closedAt);
}

/** The months from one instant to another, both included. */
export function monthsBetween(from: EpochSeconds, to: EpochSeconds): readonly string[] {
  const months: string[] = [];
  const last = monthOf(to);
  const date = new Date(from * 1000);
  for (let month = monthOf(from); month <= last;) {
    months.push(month);
    date.setUTCMonth(date.getUTCMonth() + 1, 1);
    month = monthOf(date.getTime() / 1000);
  }
  return months;
}

function monthOf(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}

/** The storage key of a ledger's first part, for a reader that batches it with other keys. */
export function ledgerItem(repository: RepositoryId, bucket: string): { key: string; entityName: string } {
  return { key: key.ledger(repository, bucket, 0), entityName: ENTITY.ledger };
}

/** Ledgers by bucket; a bucket that nobody wrote is an empty ledger of version -1. Throws UnreadableLedger. */
export async function readLedgers(
  repository: RepositoryId,
  buckets: readonly string[],
  alreadyRead: ReadonlyMap<string, unknown> = new Map(),
): Promise<ReadonlyMap<string, Ledger>> {
  const missing = buckets.filter((bucket) => !alreadyRead.has(key.ledger(repository, bucket, 0)));
  const read = await getMany(missing.map((bucket) => ledgerItem(repository, bucket)));
  const ledgers = await allEnded(
    buckets.map((bucket) => {
      const firstKey = key.ledger(repository, bucket, 0);
      return completeLedger(repository, bucket, alreadyRead.get(firstKey) ?? read.get(firstKey));
    }),
  );
  return new Map(ledgers.map((ledger) => [ledger.bucket, ledger]));
}

/** Adds the further parts that a very large month has; all parts carry the version of the write that made them. */
async function completeLedger(repository: RepositoryId, bucket: string, first: unknown): Promise<Ledger> {
  let head = first;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    if (head === undefined) return { bucket, version: -1, parts: 0, facts: new Map() };
    const { version, detail } = storedLedger.parse(head);
    const further = Array.from({ length: Math.max(0, detail.parts - 1) }, (_, index) => ({
      key: key.ledger(repository, bucket, index + 1),
      entityName: ENTITY.ledger,
    }));
    const rest = further.length === 0 ? [] : [...(await getMany(further)).values()];
    const parts = rest.map((part) => storedLedger.parse(part));
    if (parts.length === further.length && parts.every((part) => part.version === version)) {
      const bodies = [detail.body, ...parts.map((part) => part.detail.body)];
      const facts = bodies.filter((body) => body !== '').flatMap((body) => decodeLedger(body));
      return { bucket, version, parts: detail.parts, facts: new Map(facts.map((each) => [each.id, each])) };
    }
    const again = ledgerItem(repository, bucket);
    head = (await getMany([again])).get(again.key);
  }
  throw new StorageConflict('LEDGER_BUSY', 'a ledger changed while it was read');
}

/**
 * The writes that put `facts` in the place of what `ledger` holds, guarded by its version. A ledger that nobody wrote
 * yet is created empty first, because how Forge judges a condition on a missing key is not documented.
 */
export async function ledgerWrites(
  repository: RepositoryId,
  ledger: Ledger,
  facts: ReadonlyMap<number, PullRequestFacts>,
): Promise<readonly TransactionSet[]> {
  const stored = ledger.version === -1 ? await createEmpty(repository, ledger.bucket) : ledger.version;
  const bodies = split([...facts.values()]);
  const version = stored + 1;
  return bodies.map((body, part) => ({
    key: key.ledger(repository, ledger.bucket, part),
    entityName: ENTITY.ledger,
    value: row(repository, ledger.bucket, version, part === 0 ? bodies.length : 1, body),
    // Only the first part guards: whoever changes a ledger writes it.
    ...(part === 0 ? { ifVersion: stored } : {}),
  }));
}

async function createEmpty(repository: RepositoryId, bucket: string): Promise<number> {
  const item = ledgerItem(repository, bucket);
  await createEntity(ENTITY.ledger, item.key, row(repository, bucket, 0, 1, ''));
  return 0;
}

function row(
  repository: RepositoryId,
  bucket: string,
  version: number,
  parts: number,
  body: string,
): { repository: string; bucket: string; version: number; detail: { parts: number; body: string } } {
  return { repository, bucket, version, detail: { parts, body } };
}

function split(facts: readonly PullRequestFacts[]): readonly string[] {
  const body = encodeLedger(facts);
  if (body.length <= MOST_CHARACTERS || facts.length < 2) return [body];
  const sorted = facts.toSorted((a, b) => a.id - b.id);
  const middle = Math.ceil(sorted.length / 2);
  return [...split(sorted.slice(0, middle)), ...split(sorted.slice(middle))];
}
