/** Ledgers: the facts of one repository by month of closing, packed so that a panel reads few documents. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { z } from 'zod';
import { transact, type ItemKey, type TransactionSet } from './forge-storage';
import { ENTITY, key, type RepositoryId } from './keys';
import { decodeLedger, encodeLedger, isPresentSchema } from './ledger-codec';
import {
  documentWrites,
  firstPart,
  firstPartBody,
  padded,
  readDocuments,
  splitBodies,
  type PartedAddress,
} from './parted-documents';

/** The ledger of open pull requests, and of closed ones whose closing instant nothing tells. */
export const OPEN_BUCKET = 'open';
export const UNDATED_BUCKET = 'undated';

/** One ledger as it was read; `version` guards the write that follows. */
export interface Ledger {
  readonly bucket: string;
  readonly version: number;
  /** In how many parts it is stored. */
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

/** The UTC month of an instant, such as `2026-11`. */
export function monthOf(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}

/** The storage key of a ledger's first part, for a reader that batches it with other keys. */
export function ledgerItem(repository: RepositoryId, bucket: string): ItemKey {
  return firstPart(addressOf(repository, bucket));
}

/** Ledgers by bucket; a bucket that nobody wrote is an empty ledger of version -1. Throws UnreadableLedger. */
export async function readLedgers(
  repository: RepositoryId,
  buckets: readonly string[],
  alreadyRead: ReadonlyMap<string, unknown> = new Map(),
): Promise<ReadonlyMap<string, Ledger>> {
  const documents = await readDocuments(
    buckets.map((bucket) => addressOf(repository, bucket)),
    alreadyRead,
  );
  const ledgers = new Map<string, Ledger>();
  for (const [index, bucket] of buckets.entries()) {
    const { version, bodies } = documents[index] ?? { version: -1, bodies: [] };
    const facts = bodies.filter((body) => body !== '').flatMap((body) => decodeLedger(body));
    ledgers.set(bucket, {
      bucket,
      version,
      parts: bodies.length,
      facts: new Map(facts.map((each) => [each.id, each])),
    });
  }
  return ledgers;
}

/** The writes that put `facts` in the place of what `ledger` holds, guarded by its version. */
export function ledgerWrites(
  repository: RepositoryId,
  ledger: Ledger,
  facts: ReadonlyMap<number, PullRequestFacts>,
): Promise<readonly TransactionSet[]> {
  const sorted = [...facts.values()].sort((a, b) => a.id - b.id);
  return documentWrites(
    addressOf(repository, ledger.bucket),
    ledger.version,
    padded(splitBodies(sorted, encodeLedger), ledger.parts),
  );
}

const ofLedger = z.object({ repository: z.string(), bucket: z.string() });

/**
 * Writes the ledger that a row belongs to in the present schema, where an earlier release wrote it; tells whether it
 * did. All parts of a ledger are of one write, so its first tells. Throws UnreadableLedger, and StorageConflict where
 * somebody wrote it meanwhile, in the present schema then.
 */
export async function rewriteOlderLedger(row: {
  readonly key: string;
  readonly value: unknown;
}): Promise<boolean> {
  const { repository, bucket } = ofLedger.parse(row.value);
  const body = firstPartBody(addressOf(repository, bucket), row);
  if (body === null || isPresentSchema(body)) return false;
  const ledger = (await readLedgers(repository, [bucket])).get(bucket);
  if (ledger === undefined) return false;
  await transact(await ledgerWrites(repository, ledger, ledger.facts));
  return true;
}

/** The keys of everything that is stored of a ledger. */
export function ledgerRows(repository: RepositoryId, { bucket, parts }: Ledger): readonly ItemKey[] {
  const { entityName, keyOf } = addressOf(repository, bucket);
  return Array.from({ length: parts }, (_, part) => ({ key: keyOf(part), entityName }));
}

function addressOf(repository: RepositoryId, bucket: string): PartedAddress {
  return {
    entityName: ENTITY.ledger,
    keyOf: (part) => key.ledger(repository, bucket, part),
    attributes: { repository, bucket },
  };
}
