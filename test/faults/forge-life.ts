/** The days of one app on Forge: triggers, messages and the schedule come when they are due, well or badly, as a seed says. */
import type { Chance } from '../../local/demo/random';
import { live, work } from '../../src/sync/functions';
import { Killed, type InProcessApp, type QueuedMessage } from '../in-process-app';
import { Timeline } from './timeline';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TICK_EVERY = 5 * MINUTE;

/** Forge drops a message that could not be handled within a day. */
const DROPPED_AFTER = DAY;

/** Forge repeats a trigger's function, or a consumer that failed by itself, at most so often. */
const MOST_REPETITIONS = 4;

/** After a function that threw or was killed, Forge calls it again. */
const AFTER_A_THROW = 30 * SECOND;

/** What each request takes, so that a function that never ends comes to the end of its time. */
const CALL_MILLISECONDS = 100;
const LONGEST_FUNCTION = 900 * SECOND;

export interface Weather {
  /** That a function's process dies at one of its first calls. */
  readonly kill: number;
  /** That a message comes twice, that it is late by hours, that it is lost. */
  readonly doubled: number;
  readonly late: number;
  readonly lost: number;
  /** That a tick of the schedule is missed, or comes twice, one after the other. */
  readonly missedTick: number;
  readonly doubledTick: number;
  /** Seconds by which the clock of one function may differ from another's. */
  readonly clockSeconds: number;
}

export const FAIR_WEATHER: Weather = {
  kill: 0,
  doubled: 0,
  late: 0,
  lost: 0,
  missedTick: 0,
  doubledTick: 0,
  clockSeconds: 0,
};

/** The clock of the test, in milliseconds. */
export interface TestClock {
  now: number;
}

interface Delivery {
  readonly jobId: string;
  readonly pushedAt: number;
  readonly retryCount: number;
}

type ForgeFetch = (
  meta: { readonly remote?: string },
  target: string,
  init?: RequestInit,
) => Promise<Response>;

/** All that only reads: of storage, and whatever is asked of Bitbucket. */
const READS = /\/(get|query)$/;

/** Begin it before anything else is put between the app and its platform. */
export class ForgeLife {
  /** What happened to functions and messages, by kind. */
  readonly made = new Map<string, number>();
  steps = 0;
  /** Requests that functions made in the steps so far. */
  calls = 0;
  /** Of each of them since a test emptied it: whether it changes anything outside the process. */
  readonly changes: boolean[] = [];
  weather: Weather;
  /** Kinds of messages that were handed to a consumer. */
  readonly messages = new Set<string>();
  private readonly timeline = new Timeline();
  private readonly waiting = new Set<QueuedMessage>();
  private jobs = 0;
  private isInStep = false;
  private killAt: number | null = null;
  private readonly disconnect: () => void;

  constructor(
    private readonly app: InProcessApp,
    private readonly clock: TestClock,
    private readonly luck: Chance,
    weather: Weather = FAIR_WEATHER,
  ) {
    this.weather = weather;
    this.app.app.clock.now = () => clock.now;
    this.disconnect = this.letCallsTakeTime();
  }

  /** Takes itself away from between the app and its platform. */
  end(): void {
    this.disconnect();
  }

  /** Pushed, and neither handled nor dropped. */
  get pending(): readonly QueuedMessage[] {
    return [...this.waiting, ...this.app.queue];
  }

  install(at: number): void {
    this.timeline.add(at, () => this.trigger(() => this.app.install(), 0));
  }

  event(at: number, payload: object): void {
    this.timeline.add(at, () => this.trigger(() => this.app.emit(payload), 0));
  }

  /** Anything else that calls the app. */
  plan(at: number, run: () => Promise<unknown>): void {
    this.timeline.add(at, run);
  }

  schedule(from: number, to: number): void {
    for (let at = from + MINUTE; at < to; at += TICK_EVERY) {
      if (this.happens('tick missed', this.weather.missedTick)) continue;
      this.timeline.add(at, () => this.tick());
    }
  }

  /** The process that makes the call of this number from now on dies after it; the next one lives. */
  killAtCall(number: number): void {
    this.killAt = this.calls + number;
  }

  /** Runs what is due, in its order; `before` and `after` each step. */
  async until(
    end: number,
    after: () => Promise<void> = () => Promise.resolve(),
    before: (at: number) => void = () => undefined,
  ): Promise<void> {
    this.take();
    for (let due = this.timeline.takeBefore(end); due !== undefined; due = this.timeline.takeBefore(end)) {
      this.steps += 1;
      before(due.at);
      const { clockSeconds } = this.weather;
      this.clock.now = due.at + this.luck.integer(-clockSeconds, clockSeconds) * SECOND;
      await this.run(due.run);
      this.take();
      await after();
    }
    this.clock.now = end;
  }

