/**
 * Runs invocations that overlap in simulated time. Each is the app's real code; it goes on in this process from one call
 * of the platform to the next, and all that wait for an answer wait in simulated time, so that none blocks another.
 */
import type { Accounts, Purpose, Totals } from './accounts';
import type { SimulatedFunction } from './functions';
import type { Timeline } from './timeline';

/** Pushes of everything that one original invocation led to. */
export interface Chain {
  pushes: number;
}

/** How an invocation ended. */
export type Ending =
  | { readonly outcome: 'returned'; readonly value: unknown }
  | { readonly outcome: 'threw'; readonly error: unknown }
  | { readonly outcome: 'timed-out' };

/** What is to be run. */
export interface Run {
  readonly function: SimulatedFunction;
  readonly purpose: Purpose;
  readonly chain: Chain;
  /** Calls the app's function. */
  readonly call: () => Promise<unknown>;
  readonly onEnd: (ending: Ending, invocation: Invocation) => void;
}

/** How the computing time of the app's code is told: measured here, or none, for runs that are the same each time. */
export type Computing = 'measured' | 'none';

/** Milliseconds from the beginning of an invocation to that of the app's code, in a warm process. */
export const START_MILLISECONDS = 5;

/** Lambda: a process of this many megabytes has one processor, a smaller one its share of it. */
const MEGABYTES_A_PROCESSOR = 1_769;

/** One invocation. */
export class Invocation {
  /** Calls that wait for their answer. */
  pending = 0;
  ending: Ending | null = null;
  isOver = false;
  /** Milliseconds of its own processor. */
  computed = 0;
  private chargedUntil: number;

  constructor(
    readonly run: Run,
    readonly startedAt: number,
    private readonly accounts: Accounts,
    private currentPurpose: Purpose,
  ) {
    this.chargedUntil = startedAt;
  }

  get deadline(): number {
    return this.startedAt + this.run.function.timeoutMilliseconds;
  }

  /** What it does now. */
  get purpose(): Purpose {
    return this.currentPurpose;
  }

  /** The account of what it does now. */
  account(now: number): Totals {
    return this.accounts.of(this.currentPurpose, now);
  }

  /** From now on it works for something else. */
  turnTo(purpose: Purpose, now: number): void {
    if (purpose === this.currentPurpose) return;
    this.charge(now);
    this.currentPurpose = purpose;
  }

  /** Charges the time since the last charge. */
  charge(now: number): void {
    const account = this.account(now);
    const milliseconds = Math.max(0, now - this.chargedUntil);
    account.runMilliseconds += milliseconds;
    account.gigabyteSeconds += (this.run.function.memoryMegabytes / 1_024) * (milliseconds / 1_000);
    this.chargedUntil = now;
  }
}

/** Runs invocations on a timeline and charges them. */
export class Engine {
  private current: Invocation | null = null;
  private resumedAtCpu = 0;
  /** Calls of the code that runs at this moment. */
  private readonly leaving: { readonly latency: number; readonly arrive: () => Promise<void> }[] = [];

  constructor(
    private readonly timeline: Timeline,
    private readonly accounts: Accounts,
    private readonly computing: Computing,
  ) {}

  /** Begins an invocation now. */
  start(run: Run): void {
    const now = this.timeline.now();
    const invocation = new Invocation(run, now, this.accounts, run.purpose);
    invocation.account(now).invocations += 1;
    const begin = (): Promise<void> =>
      this.resume(invocation, () => {
        run.call().then(
          (value) => {
            invocation.ending = { outcome: 'returned', value };
          },
          (error: unknown) => {
            invocation.ending = { outcome: 'threw', error };
          },
        );
      });
    this.timeline.plan(now + START_MILLISECONDS, begin);
  }

  /** The invocation whose code runs at this moment. Throws outside of any. */
  running(): Invocation {
    if (this.current === null) throw new Error('The app called the platform outside of an invocation.');
    return this.current;
  }

  /** Milliseconds that the running invocation may still take. */
  remaining(): number {
    const { deadline } = this.running();
    return Math.max(0, deadline - this.timeline.now() - this.sinceResumed());
  }

  /**
   * A call of the running invocation that is answered after `latency` milliseconds; its effect is of the same instant.
   * Calls made together are answered together.
   */
  call<Answer>(
    latency: number,
    perform: (invocation: Invocation) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const invocation = this.running();
    invocation.pending += 1;
    return new Promise((resolve) => {
      const arrive = async (): Promise<void> => {
        const performed = perform(invocation);
        const answer = performed instanceof Promise ? await performed : performed;
        invocation.pending -= 1;
        if (invocation.isOver) return;
        if (this.timeline.now() <= invocation.deadline) await this.resume(invocation, () => resolve(answer));
        else this.end(invocation, { outcome: 'timed-out' }, invocation.deadline);
      };
      this.leaving.push({ latency, arrive });
    });
  }

  /** Lets the code of an invocation run until it waits for the platform, or has ended. */
  private async resume(invocation: Invocation, step: () => void): Promise<void> {
    this.current = invocation;
    this.resumedAtCpu = this.computing === 'none' ? 0 : cpuMicroseconds();
    step();
    // Whatever the code awaits beside the platform is over after a turn of the event loop.
    do await turn();
    while (invocation.ending === null && invocation.pending === 0);
    const computed = this.sinceResumed();
    // Taken to leave when the code has nothing more to do, so that the processor is asked twice only.
    for (const { latency, arrive } of this.leaving.splice(0)) {
      this.timeline.plan(this.timeline.now() + computed + latency, arrive);
    }
    invocation.computed += computed;
    invocation.account(this.timeline.now()).cpuMilliseconds += computed;
    this.current = null;
    const { ending } = invocation;
    if (ending === null || invocation.isOver) return;
    const endedAt = this.timeline.now() + computed;
    if (endedAt <= invocation.deadline) {
      this.timeline.plan(endedAt, () => this.end(invocation, ending, endedAt));
    } else this.end(invocation, { outcome: 'timed-out' }, invocation.deadline);
  }

  private end(invocation: Invocation, ending: Ending, at: number): void {
    if (invocation.isOver) return;
    invocation.isOver = true;
    invocation.ending = ending;
    invocation.charge(at);
    invocation.run.onEnd(ending, invocation);
  }

  /** Milliseconds that the running code has computed, on the share of a processor that its function has. */
  private sinceResumed(): number {
    if (this.computing === 'none' || this.current === null) return 0;
    const share = Math.min(1, this.current.run.function.memoryMegabytes / MEGABYTES_A_PROCESSOR);
    return (cpuMicroseconds() - this.resumedAtCpu) / 1_000 / share;
  }
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
