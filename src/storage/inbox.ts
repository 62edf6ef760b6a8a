/** The inbox: every event once, what was refused and why, and what could not be handled. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { countPrefix, create, get, getMany, queryPrefix, remove, removeMany, set } from './forge-storage';
import { DEAD_LETTERS, key, REFUSED_EVENTS, refreshPrefix, type RepositoryId } from './keys';

/** Events are evidence, not the truth: after a quarter of a year nobody asks for them. */
const EVENT_LIFETIME = { unit: 'DAYS', value: 90 } as const;

const receipt = z.object({ receivedAt: z.number().int() });

/** The first receipt of an event, in epoch seconds, and whether this call was it. */
export interface Receipt {
  readonly isNew: boolean;
  readonly receivedAt: EpochSeconds;
}

/** Records a slim event under its digest, once; a redelivery is told the instant of the first receipt. */
export async function recordEvent(
  repository: RepositoryId,
  digest: string,
  event: object,
  receivedAt: EpochSeconds,
): Promise<Receipt> {
  const eventKey = key.event(repository, digest);
  if (await create(eventKey, { ...event, receivedAt }, EVENT_LIFETIME)) return { isNew: true, receivedAt };
  const first = receipt.safeParse(await get(eventKey));
  return { isNew: false, receivedAt: first.success ? first.data.receivedAt : receivedAt };
}

/** An event that does not fit its schema: which field, and why, without the payload's text. */
export interface Refusal {
  readonly eventType: string;
  readonly path: string;
  readonly reason: string;
  readonly receivedAt: EpochSeconds;
}

/** Records a refusal, once for each event. */
export async function recordRefusal(digest: string, refusal: Refusal): Promise<void> {
  await create(key.refused(digest), refusal, EVENT_LIFETIME);
}

/** Work that was given up, for an admin to see and replay. */
export interface DeadLetter {
  readonly message: object;
  readonly cause: string;
  readonly reason: string;
  readonly attempts: number;
  readonly at: EpochSeconds;
}

export async function recordDeadLetter(digest: string, letter: DeadLetter): Promise<void> {
  await set(key.deadLetter(digest), letter, EVENT_LIFETIME);
}

const storedLetter = z.object({
  message: z.unknown(),
  cause: z.string(),
  reason: z.string(),
  attempts: z.number().int(),
  at: z.number().int(),
});

/** A dead letter as it is kept; what is in `message` is parsed by whoever sends it again. */
export interface KeptDeadLetter extends z.output<typeof storedLetter> {
  /** The digest under which it was recorded. */
  readonly id: string;
}

/** A storm of failures must not take a screen's time: so many are read or counted, ten requests. */
export const MOST_COUNTED = 1_000;

/** Up to MOST_COUNTED of them, in no order. Eventually consistent. */
export async function readDeadLetters(): Promise<readonly KeptDeadLetter[]> {
  const letters: KeptDeadLetter[] = [];
  for await (const { key: where, value } of queryPrefix(DEAD_LETTERS)) {
    letters.push({ id: where.slice(DEAD_LETTERS.length), ...storedLetter.parse(value) });
    if (letters.length === MOST_COUNTED) break;
  }
  return letters;
}

const DIGEST = /^[0-9a-f]{32}$/;

/** Those of the ids that are there, in the order asked for. Strictly consistent. */
export async function readDeadLettersById(ids: readonly string[]): Promise<readonly KeptDeadLetter[]> {
  const digests = [...new Set(ids)].filter((id) => DIGEST.test(id));
  const rows = await getMany(digests.map((id) => ({ key: key.deadLetter(id) })));
  return digests.flatMap((id) => {
    const row = rows.get(key.deadLetter(id));
    return row === undefined ? [] : [{ id, ...storedLetter.parse(row) }];
  });
}

/** Removes them; absent ones are fine. */
export function removeDeadLetters(ids: readonly string[]): Promise<void> {
  return removeMany(ids.map((id) => ({ key: key.deadLetter(id) })));
}

const refreshRequest = z.object({
  requestedAt: z.number().int(),
  /** No message serves it: the next comparison of the repository does. */
  isLeft: z.boolean().default(false),
});

/** A request older than this has lost its message: Forge drops what it could not deliver within a day. */
const REQUEST_LIFETIME_SECONDS = 24 * 60 * 60;

/** Whether a refresh of this pull request waits already: it will read what another would. */
export async function isRefreshRequested(
  repository: RepositoryId,
  id: number,
  now: EpochSeconds,
): Promise<boolean> {
  // Forge may still show an expired value for two days, so its own age decides.
  const earlier = refreshRequest.safeParse(await get(key.refresh(repository, id)));
  return earlier.success && now - earlier.data.requestedAt < REQUEST_LIFETIME_SECONDS;
}

/** Notes that a refresh was asked for: after its message was sent, since a note without a message would silence the rest. */
export function noteRefreshRequest(repository: RepositoryId, id: number, now: EpochSeconds): Promise<void> {
  return set(key.refresh(repository, id), { requestedAt: now }, { unit: 'DAYS', value: 2 });
}

/** Takes a request back: before its refresh reads anything, so that an event during the reading asks anew. */
export function withdrawRefreshRequest(repository: RepositoryId, id: number): Promise<void> {
  return remove(key.refresh(repository, id));
}

/** Keeps a request without a message, until a comparison makes the refresh: what an event told may be in nothing else. */
export function keepRefreshRequest(repository: RepositoryId, id: number, now: EpochSeconds): Promise<void> {
  return set(key.refresh(repository, id), { requestedAt: now, isLeft: true }, EVENT_LIFETIME);
}

/**
 * The pull requests of this repository whose refresh was asked for, and is served by no message: it was left, or Forge
 * dropped it. Eventually consistent.
 */
export async function readLeftRequests(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<readonly number[]> {
  const prefix = refreshPrefix(repository);
  const ids: number[] = [];
  for await (const row of queryPrefix(prefix)) {
    const id = Number(row.key.slice(prefix.length));
    const request = refreshRequest.safeParse(row.value);
    // A refresh of pipelines stands beside them.
    if (!Number.isInteger(id) || !request.success) continue;
    const { isLeft, requestedAt } = request.data;
    if (isLeft || now - requestedAt >= REQUEST_LIFETIME_SECONDS) ids.push(id);
  }
  return ids;
}

/** Whether the newest pipelines of this repository are to be read already. */
export async function isPipelinesRefreshRequested(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<boolean> {
  const earlier = refreshRequest.safeParse(await get(key.pipelinesRefresh(repository)));
  return earlier.success && now - earlier.data.requestedAt < REQUEST_LIFETIME_SECONDS;
}

export function notePipelinesRefresh(repository: RepositoryId, now: EpochSeconds): Promise<void> {
  return set(key.pipelinesRefresh(repository), { requestedAt: now }, { unit: 'DAYS', value: 2 });
}

/** Before the pipelines are read, so that a report during the reading asks anew. */
export function withdrawPipelinesRefresh(repository: RepositoryId): Promise<void> {
  return remove(key.pipelinesRefresh(repository));
}

/** How many pieces of work were given up and not replayed, at most MOST_COUNTED. Eventually consistent. */
export function countDeadLetters(): Promise<number> {
  return countPrefix(DEAD_LETTERS, MOST_COUNTED);
}

/** How many events of the last 90 days did not fit their schema, at most MOST_COUNTED. Eventually consistent. */
export function countRefusals(): Promise<number> {
  return countPrefix(REFUSED_EVENTS, MOST_COUNTED);
}
