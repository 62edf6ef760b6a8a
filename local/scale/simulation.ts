/** One installation in simulated time: the app's real functions on the local store, the Bitbucket stand-in and queues. */
import { createStandIn, type StandIn } from '../bitbucket/stand-in';
import { chance, type Chance } from '../demo/random';
import { AccountReports } from '../forge/account-reports';
import { openDatabase, type HostDatabase } from '../forge/database';
import type { ForgeManifest } from '../forge/manifest';
import { triggerVerdict } from '../forge/retry-policy';
import { ForgeStore } from '../forge/store';
import { Accounts } from './accounts';
import { Engine, type Chain, type Computing, type Ending, type Invocation } from './engine';
import { Freshness } from './freshness';
import { FunctionBooks } from './function-books';
import { appManifest, functionOf, HANDLERS, type SimulatedFunction } from './functions';
import { ImportWatch } from './import-watch';
import { deliveryEnding, MessageQueue, type Message } from './message-queue';
import { Platform, VIEWER_ACCOUNT } from './platform';
import type { ScaleSource } from './scale-source';
import type { WrittenRow } from './stored-rows';
import type { Timeline } from './timeline';
import { callsOfView, instantsOfViews, startOfDayOf, type ViewCall } from './views';

const MINUTE = 60_000;
const TICK = 5 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Forge: product events come up to three minutes late, in any order. */
const SOONEST_EVENT = 1_000;
const LATEST_EVENT = 180_000;

export interface SimulationOptions {
  /** Answers of the present instant: made with `clock`. */
  readonly source: ScaleSource;
  readonly timeline: Timeline;
  readonly requestsPerHour: number;
  readonly viewsPerDay: number;
  readonly seed: number;
  readonly computing: Computing;
}

/** Live messages that were not handled at the end of a day, and how long the oldest had waited. */
export interface Backlog {
  readonly day: number;
  readonly messages: number;
  readonly oldestSeconds: number;
  /** The longest that any had waited at any tick of the day. */
  readonly worstSeconds: number;
}

/** What one call of a resolver function gave. */
export interface Viewed {
  readonly ending: Ending;
  readonly invocation: Invocation;
}

/** Runs the app from its installation on. Only one at a time in a process; call `close` at the end. */
export class Simulation {
  readonly startsAt: number;
  readonly accounts: Accounts;
  readonly functions = new FunctionBooks();
  readonly store: ForgeStore;
  readonly queue: MessageQueue;
  readonly bitbucket: StandIn;
  readonly platform: Platform;
  readonly imports: ImportWatch;
  readonly freshness = new Freshness();
  readonly backlogs: Backlog[] = [];
  readonly database: HostDatabase;
  /** Of Bitbucket's events: delivered to the app, not subscribed to, and given up after retries. */
  readonly events = { delivered: 0, unsubscribed: 0, givenUp: 0 };
  private readonly engine: Engine;
  private readonly manifest: ForgeManifest = appManifest();
  private readonly luck: Chance;
  private readonly disconnect: () => void;
  private readonly recent: string[] = [];
  private worstWait = 0;

  constructor(private readonly options: SimulationOptions) {
    const { source, timeline, requestsPerHour, seed, computing } = options;
    this.startsAt = timeline.now();
    this.luck = chance(seed);
    this.accounts = new Accounts(this.startsAt);
    this.engine = new Engine(timeline, this.accounts, computing);
    this.database = openDatabase(':memory:');
    const clock = { now: (): number => Math.floor(timeline.now()) };
    this.store = new ForgeStore({
      database: this.database,
      entities: this.manifest.entities,
      clock,
      enforceRates: true,
      onUse: (kind, bytes, units) => this.platform.noteUse(kind, bytes, units),
    });
    this.bitbucket = createStandIn({ source, clock, requestsPerHour });
    this.queue = new MessageQueue({
      timeline,
      luck: this.luck.fork(),
      deliver: (message, onEnd) => this.deliver(message, onEnd),
    });
    this.imports = new ImportWatch(source.repositories().length, this.startsAt);
    this.platform = new Platform(
      {
        timeline,
        engine: this.engine,
        store: this.store,
        queue: this.queue,
        bitbucket: this.bitbucket,
        scopes: this.manifest.permissions.scopes,
        onWrite: (row, invocation) => this.noteWrite(row, invocation),
      },
      new AccountReports(),
    );
    this.disconnect = this.platform.connect();
    this.begin();
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.options.timeline.now();
  }

  /** Simulated days since the installation, with fractions. */
  get days(): number {
    return (this.now - this.startsAt) / DAY;
  }

  /** Lets an hour pass. */
  async passHour(): Promise<void> {
    const { source, timeline, viewsPerDay } = this.options;
    const from = timeline.now();
    const to = from + HOUR;
    if (startOfDayOf(from) !== startOfDayOf(from - HOUR)) {
      for (const at of instantsOfViews(startOfDayOf(from), viewsPerDay, this.luck)) {
        timeline.plan(at, () => this.openPanel());
      }
    }
    for (const { at, payload } of source.happenings(from, to)) {
      this.freshness.happened(at, payload);
      timeline.plan(at + this.luck.integer(SOONEST_EVENT, LATEST_EVENT), () =>
        this.deliverEvent(payload, at, 0),
      );
    }
    await timeline.passUntil(to);
    if (Math.floor(this.days) > this.backlogs.length) this.closeDay();
  }

  /** Calls one resolver function of a repository (uuid with braces), and waits for it while time passes. */
  async view(call: ViewCall, repositoryUuid: string, purpose: string): Promise<Viewed> {
    const views: Viewed[] = [];
    this.callResolver(call, repositoryUuid, purpose, (ending, invocation) => {
      views.push({ ending, invocation });
    });
    await this.options.timeline.passUntil(this.now + MINUTE);
    const [viewed] = views;
    if (viewed === undefined) throw new Error(`${call.name} was not answered within a minute.`);
    return viewed;
  }

