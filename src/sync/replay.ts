/** Sends work that was given up to its queue again. */
import { mapLimited } from '../concurrency/map-limited';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { describeError, log } from '../runtime/log';
import type { KeptDeadLetter } from '../storage/inbox';
import { liveMessage, sendLive, sendWork, workMessage } from './messages';

/** Pushes under way at once. */
const SENDERS = 5;

/**
 * `sent`: a queue took the message; `refused`: none did, and it may the next time; `unreadable`: the message has a form
 * that no queue knows, so that it can never be sent.
 */
export type Replay = 'sent' | 'refused' | 'unreadable';

/** What became of each letter, in their order. No message does harm when it comes twice: each says "look again". */
export function sendAgain(
  letters: readonly KeptDeadLetter[],
  now: EpochSeconds,
): Promise<readonly { readonly id: string; readonly replay: Replay }[]> {
  return mapLimited(letters, SENDERS, async ({ id, message }) => {
    const send = sending(message, now);
    if (send === null) return { id, replay: 'unreadable' };
    try {
      await send();
      return { id, replay: 'sent' };
    } catch (error) {
      log.warn('replay refused by the queue', describeError(error));
      return { id, replay: 'refused' };
    }
  });
}

function sending(message: unknown, now: EpochSeconds): (() => Promise<void>) | null {
  const live = liveMessage.safeParse(message);
  if (live.success) {
    const { data } = live;
    // Asked for now: what was read between the failure and the replay would silence it otherwise.
    return () => sendLive(data.kind === 'refresh-pull-request' ? { ...data, requestedAt: now } : data);
  }
  const work = workMessage.safeParse(message);
  if (!work.success) return null;
  const { data } = work;
  // The list has moved since: from its beginning.
  return () => sendWork(data.kind === 'discover' ? { ...data, next: null, found: 0 } : data);
}
