/** Lets time pass for an app in the test's process: messages come when they are due, the schedule every five minutes. */
import { z } from 'zod';
import { live, work } from '../src/sync/functions';
import type { InProcessApp, QueuedMessage } from './in-process-app';

const TICK_MILLISECONDS = 300_000;

/** What a function answers to be called again. */
const retryRequest = z.object({
  _retry: z.literal(true),
  retryOptions: z.object({ retryAfter: z.number() }),
});

/** The time of one app, which shows on no clock but this. */
export interface Timeline {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Lets so many milliseconds pass. */
  pass(duration: number): Promise<void>;
  /** Moves on so many milliseconds in which no schedule ran and no message came. */
  leap(duration: number): void;
}

export interface PassingTime extends Omit<Timeline, 'leap'> {
  /** Gives the process its own clock back. */
  end(): void;
}

interface Waiting {
  readonly message: QueuedMessage;
  readonly dueAt: number;
  readonly retryCount: number;
}

/** Begins at `start`, with the process's clock in its hands until `end`. */
export function passingTime(forge: InProcessApp, start: number): PassingTime {
  const time = timeline(forge, start);
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => time.now);
  return {
    get now() {
      return time.now;
    },
    pass: time.pass,
    end: () => clock.mockRestore(),
  };
}

/** Begins at `start`; `invoke` runs each function of the app. */
export function timeline(
  forge: InProcessApp,
  start: number,
  invoke: <T>(run: () => Promise<T>) => Promise<T> = (run) => run(),
): Timeline {
  let now = start;
  let jobs = 0;
  let nextTick = start + TICK_MILLISECONDS;
  let waiting: readonly Waiting[] = [];

  function take(): void {
    const taken = forge.queue.splice(0).map((message): Waiting => ({
      message,
      dueAt: now + (message.delayInSeconds ?? 0) * 1_000,
      retryCount: 0,
    }));
    waiting = [...waiting, ...taken];
  }

  async function deliver({ message, retryCount }: Waiting): Promise<void> {
    jobs += 1;
    const consume = message.queue === 'live' ? live : work;
    const job = `passing-${jobs}`;
    const outcome = await invoke(() =>
      consume({
        body: message.body,
        queueName: message.queue,
        jobId: job,
        eventId: job,
        ...(retryCount === 0 ? {} : { retryContext: { retryCount, retryReason: 'test', retryData: {} } }),
      }),
    );
    const retry = retryRequest.safeParse(outcome);
    if (!retry.success) return;
    const after = retry.data.retryOptions.retryAfter;
    waiting = [...waiting, { message, dueAt: now + after * 1_000, retryCount: retryCount + 1 }];
  }

  async function deliverDue(): Promise<void> {
    for (;;) {
      take();
      const due = waiting.filter(({ dueAt }) => dueAt <= now);
      if (due.length === 0) return;
      waiting = waiting.filter(({ dueAt }) => dueAt > now);
      for (const each of due) await deliver(each);
    }
  }

  return {
    get now() {
      return now;
    },
    pass: async (duration) => {
      const end = now + duration;
      await deliverDue();
      while (now < end) {
        now = Math.min(end, nextTick, ...waiting.map(({ dueAt }) => dueAt));
        if (now === nextTick) {
          nextTick += TICK_MILLISECONDS;
          await invoke(() => forge.tick());
        }
        await deliverDue();
      }
    },
    leap: (duration) => {
      now += duration;
      nextTick = now + TICK_MILLISECONDS;
    },
  };
}
