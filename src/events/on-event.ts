/** The door for Bitbucket's events: parse, record once, hand on; what does not fit is recorded as refused. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { log } from '../runtime/log';
import { digestOf } from '../storage/digest';
import { recordEvent, recordRefusal } from '../storage/inbox';
import { readRepositoryRecord } from '../storage/repositories';
import { EVENTS, isEventName } from './event-map';

/**
 * Takes one event. A redelivery changes nothing. Throws the causes of `storage/errors` and of the queue; the event can
 * then come again.
 */
export async function receiveEvent(payload: unknown, now: EpochSeconds): Promise<void> {
  const eventType = eventTypeOf(payload);
  const digest = digestOf(payload);
  if (!isEventName(eventType)) {
    await refuse(
      digest,
      { eventType: eventType ?? 'none', path: 'eventType', reason: 'is no event of ours' },
      now,
    );
    return;
  }
  const read = EVENTS[eventType].read(payload);
  if (!read.fits) {
    await refuse(digest, { eventType, path: read.path, reason: read.reason }, now);
    return;
  }
  const { event, detail } = read;
  if ((await readRepositoryRecord(event.repository)) === 'removed') return;
  const slim = {
    type: eventType,
    ...(event.timestamp === null ? {} : { at: event.timestamp }),
    ...(event.actor === null ? {} : { actor: event.actor }),
    ...(event.pullrequest ? { pullRequest: event.pullrequest.id, state: event.pullrequest.state } : {}),
    ...detail,
  };
  const { receivedAt } = await recordEvent(event.repository, digest, slim, now);
  await read.handle({ digest, receivedAt, now });
}

async function refuse(
  digest: string,
  refusal: { readonly eventType: string; readonly path: string; readonly reason: string },
  now: EpochSeconds,
): Promise<void> {
  log.warn('event refused', refusal);
  await recordRefusal(digest, { ...refusal, receivedAt: now });
}

function eventTypeOf(payload: unknown): string | null {
  if (payload === null || typeof payload !== 'object' || !('eventType' in payload)) return null;
  return typeof payload.eventType === 'string' ? payload.eventType : null;
}
