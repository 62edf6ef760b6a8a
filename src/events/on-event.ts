/** The door for Bitbucket's events: parse, record once, hand on; what does not fit is recorded as refused. */
import { fieldsIn } from '../facts/event-fields';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { log } from '../runtime/log';
import { digestOf } from '../storage/digest';
import { recordEvent, recordRefusal } from '../storage/inbox';
import { readStanding } from '../storage/repositories';
import { isCollecting } from '../sync/erasure/collecting';
import { EVENTS, isEventName, type EventName } from './event-map';

/** Forge's names of events. */
const EVENT_TYPE_FORM = /^avi:[a-z]+:[a-z]+:[a-z-]{1,60}$/;

const DELETION: EventName = 'avi:bitbucket:deleted:repository';

/**
 * Takes one event, unless everything was erased. A redelivery changes nothing. Throws the causes of `storage/errors` and
 * of the queue; the event can then come again.
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
  const { known, isCollecting: isWanted } = await readStanding(event.repository);
  if (!isWanted) return;
  // A deletion goes on: a delivery that failed after its mark comes again, and of a repository that is left out its
  // settings are still to go.
  if (typeof known === 'string' && eventType !== DELETION) return;
  const slim = {
    type: eventType,
    ...(event.timestamp === null ? {} : { at: event.timestamp }),
    ...(event.pullrequest ? { pullRequest: event.pullrequest.id, state: event.pullrequest.state } : {}),
    ...detail,
    fields: fieldsIn(payload),
  };
  const { receivedAt } = await recordEvent(event.repository, digest, slim, now);
  await read.handle({ digest, receivedAt, now });
}

async function refuse(
  digest: string,
  refusal: { readonly eventType: string; readonly path: string; readonly reason: string },
  now: EpochSeconds,
): Promise<void> {
  if (!(await isCollecting())) return;
  log.warn('event refused', refusal);
  await recordRefusal(digest, { ...refusal, receivedAt: now });
}

function eventTypeOf(payload: unknown): string | null {
  if (payload === null || typeof payload !== 'object' || !('eventType' in payload)) return null;
  const { eventType } = payload;
  // Whatever else stands there may be anybody's text, and would be recorded and logged.
  return typeof eventType === 'string' && EVENT_TYPE_FORM.test(eventType) ? eventType : null;
}