  private async run(due: () => Promise<unknown>): Promise<void> {
    const isKilled = this.happens('killed', this.weather.kill);
    if (isKilled) this.app.killAfter(this.luck.integer(1, 40));
    if (this.killAt !== null) this.app.killAfter(this.killAt - this.calls);
    const before = this.app.calls;
    this.isInStep = true;
    await due();
    this.isInStep = false;
    this.calls += this.app.calls - before;
    if (this.killAt !== null && this.calls >= this.killAt) this.killAt = null;
    this.app.revive();
  }

  private async tick(): Promise<void> {
    const ticks = this.happens('tick doubled', this.weather.doubledTick) ? 2 : 1;
    // Forge repeats no run of a schedule.
    await Promise.allSettled(Array.from({ length: ticks }, () => this.app.tick()));
  }

  /** A trigger's function: called again where it asked for that or failed. */
  private async trigger(run: () => Promise<unknown>, repetitions: number): Promise<void> {
    const again = (delay: number): void => {
      if (repetitions >= MOST_REPETITIONS) return;
      this.timeline.add(this.clock.now + delay, () => this.trigger(run, repetitions + 1));
    };
    try {
      const delay = retryDelay(await run());
      if (delay !== null) again(delay);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      again(AFTER_A_THROW);
    }
  }

  /** Messages that were pushed get their time, and their fate. */
  private take(): void {
    const { weather, luck, clock } = this;
    for (const message of this.app.queue.splice(0)) {
      if (this.happens('message lost', weather.lost)) continue;
      const copies = this.happens('message doubled', weather.doubled) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const late = this.happens('message late', weather.late) ? luck.integer(1, 10) * HOUR : 0;
        const delay = (message.delayInSeconds ?? 0) * SECOND + luck.integer(0, 5) * SECOND + late;
        const pushedAt = clock.now;
        this.jobs += 1;
        const jobId = `job-${this.jobs}`;
        // Each copy waits by itself.
        const own = { ...message };
        this.waiting.add(own);
        this.timeline.add(pushedAt + delay, () => this.consume(own, { jobId, pushedAt, retryCount: 0 }));
      }
    }
  }

  private async consume(message: QueuedMessage, delivery: Delivery): Promise<void> {
    const { jobId, pushedAt, retryCount } = delivery;
    const consumer = message.queue === 'live' ? live : work;
    this.waiting.delete(message);
    this.messages.add(String(message.body.kind));
    const again = (delay: number): void => {
      const at = this.clock.now + delay;
      if (at - pushedAt > DROPPED_AFTER) {
        this.note('message dropped after a day');
        return;
      }
      this.waiting.add(message);
      this.timeline.add(at, () => this.consume(message, { ...delivery, retryCount: retryCount + 1 }));
    };
    try {
      const event = {
        body: message.body,
        queueName: message.queue,
        jobId,
        eventId: jobId,
        ...(retryCount === 0
          ? {}
          : { retryContext: { retryCount, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: {} } }),
      };
      const delay = retryDelay(await consumer(event));
      if (delay !== null) again(delay);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!(error instanceof Killed)) this.note(`consumer threw ${error.name}`);
      if (retryCount < MOST_REPETITIONS) again(AFTER_A_THROW);
    }
  }

  private letCallsTakeTime(): () => void {
    const globals = globalThis as { __forge_fetch__?: ForgeFetch; __forge_runtime__?: object };
    const behind = globals.__forge_fetch__;
    if (behind === undefined) throw new Error('Start the app first.');
    let endsAt = 0;
    let ofStep = -1;
    const { clock } = this;
    const timeLeft = (): number => {
      if (ofStep !== this.steps) {
        ofStep = this.steps;
        endsAt = clock.now + LONGEST_FUNCTION;
      }
      return endsAt - clock.now;
    };
    Object.assign(globals.__forge_runtime__ ?? {}, {
      lambdaContext: { getRemainingTimeInMillis: timeLeft },
    });
    globals.__forge_fetch__ = (meta, target, init) => {
      if (this.isInStep && timeLeft() < 0) throw new Killed('the time of the function is over');
      clock.now += CALL_MILLISECONDS;
      if (this.isInStep) this.changes.push(meta.remote !== 'bitbucket' && !READS.test(target));
      return behind(meta, target, init);
    };
    return () => {
      globals.__forge_fetch__ = behind;
    };
  }

  private happens(kind: string, probability: number): boolean {
    if (probability === 0 || !this.luck.happens(probability)) return false;
    this.note(kind);
    return true;
  }

  private note(kind: string): void {
    this.made.set(kind, (this.made.get(kind) ?? 0) + 1);
  }
}

/** Milliseconds until Forge calls again; `null` where the function did not ask for it. */
function retryDelay(answer: unknown): number | null {
  if (answer === null || typeof answer !== 'object' || !('retryOptions' in answer)) return null;
  const { retryAfter } = answer.retryOptions as { readonly retryAfter?: number };
  return (retryAfter ?? 1) * SECOND;
}
