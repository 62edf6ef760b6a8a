/**
 * Documents that may grow past the largest value Forge takes: kept in parts, read whole, and written under a guard, so
 * that no reader sees parts of two writes and no writer loses another's.
 */
import { z } from 'zod';
import { allEnded } from '../concurrency/all-ended';
import { StorageConflict } from './errors';
import { createEntity, getMany, type ItemKey, type TransactionSet } from './forge-storage';

/** Forge takes values up to 240 KiB; a body that grows past this is split. */
export const MOST_CHARACTERS = 200_000;

/** A reader that meets a writer between two parts reads again, this often. */
const MOST_READS = 5;

const storedPart = z.object({
  version: z.number().int(),
  detail: z.object({ parts: z.number().int(), body: z.string() }),
});

/** Where the parts of one document are, and which attributes its rows have beside `version` and `detail`. */
export interface PartedAddress {
  readonly entityName: string;
  readonly keyOf: (part: number) => string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A document as it was read; `version` guards the write that follows, and is -1 where nobody wrote it yet. */
export interface PartedDocument {
  readonly version: number;
  readonly bodies: readonly string[];
}

/** The key of a document's first part, for a reader that batches it with other keys. */
export function firstPart({ entityName, keyOf }: PartedAddress): ItemKey {
  return { key: keyOf(0), entityName };
}

/** What a row says, where it is the first part of this document; `null` where it is a further one. */
export function firstPartBody(
  { keyOf }: PartedAddress,
  row: { readonly key: string; readonly value: unknown },
): string | null {
  return row.key === keyOf(0) ? storedPart.parse(row.value).detail.body : null;
}

/** Documents in the order of their addresses. `alreadyRead` holds first parts by key that need not be read again. */
export async function readDocuments(
  addresses: readonly PartedAddress[],
  alreadyRead: ReadonlyMap<string, unknown> = new Map(),
): Promise<readonly PartedDocument[]> {
  const missing = addresses.filter((address) => !alreadyRead.has(address.keyOf(0)));
  const read = await getMany(missing.map(firstPart));
  return allEnded(
    addresses.map((address) => {
      const first = address.keyOf(0);
      return complete(address, alreadyRead.get(first) ?? read.get(first));
    }),
  );
}

/** Adds the further parts; all carry the version of the write that made them. */
async function complete(address: PartedAddress, first: unknown): Promise<PartedDocument> {
  let head = first;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    if (head === undefined) return { version: -1, bodies: [] };
    const { version, detail } = storedPart.parse(head);
    const further = Array.from({ length: Math.max(0, detail.parts - 1) }, (_, index) => ({
      key: address.keyOf(index + 1),
      entityName: address.entityName,
    }));
    const rows = further.length === 0 ? new Map<string, unknown>() : await getMany(further);
    const parts = further.flatMap(({ key }) => (rows.has(key) ? [storedPart.parse(rows.get(key))] : []));
    if (parts.length === further.length && parts.every((part) => part.version === version)) {
      return { version, bodies: [detail.body, ...parts.map((part) => part.detail.body)] };
    }
    const again = firstPart(address);
    head = (await getMany([again])).get(again.key);
  }
  throw new StorageConflict('DOCUMENT_BUSY', 'a document changed while it was read');
}

/**
 * The writes that put `bodies` in the place of the document of `version`, to go into one transaction. One that nobody
 * wrote yet is created empty first, because how Forge judges a condition on a missing key is not documented.
 */
export async function documentWrites(
  address: PartedAddress,
  version: number,
  bodies: readonly string[],
): Promise<readonly TransactionSet[]> {
  const stored = version === -1 ? await createEmpty(address) : version;
  return bodies.map((body, part) => ({
    key: address.keyOf(part),
    entityName: address.entityName,
    value: row(address, stored + 1, part === 0 ? bodies.length : 1, body),
    // Only the first part guards: whoever changes a document writes it.
    ...(part === 0 ? { ifVersion: stored } : {}),
  }));
}

async function createEmpty(address: PartedAddress): Promise<number> {
  await createEntity(address.entityName, address.keyOf(0), row(address, 0, 1, ''));
  return 0;
}

function row({ attributes }: PartedAddress, version: number, parts: number, body: string): object {
  return { ...attributes, version, detail: { parts, body } };
}

/** The elements as as few bodies as the largest value allows; `encode` makes one of them from a run of elements. */
export function splitBodies<T>(
  elements: readonly T[],
  encode: (run: readonly T[]) => string,
): readonly string[] {
  const body = encode(elements);
  if (body.length <= MOST_CHARACTERS || elements.length < 2) return [body];
  const middle = Math.ceil(elements.length / 2);
  return [...splitBodies(elements.slice(0, middle), encode), ...splitBodies(elements.slice(middle), encode)];
}

/**
 * The bodies of a document that was stored in so many parts: one that shrinks keeps its parts, empty, so that nothing of
 * what was taken out of it stays in one that nobody reads.
 */
export function padded(bodies: readonly string[], parts: number): readonly string[] {
  return [...bodies, ...Array.from({ length: Math.max(0, parts - bodies.length) }, () => '')];
}
