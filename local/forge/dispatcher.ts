/** Delivers messages when they are due, within their concurrency, until they are handled or given up. */
import type { HostClock } from './host-api';
import type { HostLog } from './host-log';
import type { Message, MessageTable } from './message-table';
import { RETENTION_MILLISECONDS, type Ending, type Verdict } from './retry-policy';

/** One delivery, and what follows from it. */
export interface Delivered {
  readonly ending: Ending;
  readonly verdict: Verdict;
}

/** What became of a message at last. */
export interface Finished {
  readonly outcome: 'succeeded' | 'dropped' | 'cancelled';
  readonly attempts: number;
  readonly ending: Ending | undefined;
}

export interface DispatcherOptions {
  readonly table: MessageTable;
  readonly clock: HostClock;
  readonly log: HostLog;
  /** Delivers a message once; rejects only where the host itself fails. */
  readonly deliver: (message: Message) => Promise<Delivered>;
  /** Called whenever the number of messages changed. */
  readonly onChange: () => void;
}

/**
 * Deliveries of one queue or trigger at a time. Forge names no number; here all of them share one process and its
 * memory, where on the platform each has its own.
 */
const PARALLEL_DELIVERIES = 10;

/** The queue of one host. Every change is in the database before anything follows from it. */
export class Dispatcher {
  /** Ordered by when they are due, then by when they came. */
  private waiting: Message[] = [];
  private readonly running = new Map<string, Message>();
  private readonly finished = new Map<string, (finished: Finished) => void>();
  private readonly cancelledJobs = new Set<string>();
  private cancelTimer: (() => void) | undefined;
  private closed = false;

  constructor(private readonly options: DispatcherOptions) {}

  /** Takes up the messages that an earlier run of the host left. */
  start(): void {
    this.plan(this.options.table.all());
  }

  /** Messages that wait or are being handled. */
  get depth(): number {
    return this.waiting.length + this.running.size;
  }

  /** Delivers messages that are in the table already. */
  plan(messages: readonly Message[]): void {
    for (const message of messages) this.insert(message);
    this.pump();
    this.options.onChange();
  }

  /** Resolves when a message is handled or given up; ask before it is planned. */
  whenFinished(eventId: string): Promise<Finished> {
    return new Promise((resolve) => this.finished.set(eventId, resolve));
  }

  /** Takes back what a job still has waiting; what runs goes on and is not retried. */
  cancelJob(jobId: string): void {
    const withdrawn = this.waiting.filter((message) => message.jobId === jobId);
    this.cancelledJobs.add(jobId);
    this.options.table.withdraw(jobId, withdrawn);
    this.waiting = this.waiting.filter((message) => message.jobId !== jobId);
    this.options.onChange();
  }

  /** Delivers nothing more; what waits or runs stays in the table. */
  close(): void {
    this.closed = true;
    this.cancelTimer?.();
    for (const resolve of this.finished.values()) {
      resolve({ outcome: 'cancelled', attempts: 0, ending: undefined });
    }
    this.finished.clear();
  }

  private insert(message: Message): void {
    const index = this.waiting.findLastIndex((other) => other.dueAt <= message.dueAt);
    this.waiting.splice(index + 1, 0, message);
  }

  /** Starts everything that may start now, and sets the timer for the next that is due. */
  private pump(): void {
    if (this.closed) return;
    const now = this.options.clock.now();
    const held: Message[] = [];
    while (this.waiting[0] !== undefined && this.waiting[0].dueAt <= now) {
      const [message] = this.waiting.splice(0, 1);
      if (message === undefined) break;
      if (message.kind === 'consumer' && now > message.enqueuedAt + RETENTION_MILLISECONDS) {
        this.finish(message, { outcome: 'dropped', attempts: message.retryCount, ending: undefined });
      } else if (this.mayRun(message)) {
        this.run(message);
      } else {
        held.push(message);
      }
    }
    this.waiting.unshift(...held);
    this.cancelTimer?.();
    const next = this.waiting[held.length];
    this.cancelTimer =
      next === undefined ? undefined : this.options.clock.schedule(next.dueAt - now, () => this.pump());
  }

  /**
   * Forge: a concurrency key holds for the installation, across queues. There a message that finds no room is tried
   * again after a while; here it runs as soon as there is room.
   */
  private mayRun(message: Message): boolean {
    const running = [...this.running.values()];
    const besides = running.filter((other) => other.kind === message.kind && other.target === message.target);
    if (besides.length >= PARALLEL_DELIVERIES) return false;
    if (message.concurrencyKey === null || message.concurrencyLimit === null) return true;
    const sharing = running.filter((other) => other.concurrencyKey === message.concurrencyKey);
    return sharing.length < message.concurrencyLimit;
  }

  private run(message: Message): void {
    this.running.set(message.eventId, message);
    void this.deliver(message);
  }

  private async deliver(message: Message): Promise<void> {
    let delivered: Delivered;
    try {
      delivered = await this.options.deliver(message);
    } catch (error) {
      if (this.closed) return;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.options.log.host('error', `The host could not deliver to ${message.target}: ${text}`);
      delivered = { ending: { outcome: 'threw', error: text }, verdict: { kind: 'dropped' } };
    }
    // A host that closes kills its functions, which is no reason to count a failed delivery.
    if (this.closed) return;
    this.running.delete(message.eventId);
    this.conclude(message, delivered);
    this.pump();
    this.options.onChange();
  }

  private conclude(message: Message, { ending, verdict }: Delivered): void {
    const attempts = message.retryCount + 1;
    const cancelled = message.jobId !== null && this.cancelledJobs.has(message.jobId);
    if (verdict.kind === 'again' && !cancelled) {
      this.insert(this.options.table.redeliver(message, verdict));
      return;
    }
    const outcome = verdict.kind === 'handled' ? 'succeeded' : 'dropped';
    this.finish(message, { outcome, attempts, ending });
  }

  private finish(message: Message, finished: Finished): void {
    this.options.table.finish(message, finished.outcome === 'succeeded');
    if (finished.outcome === 'dropped') {
      const reason = finished.ending?.error ?? 'its time was over';
      this.options.log.host(
        'error',
        `A message for ${message.target} was dropped after ${finished.attempts} deliveries: ${reason}`,
      );
    }
    this.finished.get(message.eventId)?.(finished);
    this.finished.delete(message.eventId);
  }
}
