/** Decides what becomes of a message after one delivery: handled, delivered again, or given up. */
import { z } from 'zod';
import { InvocationFailure, retryReason, type FailureOutcome } from './invocation-failure';
import type { Outcome } from './host-api';
import type { Message, Redelivery } from './message-table';

/** How one delivery ended. */
export interface Ending {
  readonly outcome: Outcome;
  /** What the function returned, where it returned. */
  readonly result?: unknown;
  readonly error?: string;
  /** What an `InvocationError` asks for. */
  readonly retry?: RetryRequest;
}

/** The retry that a function asked for. */
export interface RetryRequest {
  readonly afterSeconds: number;
  readonly reason: string;
  readonly data: unknown;
}

/** What the verdict depends on beside the ending. */
type Delivered = Pick<Message, 'enqueuedAt' | 'retryCount'>;

export type Verdict =
  { readonly kind: 'handled' } | { readonly kind: 'dropped' } | ({ readonly kind: 'again' } & Redelivery);

/** Forge: the longest delay of a push and of a retry. */
export const LONGEST_DELAY_SECONDS = 900;
/** Forge: `retryData`, as JSON. */
const RETRY_DATA_BYTES = 4 * 1024;
/** Forge: an async event is retried for this long after it was pushed, then dropped. */
export const RETENTION_MILLISECONDS = 24 * 60 * 60 * 1_000;
/** Forge: a product event is retried at most this often. */
const TRIGGER_RETRIES = 4;

/** `InvocationError` of the SDK is a plain object by the time it is returned. */
const invocationError = z.object({
  _retry: z.literal(true),
  retryOptions: z
    .object({
      retryAfter: z.number().optional(),
      retryReason: z.string().optional(),
      retryData: z.unknown().optional(),
    })
    .optional(),
});

/** What a delivery came to, from what its function returned. */
export function endingOfResult(result: unknown): Ending {
  const asked = invocationError.safeParse(result);
  if (!asked.success) return { outcome: 'succeeded', result };
  const {
    retryAfter = 1,
    retryReason: reason = 'FUNCTION_RETRY_REQUEST',
    retryData,
  } = asked.data.retryOptions ?? {};
  const bytes = Buffer.byteLength(JSON.stringify(retryData ?? null));
  if (bytes > RETRY_DATA_BYTES || retryAfter > LONGEST_DELAY_SECONDS) {
    // Not documented: taken as an error of the function, so that it shows in tests.
    const error =
      retryAfter > LONGEST_DELAY_SECONDS
        ? `retryAfter is ${retryAfter} seconds; Forge allows ${LONGEST_DELAY_SECONDS}.`
        : `retryData has ${bytes} bytes; Forge allows ${RETRY_DATA_BYTES}.`;
    return { outcome: 'threw', result, error };
  }
  const retry = { afterSeconds: Math.max(1, retryAfter), reason, data: retryData };
  return { outcome: 'asked-for-retry', result, retry };
}

/** What a delivery came to, from what its invocation was rejected with; errors of the host itself are thrown on. */
export function endingOfError(error: unknown): Ending {
  if (!(error instanceof InvocationFailure)) throw error;
  return { outcome: error.outcome, error: error.message };
}

/**
 * Seconds until the delivery after `deliveries` failed ones: 2, 4, 8 and so on up to 15 minutes. Forge documents
 * exponential backoff with gaps of up to about 15 minutes; where it begins is an assumption.
 */
export function backoffSeconds(deliveries: number): number {
  return Math.min(2 ** Math.min(deliveries, 30), LONGEST_DELAY_SECONDS);
}

/** Forge: async events are retried after every error until their retention window ends. */
export function consumerVerdict(message: Delivered, ending: Ending, now: number): Verdict {
  if (ending.outcome === 'succeeded') return { kind: 'handled' };
  const again = redelivery(message, ending, ending.outcome, now);
  return again.dueAt > message.enqueuedAt + RETENTION_MILLISECONDS
    ? { kind: 'dropped' }
    : { kind: 'again', ...again };
}

/** Forge: a product event is retried when its function asks or the platform failed it, not when the function throws. */
export function triggerVerdict(message: Delivered, ending: Ending, now: number): Verdict {
  if (ending.outcome === 'succeeded') return { kind: 'handled' };
  if (ending.outcome === 'threw' || message.retryCount >= TRIGGER_RETRIES) return { kind: 'dropped' };
  return { kind: 'again', ...redelivery(message, ending, ending.outcome, now) };
}

function redelivery(
  message: Delivered,
  { retry }: Ending,
  outcome: FailureOutcome | 'asked-for-retry',
  now: number,
): Redelivery {
  if (retry !== undefined) {
    return { dueAt: now + retry.afterSeconds * 1_000, reason: retry.reason, data: retry.data };
  }
  const reason = outcome === 'asked-for-retry' ? 'FUNCTION_RETRY_REQUEST' : retryReason(outcome);
  return { dueAt: now + backoffSeconds(message.retryCount + 1) * 1_000, reason, data: undefined };
}
