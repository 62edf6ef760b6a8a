/** Sends product and life cycle events to the triggers that subscribe to them. */
import { randomUUID } from 'node:crypto';
import type { Dispatcher, Finished } from './dispatcher';
import type { HostClock, Licence, TriggerDelivery, Workspace } from './host-api';
import type { ForgeManifest, TriggerModule } from './manifest';
import type { Message, MessageTable } from './message-table';

/** The local stand-in for the signed token that accompanies an event. */
export const CONTEXT_TOKEN = 'local';

export interface ProductEventsOptions {
  readonly manifest: ForgeManifest;
  readonly workspace: Workspace;
  /** `null` where the platform says nothing of one. */
  readonly licence: Licence | null;
  readonly table: MessageTable;
  readonly dispatcher: Dispatcher;
  readonly clock: HostClock;
}

/** The events of one installation. */
export class ProductEvents {
  constructor(private readonly options: ProductEventsOptions) {}

  /**
   * Sends an event to every subscribed trigger; answers when each has handled it or has been given up.
   *
   * @param alongside Runs in the same transaction that stores the event.
   */
  async emit(
    eventType: string,
    payload: Readonly<Record<string, unknown>>,
    alongside: () => void = () => undefined,
  ): Promise<readonly TriggerDelivery[]> {
    const { manifest, licence, table, dispatcher } = this.options;
    const subscribed = manifest.triggers.filter((trigger) => trigger.events.includes(eventType));
    const event = this.completed(eventType, payload);
    const wanted = subscribed.filter((trigger) => passes(trigger, event, licence));
    const messages = table.transaction(() => {
      alongside();
      return wanted.map((trigger) => this.store(trigger, event));
    });
    const outcomes = messages.map((message) => dispatcher.whenFinished(message.eventId));
    dispatcher.plan(messages);
    const finished = await Promise.all(outcomes);
    return subscribed.map((trigger) => delivery(trigger, finished[wanted.indexOf(trigger)]));
  }

  /** Forge: what every event carries beside its own properties. */
  private completed(
    eventType: string,
    payload: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    return {
      timestamp: new Date(this.options.clock.now()).toISOString(),
      selfGenerated: false,
      ...payload,
      eventType,
    };
  }

  private store(trigger: TriggerModule, event: Readonly<Record<string, unknown>>): Message {
    const now = this.options.clock.now();
    const context = {
      cloudId: null,
      workspaceId: this.options.workspace.uuid,
      moduleKey: trigger.key,
      userAccess: { enabled: true, hasAccess: true },
    };
    const message: Message = {
      eventId: randomUUID(),
      kind: 'trigger',
      target: trigger.key,
      jobId: null,
      payload: JSON.stringify({ ...event, context, contextToken: CONTEXT_TOKEN }),
      chain: null,
      concurrencyKey: null,
      concurrencyLimit: null,
      enqueuedAt: now,
      dueAt: now,
      retryCount: 0,
      retryReason: null,
      retryData: null,
    };
    this.options.table.add(message);
    return message;
  }
}

/** Assumed: an app that has no licence to be asked for counts as licensed. */
function passes(
  { filter }: TriggerModule,
  event: Readonly<Record<string, unknown>>,
  licence: Licence | null,
): boolean {
  if (filter?.appIsLicensed === true && licence === 'inactive') return false;
  return filter?.ignoreSelf !== true || event.selfGenerated !== true;
}

function delivery(trigger: TriggerModule, finished: Finished | undefined): TriggerDelivery {
  const module = { triggerKey: trigger.key, functionKey: trigger.function };
  if (finished === undefined) return { ...module, outcome: 'filtered', attempts: 0 };
  const { outcome, attempts, ending } = finished;
  return {
    ...module,
    outcome,
    attempts,
    ...(ending?.result !== undefined && { result: ending.result }),
    ...(ending?.error !== undefined && { error: ending.error }),
  };
}
