/** Hands one message to its function in the shape that Forge documents, and records how that went. */
import { z } from 'zod';
import { BoundedList } from './bounded-log';
import type { Delivered } from './dispatcher';
import type { DeliveryRecord, HostClock } from './host-api';
import type { Invocation, InvocationRequest, Invocations } from './invocations';
import type { ForgeManifest } from './manifest';
import type { Message } from './message-table';
import {
  RETENTION_MILLISECONDS,
  consumerVerdict,
  endingOfError,
  endingOfResult,
  triggerVerdict,
  type Ending,
} from './retry-policy';

const KEPT_DELIVERIES = 5_000;

const jsonObject = z.record(z.string(), z.unknown());

/** What is known of a delivery before it runs. */
type Subject = Pick<
  DeliveryRecord,
  'kind' | 'moduleKey' | 'functionKey' | 'eventId' | 'queueName' | 'jobId' | 'eventType' | 'attempt'
>;

/** The deliveries of one host. */
export class Deliveries {
  readonly records = new BoundedList<DeliveryRecord>(KEPT_DELIVERIES);

  constructor(
    private readonly manifest: ForgeManifest,
    private readonly clock: HostClock,
    private readonly invocations: Invocations,
  ) {}

  /** Delivers a message once and says what follows. */
  async deliver(message: Message): Promise<Delivered> {
    const isConsumer = message.kind === 'consumer';
    const { request, subject } = isConsumer ? this.toConsumer(message) : this.toTrigger(message);
    const { ending, record } = await this.invoke(request, subject);
    const verdict = (isConsumer ? consumerVerdict : triggerVerdict)(message, ending, this.clock.now());
    if (verdict.kind === 'handled') this.records.add(record);
    else this.records.add({ ...record, next: verdict.kind === 'again' ? verdict.dueAt : 'dropped' });
    return { ending, verdict };
  }

  /** Runs a scheduled trigger once; Forge never retries it. */
  async runSchedule(request: InvocationRequest): Promise<Ending> {
    const { moduleKey, functionKey } = request;
    const { ending, record } = await this.invoke(request, {
      kind: 'scheduledTrigger',
      moduleKey,
      functionKey,
      attempt: 1,
    });
    this.records.add(record);
    return ending;
  }

  private async invoke(
    request: InvocationRequest,
    subject: Subject,
  ): Promise<{ readonly ending: Ending; readonly record: DeliveryRecord }> {
    const startedAt = this.clock.now();
    let invocationId = '';
    function started(invocation: Invocation): void {
      ({ invocationId } = invocation);
    }
    let ending: Ending;
    try {
      ending = endingOfResult(await this.invocations.invoke(request, started));
    } catch (error) {
      ending = endingOfError(error);
    }
    const record: DeliveryRecord = {
      ...subject,
      invocationId,
      startedAt,
      finishedAt: this.clock.now(),
      outcome: ending.outcome,
      ...(ending.error !== undefined && { error: ending.error }),
    };
    return { ending, record };
  }

  private toConsumer(message: Message): Plan {
    const module = this.manifest.consumers.find((consumer) => consumer.queue === message.target);
    if (module === undefined)
      throw new Error(`The manifest has no consumer for the queue ${message.target} any more.`);
    const pushed = jsonObject.parse(JSON.parse(message.payload));
    const identity = {
      queueName: message.target,
      eventId: message.eventId,
      ...(message.jobId !== null && { jobId: message.jobId }),
    };
    return {
      request: {
        functionKey: module.function,
        moduleKey: module.key,
        moduleType: 'consumer',
        body: { ...pushed, ...identity, ...this.retryContext(message) },
        ...(message.chain !== null && { chain: message.chain }),
      },
      subject: {
        kind: 'consumer',
        moduleKey: module.key,
        functionKey: module.function,
        attempt: message.retryCount + 1,
        ...identity,
      },
    };
  }

  private toTrigger(message: Message): Plan {
    const module = this.manifest.triggers.find((trigger) => trigger.key === message.target);
    if (module === undefined) throw new Error(`The manifest has no trigger ${message.target} any more.`);
    const event = jsonObject.parse(JSON.parse(message.payload));
    return {
      request: {
        functionKey: module.function,
        moduleKey: module.key,
        moduleType: 'trigger',
        body: { ...event, ...this.retryContext(message) },
      },
      subject: {
        kind: 'trigger',
        moduleKey: module.key,
        functionKey: module.function,
        eventId: message.eventId,
        eventType: String(event.eventType),
        attempt: message.retryCount + 1,
      },
    };
  }

  private retryContext(message: Message): Readonly<Record<string, unknown>> {
    if (message.retryCount === 0) return {};
    const remaining = message.enqueuedAt + RETENTION_MILLISECONDS - this.clock.now();
    return {
      retryContext: {
        retryCount: message.retryCount,
        retryReason: message.retryReason,
        ...(message.retryData !== null && { retryData: JSON.parse(message.retryData) as unknown }),
        retentionWindow: {
          startTime: new Date(message.enqueuedAt).toISOString(),
          remainingTimeMs: Math.max(0, remaining),
        },
      },
    };
  }
}

interface Plan {
  readonly request: InvocationRequest;
  readonly subject: Subject;
}
