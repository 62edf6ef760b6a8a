/** The app's queues in simulated time: delays, concurrency keys, retries, the day after which a message is dropped. */
import { z } from 'zod';
import type { Chance } from '../demo/random';
import {
  RETENTION_MILLISECONDS,
  consumerVerdict,
  endingOfResult,
  type Ending as DeliveryEnding,
} from '../forge/retry-policy';
import type { Chain, Ending } from './engine';
import { PerMinute } from './per-minute';
import type { Timeline } from './timeline';

/** Forge: events in one push, and its bytes as JSON. */
const EVENTS_A_PUSH = 50;
const PUSH_BYTES = 200 * 1_024;
/** Forge: events that an installation pushes in a minute. */
const EVENTS_A_MINUTE = 500;
/** Forge: pushes of one original invocation and all that it led to. */
const PUSHES_A_CHAIN = 1_000;

/** Forge: a message whose concurrency key has no room comes again after so many seconds (gaps of 4 to 16 were seen). */
const LEAST_WAIT_SECONDS = 4;
const LONGEST_WAIT_SECONDS = 16;

const pushedEvent = z.object({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(900).exactOptional(),
  concurrency: z.object({ key: z.string(), limit: z.number() }).exactOptional(),
});

const publication = z.object({
  queueName: z.string(),
  jobId: z.string(),
  payload: z.array(pushedEvent).min(1),
});

type PushedEvent = z.output<typeof pushedEvent>;

/** A pushed event on its way. */
export interface Message {
  readonly queue: string;
  readonly event: PushedEvent;
  readonly jobId: string;
  readonly chain: Chain;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  retryCount: number;
}

/** What became of the messages, and how near to their limits the pushes came. */
export interface QueueReport {
  readonly pushes: number;
  readonly events: number;
  /** Deliveries that were put off because the concurrency key had no room. */
  readonly putOff: number;
  readonly retries: number;
  readonly dropped: number;
  readonly refused: number;
  readonly peakPerMinute: number;
  readonly longestChain: number;
  readonly mostInAPush: number;
}

/** Why and how a push was refused, or that it was taken. */
export interface PushAnswer {
  readonly status: number;
  readonly message: string;
  readonly events: number;
}

export interface MessageQueueOptions {
  readonly timeline: Timeline;
  readonly luck: Chance;
  /** Runs the consumer of a message. */
  readonly deliver: (message: Message, onEnd: (ending: Ending) => void) => void;
}

/** All queues of one installation. */
export class MessageQueue {
  private readonly perMinute = new PerMinute(EVENTS_A_MINUTE);
  private readonly running = new Map<string, number>();
  /** In the order in which they were pushed. */
  private readonly waiting = new Map<string, Set<Message>>();
  private readonly counts = { pushes: 0, events: 0, putOff: 0, retries: 0, dropped: 0, refused: 0 };
  private longestChain = 0;
  private mostInAPush = 0;

  constructor(private readonly options: MessageQueueOptions) {}

  /** Takes a push as `@forge/events` makes it, or refuses it as Forge does. */
  push(body: string, chain: Chain): PushAnswer {
    const { queueName, jobId, payload } = publication.parse(JSON.parse(body));
    const now = this.options.timeline.now();
    const refusal = this.refusalOf(payload, chain, now);
    if (refusal !== null) {
      this.counts.refused += 1;
      return { ...refusal, events: 0 };
    }
    chain.pushes += 1;
    this.counts.pushes += 1;
    this.counts.events += payload.length;
    this.longestChain = Math.max(this.longestChain, chain.pushes);
    this.mostInAPush = Math.max(this.mostInAPush, payload.length);
    for (const event of payload) {
      const message: Message = { queue: queueName, event, jobId, chain, enqueuedAt: now, retryCount: 0 };
      this.waitingIn(queueName).add(message);
      this.plan(message, now + (event.delayInSeconds ?? 0) * 1_000);
    }
    return { status: 201, message: '', events: payload.length };
  }

  /** How many messages of a queue are not yet handled, and since when the oldest waits (milliseconds). */
  backlog(queue: string): { readonly count: number; readonly oldest: number | null } {
    const messages = this.waitingIn(queue);
    const [oldest] = messages;
    return { count: messages.size, oldest: oldest?.enqueuedAt ?? null };
  }

  report(): QueueReport {
    const { longestChain, mostInAPush } = this;
    return { ...this.counts, peakPerMinute: this.perMinute.peak, longestChain, mostInAPush };
  }

  private refusalOf(
    payload: readonly PushedEvent[],
    chain: Chain,
    now: number,
  ): Pick<PushAnswer, 'status' | 'message'> | null {
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    if (payload.length > EVENTS_A_PUSH || bytes > PUSH_BYTES) {
      return { status: 413, message: `A push of ${payload.length} events and ${bytes} bytes is too big.` };
    }
    if (chain.pushes >= PUSHES_A_CHAIN) {
      return { status: 405, message: `This chain has made its ${PUSHES_A_CHAIN} pushes.` };
    }
    if (this.perMinute.take(now, payload.length)) return null;
    return { status: 429, message: `More than ${EVENTS_A_MINUTE} events were pushed in a minute.` };
  }

  private waitingIn(queue: string): Set<Message> {
    const known = this.waiting.get(queue);
    if (known !== undefined) return known;
    const opened = new Set<Message>();
    this.waiting.set(queue, opened);
    return opened;
  }

  private plan(message: Message, at: number): void {
    this.options.timeline.plan(at, () => this.deliver(message));
  }

  private deliver(message: Message): void {
    const { timeline, luck, deliver } = this.options;
    const now = timeline.now();
    if (now > message.enqueuedAt + RETENTION_MILLISECONDS) {
      this.drop(message);
      return;
    }
    const { concurrency } = message.event;
    const beside = concurrency === undefined ? 0 : (this.running.get(concurrency.key) ?? 0);
    if (concurrency !== undefined && beside >= concurrency.limit) {
      this.counts.putOff += 1;
      this.plan(message, now + luck.integer(LEAST_WAIT_SECONDS * 1_000, LONGEST_WAIT_SECONDS * 1_000));
      return;
    }
    if (concurrency !== undefined) this.running.set(concurrency.key, beside + 1);
    deliver(message, (ending) => {
      if (concurrency !== undefined) this.leave(concurrency.key);
      this.settle(message, ending);
    });
  }

  private leave(key: string): void {
    const left = (this.running.get(key) ?? 1) - 1;
    if (left === 0) this.running.delete(key);
    else this.running.set(key, left);
  }

  private settle(message: Message, ending: Ending): void {
    const verdict = consumerVerdict(message, deliveryEnding(ending), this.options.timeline.now());
    if (verdict.kind === 'dropped') this.drop(message);
    else if (verdict.kind === 'handled') this.waitingIn(message.queue).delete(message);
    else {
      message.retryCount += 1;
      this.counts.retries += 1;
      this.plan(message, verdict.dueAt);
    }
  }

  private drop(message: Message): void {
    this.counts.dropped += 1;
    this.waitingIn(message.queue).delete(message);
  }
}

/** How a delivery ended, in the words of the local host. */
export function deliveryEnding(ending: Ending): DeliveryEnding {
  if (ending.outcome === 'returned') return endingOfResult(ending.value);
  return { outcome: ending.outcome };
}