  /** Gives the process its own clock, console and platform back. */
  close(): void {
    this.disconnect();
    this.database.close();
  }

  private begin(): void {
    const { timeline } = this.options;
    timeline.plan(this.startsAt, () => {
      const event = { eventType: 'avi:forge:installed:app' };
      this.run('onLifecycle', 'on-lifecycle', { pushes: 0 }, () =>
        HANDLERS.onLifecycle(event, this.context()),
      );
    });
    const tickAgain = (): void => {
      timeline.plan(timeline.now() + TICK, tickAgain);
      const { oldest } = this.queue.backlog('live');
      if (oldest !== null) this.worstWait = Math.max(this.worstWait, this.now - oldest);
      this.run('tick', 'tick', { pushes: 0 }, () => HANDLERS.tick({}, this.context()));
    };
    timeline.plan(this.startsAt + this.luck.integer(0, TICK), tickAgain);
  }

  private run(
    handler: keyof typeof HANDLERS,
    purpose: string,
    chain: Chain,
    call: () => Promise<unknown>,
    onEnd: (ending: Ending, invocation: Invocation) => void = () => undefined,
  ): void {
    const definition: SimulatedFunction = functionOf(this.manifest, handler);
    this.engine.start({
      function: definition,
      purpose,
      chain,
      call,
      onEnd: (ending, invocation) => {
        this.functions.note(invocation, ending, this.now);
        onEnd(ending, invocation);
      },
    });
  }

  private context(): Readonly<Record<string, unknown>> {
    return { installContext: `ari:cloud:bitbucket::workspace/${this.options.source.workspace.uuid}` };
  }

  private deliver(message: Message, onEnd: (ending: Ending) => void): void {
    const { queue, jobId, event, retryCount, chain } = message;
    const handler = queue === 'live' ? 'live' : 'work';
    const body = {
      ...event,
      queueName: queue,
      jobId,
      eventId: jobId,
      ...(retryCount > 0 && { retryContext: { retryCount, retryReason: 'simulated', retryData: {} } }),
    };
    const purpose = `${handler} ${String(event.body.kind)}`;
    this.run(handler, purpose, chain, () => HANDLERS[handler](body), onEnd);
  }

  private deliverEvent(payload: Readonly<Record<string, unknown>>, at: number, retryCount: number): void {
    const { eventType } = payload;
    if (!this.manifest.triggers.some(({ events }) => events.includes(String(eventType)))) {
      this.events.unsubscribed += 1;
      return;
    }
    if (retryCount === 0) this.noteEvent(payload);
    const body = {
      ...payload,
      ...(retryCount > 0 && { retryContext: { retryCount, retryReason: 'simulated', retryData: {} } }),
    };
    const onEnd = (ending: Ending): void => {
      const verdict = triggerVerdict({ enqueuedAt: at, retryCount }, deliveryEnding(ending), this.now);
      if (verdict.kind === 'dropped') this.events.givenUp += 1;
      if (verdict.kind !== 'again') return;
      this.options.timeline.plan(verdict.dueAt, () => this.deliverEvent(payload, at, retryCount + 1));
    };
    this.run('onEvent', 'on-event', { pushes: 0 }, () => HANDLERS.onEvent(body), onEnd);
  }

  /** Where something happened lately, people look. */
  private noteEvent({ repository }: Readonly<Record<string, unknown>>): void {
    this.events.delivered += 1;
    if (typeof repository !== 'object' || repository === null || !('uuid' in repository)) return;
    this.recent.push(String(repository.uuid));
    if (this.recent.length > RECENT_EVENTS) this.recent.shift();
  }

  private openPanel(): void {
    const repository = this.recent.length === 0 ? this.options.source.largest : this.luck.pick(this.recent);
    for (const call of callsOfView(this.luck)) {
      this.callResolver(call, repository, `resolve ${call.name}`);
    }
  }

  private callResolver(
    { name, payload }: ViewCall,
    repositoryUuid: string,
    purpose: string,
    onEnd?: (ending: Ending, invocation: Invocation) => void,
  ): void {
    const context = {
      extension: {
        repository: { uuid: repositoryUuid },
        workspace: { uuid: this.options.source.workspace.uuid },
      },
    };
    const backend = { ...this.context(), principal: { accountId: VIEWER_ACCOUNT } };
    const call = (): Promise<unknown> =>
      Promise.resolve(HANDLERS.resolve({ call: { functionKey: name, payload }, context }, backend));
    this.run('resolve', purpose, { pushes: 0 }, call, onEnd);
  }

  private noteWrite(row: WrittenRow, invocation: Invocation): void {
    const { now } = this;
    this.freshness.saw(row, now);
    const task = this.imports.saw(row, now);
    if (task === null || invocation.run.function.key !== 'work') return;
    // The queue tells recent from older history; a task that ends or is put off goes on under its last one.
    const where = task.queue === 'idle' || task.name !== 'pull-requests' ? '' : ` ${task.queue}`;
    if (task.name === 'pull-requests' && where === '') return;
    invocation.turnTo(`work ${task.name}${where}`, now);
  }

  private closeDay(): void {
    const { count, oldest } = this.queue.backlog('live');
    this.backlogs.push({
      day: this.backlogs.length,
      messages: count,
      oldestSeconds: oldest === null ? 0 : (this.now - oldest) / 1_000,
      worstSeconds: this.worstWait / 1_000,
    });
    this.worstWait = 0;
  }
}

/** So many events back people look. */
const RECENT_EVENTS = 200;
