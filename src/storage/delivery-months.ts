/** Stores pipelines and deployments by month of their beginning, packed, so that a screen reads few documents. */
import { z } from 'zod';
import { PIPELINE_TARGETS, type DeploymentFacts, type PipelineFacts } from '../facts/delivery-facts';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { canonicalJson } from './canonical-json';
import { StorageConflict } from './errors';
import { queryEntity, transact, type ItemKey } from './forge-storage';
import { ENTITY, INDEX, key, type RepositoryId } from './keys';
import { monthOf } from './ledgers';
import { isPresentPacking, pack, unpack } from './packed';
import {
  documentWrites,
  firstPart,
  firstPartBody,
  padded,
  readDocuments,
  splitBodies,
  type PartedAddress,
} from './parted-documents';

const seconds = z.number().int();

const pipeline = z.object({
  number: z.number().int(),
  createdAt: seconds,
  completedAt: seconds.nullable(),
  durationSeconds: z.number().int().nullable(),
  queueSeconds: z.number().int().nullable(),
  result: z.string().nullable(),
  trigger: z.string().nullable(),
  target: z.enum(PIPELINE_TARGETS),
  pullRequest: z.number().int().nullable(),
});

const deployment = z.object({
  id: z.string(),
  environmentType: z.string().nullable(),
  environmentId: z.string().nullable(),
  startedAt: seconds,
  completedAt: seconds.nullable(),
  status: z.string().nullable(),
  isCompleted: z.boolean(),
  commit: z.string().nullable(),
  pipelineId: z.string().nullable(),
});

const element = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pipeline'), facts: pipeline }),
  z.object({ kind: z.literal('deployment'), facts: deployment }),
]);

type Element = z.output<typeof element>;

const body = z.object({ schema: z.literal(1), elements: z.array(element) });

export interface Delivery {
  readonly pipelines: readonly PipelineFacts[];
  readonly deployments: readonly DeploymentFacts[];
}

/** Writers of one repository seldom meet; more than this is a fault. */
const MOST_ATTEMPTS = 8;

/** The storage key of a month, for a reader that batches it with other keys. */
export function deliveryItem(repository: RepositoryId, month: string): ItemKey {
  return firstPart(addressOf(repository, month));
}

/** What is stored of these months. */
export async function readDelivery(
  repository: RepositoryId,
  months: readonly string[],
  alreadyRead: ReadonlyMap<string, unknown> = new Map(),
): Promise<Delivery> {
  const documents = await readDocuments(
    months.map((month) => addressOf(repository, month)),
    alreadyRead,
  );
  const elements = documents.flatMap(({ bodies }) => elementsOf(bodies));
  return {
    pipelines: elements
      .flatMap((each) => (each.kind === 'pipeline' ? [each.facts] : []))
      .sort((a, b) => a.number - b.number),
    deployments: elements
      .flatMap((each) => (each.kind === 'deployment' ? [each.facts] : []))
      .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)),
  };
}

/** Everything that is stored of a repository's delivery; one request more than there are 25s of months. */
export async function readWholeDelivery(repository: RepositoryId): Promise<Delivery> {
  const months = new Set<string>();
  const prefix = `${repository}:`;
  for await (const row of queryEntity(ENTITY.delivery, INDEX.byRepository, [repository])) {
    // A further part of a large month has the month's key and a number.
    const [month] = row.key.slice(prefix.length).split(':');
    if (month !== undefined) months.add(month);
  }
  return readDelivery(repository, [...months]);
}

/** Adds to the store, replacing what it knew of the same ones; returns how many were new or different. */
export async function saveDelivery(
  repository: RepositoryId,
  { pipelines, deployments }: Delivery,
): Promise<number> {
  const byMonth = new Map<string, Element[]>();
  const add = (at: number, each: Element): void => {
    const month = monthOf(at);
    byMonth.set(month, [...(byMonth.get(month) ?? []), each]);
  };
  for (const facts of pipelines) add(facts.createdAt, { kind: 'pipeline', facts });
  for (const facts of deployments) add(facts.startedAt, { kind: 'deployment', facts });
  let changed = 0;
  for (const [month, elements] of byMonth) changed += await saveMonth(repository, month, elements);
  return changed;
}

async function saveMonth(
  repository: RepositoryId,
  month: string,
  elements: readonly Element[],
): Promise<number> {
  const address = addressOf(repository, month);
  for (let attempt = 1; ; attempt += 1) {
    const [document] = await readDocuments([address]);
    const { version, bodies } = document ?? { version: -1, bodies: [] };
    const known = new Map(elementsOf(bodies).map((each) => [identity(each), each]));
    const changed = elements.filter(
      (each) => canonicalJson(known.get(identity(each))) !== canonicalJson(each),
    );
    if (changed.length === 0) return 0;
    for (const each of changed) known.set(identity(each), each);
    const sorted = [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    try {
      const next = padded(splitBodies(sorted, encode), bodies.length);
      await transact(await documentWrites(address, version, next));
      return changed.length;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/**
 * Takes what began before an instant out of a month; returns how many that were. Throws StorageConflict only where others
 * kept writing first.
 */
export async function dropFromDelivery(
  repository: RepositoryId,
  month: string,
  since: EpochSeconds,
): Promise<number> {
  const address = addressOf(repository, month);
  for (let attempt = 1; ; attempt += 1) {
    const [document] = await readDocuments([address]);
    const { version, bodies } = document ?? { version: -1, bodies: [] };
    const elements = elementsOf(bodies);
    const kept = elements.filter((each) => beginningOf(each) >= since);
    if (kept.length === elements.length) return 0;
    try {
      const next = padded(splitBodies(kept, encode), bodies.length);
      await transact(await documentWrites(address, version, next));
      return elements.length - kept.length;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

const ofMonth = z.object({ repository: z.string(), month: z.string() });

/** Writes the month that a row belongs to as it is packed now; as `rewriteOlderLedger`. Throws UnreadableText. */
export async function rewriteOlderMonth(row: {
  readonly key: string;
  readonly value: unknown;
}): Promise<boolean> {
  const { repository, month } = ofMonth.parse(row.value);
  const address = addressOf(repository, month);
  const body = firstPartBody(address, row);
  if (body === null || isPresentPacking(body)) return false;
  const [document] = await readDocuments([address]);
  if (document === undefined) return false;
  const { version, bodies } = document;
  const next = padded(splitBodies(elementsOf(bodies), encode), bodies.length);
  await transact(await documentWrites(address, version, next));
  return true;
}

function beginningOf(each: Element): EpochSeconds {
  return each.kind === 'pipeline' ? each.facts.createdAt : each.facts.startedAt;
}

function identity(each: Element): string {
  return each.kind === 'pipeline' ? `p${each.facts.number}` : `d${each.facts.id}`;
}

function encode(elements: readonly Element[]): string {
  return pack({ schema: 1, elements });
}

function elementsOf(bodies: readonly string[]): readonly Element[] {
  return bodies
    .filter((each) => each !== '')
    .flatMap((each) => unpack('a month of delivery', body, each).elements);
}

function addressOf(repository: RepositoryId, month: string): PartedAddress {
  return {
    entityName: ENTITY.delivery,
    keyOf: (part) => key.delivery(repository, month, part),
    attributes: { repository, month },
  };
}
