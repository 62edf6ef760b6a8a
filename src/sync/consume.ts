/** The doors for queue messages: parse, do, and turn a failure into a retry or a dead letter. */
import { InvocationError, InvocationErrorCode, type AsyncEvent } from '@forge/events';
import type { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { describeError, log } from '../runtime/log';
import { digestOf } from '../storage/digest';
import { recordDeadLetter } from '../storage/inbox';
import { keptBody } from './kept-body';
import { decide } from './retry-policy';

/** What a Forge function answers: nothing, or the request to be called again. */
export type Outcome = InvocationError | undefined;

/**
 * Runs `work` on the message's body. A cause that may pass is returned as Forge's request for another delivery; any
 * other ends in a dead letter, after `onGivenUp`. A message that cannot be read is a dead letter at once; where another
 * release sent it, its body is kept, so that it can be replayed once that release is back.
 */
export async function consume<Schema extends z.ZodType<object>>(
  event: AsyncEvent,
  schema: Schema,
  now: EpochSeconds,
  work: (message: z.output<Schema>) => Promise<void>,
  onGivenUp: (message: z.output<Schema>, reason: string) => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  const parsed = schema.safeParse(event.body);
  const attempts = (event.retryContext?.retryCount ?? 0) + 1;
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    log.error('message unreadable', { queue: event.queueName, path });
    const reason = `a message of an unknown form, wrong at "${path}"`;
    await recordDeadLetter(digestOf(event.body), {
      message: keptBody(event.body),
      cause: 'UnreadableMessage',
      reason,
      attempts,
      at: now,
    });
    return undefined;
  }
  try {
    await work(parsed.data);
    return undefined;
  } catch (error) {
    const decision = decide(error, attempts);
    const { cause, reason } = describeError(error);
    if (decision.kind === 'gone') {
      log.info('gone from Bitbucket', { queue: event.queueName });
      return undefined;
    }
    if (decision.kind === 'retry') {
      log.warn('work is delayed', {
        queue: event.queueName,
        cause,
        reason,
        attempts,
        after: decision.afterSeconds,
      });
      return retryLater(decision.afterSeconds, decision.rateLimited);
    }
    log.error('work is given up', { queue: event.queueName, cause, reason, attempts });
    await onGivenUp(parsed.data, reason);
    await recordDeadLetter(digestOf(parsed.data), { message: parsed.data, cause, reason, attempts, at: now });
    return undefined;
  }
}

/** Forge's request to be called again; it is returned, not thrown. */
export function retryLater(afterSeconds: number, rateLimited: boolean): InvocationError {
  return new InvocationError({
    retryAfter: afterSeconds,
    retryReason: rateLimited
      ? InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED
      : InvocationErrorCode.FUNCTION_RETRY_REQUEST,
    retryData: {},
  });
}
