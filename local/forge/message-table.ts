/** The messages that the platform still has to deliver, and the jobs they belong to, in the host's database. */
import { z } from 'zod';
import type { HostDatabase } from './database';

/** An async event for a consumer, or a product event for a trigger. */
export interface Message {
  readonly eventId: string;
  readonly kind: 'consumer' | 'trigger';
  /** Name of the queue, or key of the trigger. */
  readonly target: string;
  readonly jobId: string | null;
  /** JSON of the pushed event, or of the product event. */
  readonly payload: string;
  /** The chain of pushes that it belongs to; `null` for an event that starts one. */
  readonly chain: string | null;
  readonly concurrencyKey: string | null;
  readonly concurrencyLimit: number | null;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  readonly dueAt: number;
  readonly retryCount: number;
  readonly retryReason: string | null;
  /** JSON of what the function wants to see again. */
  readonly retryData: string | null;
}

/** When and why a message is delivered again. */
export interface Redelivery {
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly reason: string;
  readonly data: unknown;
}

/** How far the events of one push are. */
export interface JobStatistics {
  readonly success: number;
  readonly inProgress: number;
  readonly failed: number;
}

const messageRow = z
  .object({
    event_id: z.string(),
    kind: z.enum(['consumer', 'trigger']),
    target: z.string(),
    job_id: z.string().nullable(),
    payload: z.string(),
    chain: z.string().nullable(),
    concurrency_key: z.string().nullable(),
    concurrency_limit: z.number().nullable(),
    enqueued_at: z.number(),
    due_at: z.number(),
    retry_count: z.number(),
    retry_reason: z.string().nullable(),
    retry_data: z.string().nullable(),
  })
  .transform((row): Message => ({
    eventId: row.event_id,
    kind: row.kind,
    target: row.target,
    jobId: row.job_id,
    payload: row.payload,
    chain: row.chain,
    concurrencyKey: row.concurrency_key,
    concurrencyLimit: row.concurrency_limit,
    enqueuedAt: row.enqueued_at,
    dueAt: row.due_at,
    retryCount: row.retry_count,
    retryReason: row.retry_reason,
    retryData: row.retry_data,
  }));

const jobRow = z
  .object({ success: z.number(), in_progress: z.number(), failed: z.number() })
  .transform((row): JobStatistics => ({
    success: row.success,
    inProgress: row.in_progress,
    failed: row.failed,
  }));

const MIGRATIONS = [
  `create table message (
     sequence integer primary key autoincrement,
     event_id text not null unique,
     kind text not null,
     target text not null,
     job_id text,
     payload text not null,
     chain text,
     concurrency_key text,
     concurrency_limit integer,
     enqueued_at integer not null,
     due_at integer not null,
     retry_count integer not null,
     retry_reason text,
     retry_data text
   );
   create index message_by_job on message (job_id);
   create table job (
     id text primary key,
     queue text not null,
     success integer not null,
     in_progress integer not null,
     failed integer not null,
     pushed_at integer not null
   ) without rowid;
   create table chain (id text primary key, pushes integer not null) without rowid;`,
];

/** How long the numbers of a finished job are kept; Forge documents no time. */
const KEPT_JOB_MILLISECONDS = 7 * 24 * 60 * 60 * 1_000;

/**
 * The tables of the queue. A message stays until it is handled or given up, so one that was being handled when the
 * host was killed is delivered again by the next start.
 */
export class MessageTable {
  constructor(
    private readonly database: HostDatabase,
    now: number,
  ) {
    database.migrate('queue', MIGRATIONS);
    database.run('delete from job where in_progress = 0 and pushed_at < ?', now - KEPT_JOB_MILLISECONDS);
    database.run('delete from chain where id not in (select chain from message where chain is not null)');
  }

  /** Runs `work` all or nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.database.transaction(work);
  }

  /** Every message, in the order in which they came. */
  all(): readonly Message[] {
    return this.database.all('select * from message order by sequence').map((row) => messageRow.parse(row));
  }

  add(message: Message): void {
    this.database.run(
      `insert into message (event_id, kind, target, job_id, payload, chain, concurrency_key, concurrency_limit,
         enqueued_at, due_at, retry_count, retry_reason, retry_data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.eventId,
      message.kind,
      message.target,
      message.jobId,
      message.payload,
      message.chain,
      message.concurrencyKey,
      message.concurrencyLimit,
      message.enqueuedAt,
      message.dueAt,
      message.retryCount,
      message.retryReason,
      message.retryData,
    );
  }

  /** Plans the next delivery of a message and answers how it stands then. */
  redeliver(message: Message, { dueAt, reason, data }: Redelivery): Message {
    const next: Message = {
      ...message,
      dueAt,
      retryCount: message.retryCount + 1,
      retryReason: reason,
      retryData: data === undefined ? null : JSON.stringify(data),
    };
    this.database.run(
      'update message set due_at = ?, retry_count = ?, retry_reason = ?, retry_data = ? where event_id = ?',
      next.dueAt,
      next.retryCount,
      next.retryReason,
      next.retryData,
      next.eventId,
    );
    return next;
  }

  /** Removes a message that was handled or given up, and counts it in its job. */
  finish(message: Message, succeeded: boolean): void {
    this.transaction(() => {
      const removed = this.database.run('delete from message where event_id = ?', message.eventId);
      if (removed === 0 || message.jobId === null) return;
      this.database.run(
        'update job set in_progress = in_progress - 1, success = success + ?, failed = failed + ? where id = ?',
        succeeded ? 1 : 0,
        succeeded ? 0 : 1,
        message.jobId,
      );
    });
  }

  /** Takes messages out without counting them, as the cancelling of their job does. */
  withdraw(jobId: string, messages: readonly Message[]): void {
    this.transaction(() => {
      for (const message of messages) {
        this.database.run('delete from message where event_id = ?', message.eventId);
        this.database.run('update job set in_progress = in_progress - 1 where id = ?', jobId);
      }
    });
  }

  addJob(id: string, queue: string, events: number, now: number): void {
    this.database.run(
      'insert into job (id, queue, success, in_progress, failed, pushed_at) values (?, ?, 0, ?, 0, ?)',
      id,
      queue,
      events,
      now,
    );
  }

  job(id: string, queue: string): JobStatistics | undefined {
    const row = this.database.get('select * from job where id = ? and queue = ?', id, queue);
    return row === undefined ? undefined : jobRow.parse(row);
  }

  /** Counts one more push in a chain and answers how many it has now. */
  countPush(chain: string): number {
    this.database.run(
      'insert into chain (id, pushes) values (?, 1) on conflict (id) do update set pushes = pushes + 1',
      chain,
    );
    const row = this.database.get('select pushes from chain where id = ?', chain);
    return z.object({ pushes: z.number() }).parse(row).pushes;
  }
}
