/** The async events service as `@forge/events` speaks to it: push, statistics and cancelling, with Forge's limits. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Dispatcher } from './dispatcher';
import { LONG_TIMEOUT_SECONDS, timeoutSeconds } from './function-limits';
import type { HostClock } from './host-api';
import type { HostLog } from './host-log';
import { jsonAnswer, type PlatformAnswer } from './http-answers';
import type { Invocation } from './invocations';
import type { ConsumerModule, ForgeManifest } from './manifest';
import type { Message, MessageTable } from './message-table';
import { RatePerMinute } from './rate-per-minute';
import { LONGEST_DELAY_SECONDS } from './retry-policy';

/** Forge: events in one push. */
const EVENTS_A_PUSH = 50;
/** Forge: one push, as JSON. */
const PUSH_BYTES = 200 * 1024;
/** Forge: one event, as JSON, for a consumer that may run longer than 55 seconds. */
const LONG_CONSUMER_EVENT_BYTES = 100 * 1024;
/** Forge: events that an installation pushes in a minute. */
const EVENTS_A_MINUTE = 500;
/** Forge: pushes in one chain, from the invocation that began it through all of its descendants. */
const PUSHES_A_CHAIN = 1_000;

const pushEvent = z.looseObject({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(LONGEST_DELAY_SECONDS).optional(),
  concurrency: z.object({ key: z.string().min(1), limit: z.number().int().min(1) }).optional(),
});

const pushRequest = z.object({
  queueName: z.string(),
  jobId: z.string().min(1),
  payload: z.array(pushEvent).min(1).max(EVENTS_A_PUSH, `a push has at most ${EVENTS_A_PUSH} events`),
});

type PushRequest = z.infer<typeof pushRequest>;

const jobRequest = z.object({ queueName: z.string(), jobId: z.string().min(1) });

export interface QueueServiceOptions {
  readonly manifest: ForgeManifest;
  readonly table: MessageTable;
  readonly dispatcher: Dispatcher;
  readonly clock: HostClock;
  readonly log: HostLog;
  readonly enforceRates: boolean;
}

/** The queues of one installation. */
export class QueueService {
  private readonly rate: RatePerMinute;

  constructor(private readonly options: QueueServiceOptions) {
    this.rate = new RatePerMinute(EVENTS_A_MINUTE, options.clock);
  }

  /** `Queue.push`: 201, or the refusal that the SDK turns into an error of its own. */
  push(body: unknown, invocation: Invocation): PlatformAnswer {
    const parsed = pushRequest.safeParse(body);
    if (!parsed.success) return this.refuse(400, problem(parsed.error), invocation);
    const push = parsed.data;
    const consumer = this.consumer(push.queueName);
    if (consumer === undefined) {
      return this.refuse(400, `The manifest has no consumer for the queue ${push.queueName}.`, invocation);
    }
    const tooBig = this.tooBig(push, consumer);
    if (tooBig !== null) return this.refuse(413, tooBig, invocation);
    const { table, enforceRates } = this.options;
    if (enforceRates && !this.rate.take(push.payload.length)) {
      return this.refuse(429, `More than ${EVENTS_A_MINUTE} events were pushed in a minute.`, invocation);
    }
    const messages = table.transaction(() => this.store(push, invocation));
    if (messages === null) {
      return this.refuse(405, `This chain has made its ${PUSHES_A_CHAIN} pushes.`, invocation);
    }
    this.options.dispatcher.plan(messages);
    return jsonAnswer(201, {});
  }

  /** `JobProgress.getStats`. */
  stats(body: unknown): PlatformAnswer {
    const parsed = jobRequest.safeParse(body);
    if (!parsed.success) return jsonAnswer(400, { code: 400, message: problem(parsed.error) });
    const job = this.options.table.job(parsed.data.jobId, parsed.data.queueName);
    return job === undefined ? jsonAnswer(404, {}) : jsonAnswer(200, job);
  }

  /** `JobProgress.cancel`. */
  cancel(body: unknown): PlatformAnswer {
    const parsed = jobRequest.safeParse(body);
    if (!parsed.success) return jsonAnswer(400, { code: 400, message: problem(parsed.error) });
    const { jobId, queueName } = parsed.data;
    if (this.options.table.job(jobId, queueName) === undefined) return jsonAnswer(404, {});
    this.options.dispatcher.cancelJob(jobId);
    return jsonAnswer(204);
  }

  private consumer(queueName: string): ConsumerModule | undefined {
    return this.options.manifest.consumers.find((module) => module.queue === queueName);
  }

  private tooBig(push: PushRequest, consumer: ConsumerModule): string | null {
    const bytes = Buffer.byteLength(JSON.stringify(push.payload));
    if (bytes > PUSH_BYTES) return `A push of ${bytes} bytes; Forge allows ${PUSH_BYTES}.`;
    const { manifest } = this.options;
    const definition = manifest.functions.find((module) => module.key === consumer.function);
    if (definition === undefined || timeoutSeconds(manifest, definition) <= LONG_TIMEOUT_SECONDS) return null;
    const largest = Math.max(...push.payload.map((event) => Buffer.byteLength(JSON.stringify(event))));
    if (largest <= LONG_CONSUMER_EVENT_BYTES) return null;
    return `An event of ${largest} bytes for a consumer that may run longer than 55 seconds; Forge allows ${LONG_CONSUMER_EVENT_BYTES}.`;
  }

  /** Stores a push, or answers `null` where its chain has reached its end. */
  private store(push: PushRequest, invocation: Invocation): readonly Message[] | null {
    const { table, clock } = this.options;
    if (table.countPush(invocation.chain) > PUSHES_A_CHAIN) return null;
    const now = clock.now();
    table.addJob(push.jobId, push.queueName, push.payload.length, now);
    return push.payload.map((event) => {
      const message: Message = {
        eventId: randomUUID(),
        kind: 'consumer',
        target: push.queueName,
        jobId: push.jobId,
        payload: JSON.stringify(event),
        chain: invocation.chain,
        concurrencyKey: event.concurrency?.key ?? null,
        concurrencyLimit: event.concurrency?.limit ?? null,
        enqueuedAt: now,
        dueAt: now + (event.delayInSeconds ?? 0) * 1_000,
        retryCount: 0,
        retryReason: null,
        retryData: null,
      };
      table.add(message);
      return message;
    });
  }

  private refuse(status: number, message: string, invocation: Invocation): PlatformAnswer {
    this.options.log.host('warn', `A push was refused: ${message}`, invocation);
    // The SDK reads `errorMessage` of a 413 and `message` of everything else.
    return jsonAnswer(status, { code: status, message, errorMessage: message });
  }
}

function problem(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
