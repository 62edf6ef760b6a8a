/** The two clocks of the host: one that runs on by itself, and one that jumps from timer to timer. */
import type { HostClock, ScheduleOptions } from './host-api';

export type { HostClock, ScheduleOptions } from './host-api';

/** Longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** A clock that starts at `startAt` (milliseconds since the epoch; absent: now) and runs on in real time. */
export function realClock(options: { readonly startAt?: number } = {}): HostClock {
  const offset = options.startAt === undefined ? 0 : options.startAt - Date.now();
  return {
    now: () => Date.now() + offset,
    schedule(delayMs, run) {
      let timer: NodeJS.Timeout;
      function wait(remaining: number): void {
        const step = Math.min(remaining, LONGEST_TIMER_MILLISECONDS);
        timer = setTimeout(() => (remaining > step ? wait(remaining - step) : run()), step);
      }
      wait(Math.max(0, delayMs));
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that never waits. */
export interface VirtualClock extends HostClock {
  /** Keeps the time where it is until the answered function is called. */
  hold(): () => void;
  /** Lets `milliseconds` pass, running every timer on the way, and resolves when what they started has ended. */
  advance(milliseconds: number): Promise<void>;
}

/**
 * A clock that stands still while anything holds it, and otherwise jumps to the next timer at once. Background timers
 * run when the time passes them and never make it pass: a schedule that repeats for ever would keep it running.
 *
 * @param startAt Milliseconds since the epoch.
 */
export function virtualClock(startAt: number): VirtualClock {
  return new JumpingClock(startAt);
}

interface Timer {
  readonly at: number;
  readonly background: boolean;
  readonly run: () => void;
}

interface Advance {
  readonly until: number;
  readonly done: () => void;
}

class JumpingClock implements VirtualClock {
  /** Ordered by their instant; those of one instant by when they were scheduled. */
  private readonly timers: Timer[] = [];
  private holds = 0;
  private jumpPlanned = false;
  private advancing: Advance | null = null;

  constructor(private instant: number) {}

  now(): number {
    return this.instant;
  }

  schedule(delayMs: number, run: () => void, options: ScheduleOptions = {}): () => void {
    const timer: Timer = {
      at: this.instant + Math.max(0, delayMs),
      background: options.background ?? false,
      run,
    };
    const later = this.timers.findIndex((other) => other.at > timer.at);
    this.timers.splice(later < 0 ? this.timers.length : later, 0, timer);
    this.planJump();
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }

  hold(): () => void {
    this.holds += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.holds -= 1;
      this.planJump();
    };
  }

  advance(milliseconds: number): Promise<void> {
    if (this.advancing !== null) {
      throw new Error('The virtual clock is being advanced already; await that first.');
    }
    return new Promise((resolve) => {
      this.advancing = { until: this.instant + milliseconds, done: resolve };
      this.planJump();
    });
  }

  /** A jump waits for what runs now, since its continuation may take a hold or start the next thing. */
  private planJump(): void {
    if (this.jumpPlanned || this.holds > 0) return;
    this.jumpPlanned = true;
    setImmediate(() => {
      this.jumpPlanned = false;
      if (this.holds === 0) this.jump();
    });
  }

  private jump(): void {
    const { advancing } = this;
    const limit = advancing?.until ?? this.timers.find((timer) => !timer.background)?.at;
    const next = this.timers[0];
    if (next !== undefined && limit !== undefined && next.at <= limit) {
      this.timers.shift();
      this.instant = next.at;
      next.run();
      this.planJump();
      return;
    }
    if (advancing === null) return;
    this.instant = advancing.until;
    this.advancing = null;
    advancing.done();
    this.planJump();
  }
}
