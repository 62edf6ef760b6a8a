/** Lives some days of a demo repository on a platform that fails as a seed says, then lets the weather clear. */
import { chance, type Chance } from '../../local/demo/random';
import { withoutBraces, type RepositoryId } from '../../src/storage/keys';
import { readTasks } from '../../src/storage/tasks';
import { live, work } from '../../src/sync/functions';
import { reconciliationProgress } from '../../src/sync/reconcile/reconciliation-state';
import { Killed, startInProcessApp, type InProcessApp, type QueuedMessage } from '../in-process-app';
import { whatIsStored, type Stored } from '../sync/what-is-stored';
import { asForgeMay, inOrder, weekOfDemo } from '../sync/week-of-events';
import { failAtRandom, type FaultRates } from './faulty-platform';
import { expectLedgersToBeFacts } from './invariants';
import { Timeline } from './timeline';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Forge drops a message that could not be handled within a day. */
const DROPPED_AFTER = DAY;

/** Forge repeats a trigger's function at most so often. */
const MOST_REPETITIONS = 4;

/** After a function that threw or was killed, Forge calls it again. */
const AFTER_A_THROW = 30 * SECOND;

/** The reconciliation that finds what was missed comes within a day. */
const LONGEST_CLEARING = 3 * DAY;

const FAIR: FaultRates = { storage: 0, bitbucket: 0, queue: 0, staleQuery: 0 };

export interface Weather {
  readonly rates: FaultRates;
  /** That a function's process dies at one of its first calls. */
  readonly kill: number;
  /** That a message comes twice, that it is late by hours, that it is lost. */
  readonly doubled: number;
  readonly late: number;
  readonly lost: number;
  /** That a tick of the schedule is missed, or comes twice at once. */
  readonly missedTick: number;
  readonly doubledTick: number;
  /** Seconds by which the clock of one function may differ from another's. */
  readonly clockSeconds: number;
}

export const FAIR_WEATHER: Weather = {
  rates: FAIR,
  kill: 0,
  doubled: 0,
  late: 0,
  lost: 0,
  missedTick: 0,
  doubledTick: 0,
  clockSeconds: 0,
};

export interface Life {
  readonly stored: Stored;
  /** Faults by kind. */
  readonly made: ReadonlyMap<string, number>;
  readonly steps: number;
}

/** The clock of the test, in milliseconds. */
export interface TestClock {
  now: number;
}

/** The same seed makes the same happenings in any weather. */
export async function liveThrough(
  seed: number,
  clock: TestClock,
  { beginsAt, days, weather }: { beginsAt: number; days: number; weather: Weather },
): Promise<Life> {
  clock.now = beginsAt;
  const demo = weekOfDemo(seed, beginsAt);
  const app = await startInProcessApp(demo.source);
  try {
    const platform = failAtRandom(chance(seed + 7), weather.rates);
    const life = new StormyLife(app, clock, chance(seed + 8), weather);
    const end = beginsAt + days * DAY;
    const happenings = weekOfDemo(seed, beginsAt).liveUntil(end);
    const deliveries = weather.rates === FAIR ? inOrder(happenings) : asForgeMay(seed, happenings);
    life.install(beginsAt);
    for (const { at, payload } of deliveries) life.event(at, payload);
    life.schedule(beginsAt, end);
    const repository = withoutBraces(demo.repositoryUuid);
    const [source] = demo.source.repositories();
    let checkedAt = 0;
    const check = async (): Promise<void> => {
      // Facts and ledgers are written in transactions, and nowhere else.
      const written = app.app.store.usage().requestsByPath['/api/v1/transaction'] ?? 0;
      if (written === checkedAt) return;
      checkedAt = written;
      platform.pause();
      await expectLedgersToBeFacts(repository, source?.pullRequestIds() ?? []);
      platform.resume();
    };
    await life.until(end, (at) => void demo.liveUntil(at), check);
    demo.liveUntil(end);
    platform.pause();
    await life.clear(end, repository);
    return {
      stored: await whatIsStored(app, repository, clock.now),
      made: new Map([...platform.made, ...life.made]),
      steps: life.steps,
    };
  } finally {
    await app.close();
  }
}

class StormyLife {
  readonly made = new Map<string, number>();
  steps = 0;
  private readonly timeline = new Timeline();
  private jobs = 0;

  constructor(
    private readonly app: InProcessApp,
    private readonly clock: TestClock,
    private readonly luck: Chance,
    private weather: Weather,
  ) {}

  install(at: number): void {
    this.timeline.add(at, () => this.repeated(() => this.app.install(), 0));
  }

  event(at: number, payload: object): void {
    this.timeline.add(at, () => this.repeated(() => this.app.emit(payload), 0));
  }

  schedule(from: number, to: number): void {
    for (let at = from + MINUTE; at < to; at += 5 * MINUTE) {
      if (this.happens('tick missed', this.weather.missedTick)) continue;
      this.timeline.add(at, () => this.tick());
    }
  }

  /** Runs what is due, in its order; `before` and `after` each step. */
  async until(end: number, before: (at: number) => void, after: () => Promise<void>): Promise<void> {
    for (let due = this.timeline.takeBefore(end); due !== undefined; due = this.timeline.takeBefore(end)) {
      this.steps += 1;
      before(due.at);
      const { clockSeconds } = this.weather;
      this.clock.now = due.at + this.luck.integer(-clockSeconds, clockSeconds) * SECOND;
      const isKilled = this.happens('killed', this.weather.kill);
      if (isKilled) this.app.killAfter(this.luck.integer(1, 40));
      await due.run();
      if (isKilled) this.app.revive();
      this.take();
      await after();
    }
  }

  /** Fair weather from now on, until nothing waits and a comparison with Bitbucket has ended. */
  async clear(from: number, repository: RepositoryId): Promise<void> {
    this.weather = FAIR_WEATHER;
    this.schedule(from, from + LONGEST_CLEARING);
    for (let end = from + HOUR; end <= from + LONGEST_CLEARING; end += HOUR) {
      await this.until(
        end,
        () => undefined,
        () => Promise.resolve(),
      );
      if (await hasSettled(repository, from)) return;
    }
    throw new Error('The store did not settle in fair weather.');
  }

  private async tick(): Promise<void> {
    const ticks = this.happens('tick doubled', this.weather.doubledTick) ? 2 : 1;
    // Forge repeats no run of a schedule.
    await Promise.allSettled(Array.from({ length: ticks }, () => this.app.tick()));
  }

  /** A trigger's function: called again where it asked for that or failed. */
  private async repeated(run: () => Promise<unknown>, repetitions: number): Promise<void> {
    const again = (delay: number): void => {
      if (repetitions >= MOST_REPETITIONS) return;
      this.timeline.add(this.clock.now + delay, () => this.repeated(run, repetitions + 1));
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
        this.timeline.add(pushedAt + delay, () => this.consume(message, { jobId, pushedAt, retryCount: 0 }));
      }
    }
  }

  private async consume(message: QueuedMessage, delivery: Delivery): Promise<void> {
    const { jobId, pushedAt, retryCount } = delivery;
    const consumer = message.queue === 'live' ? live : work;
    const again = (delay: number): void => {
      const at = this.clock.now + delay;
      if (at - pushedAt > DROPPED_AFTER) return;
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

  private happens(kind: string, probability: number): boolean {
    if (probability === 0 || !this.luck.happens(probability)) return false;
    this.note(kind);
    return true;
  }

  private note(kind: string): void {
    this.made.set(kind, (this.made.get(kind) ?? 0) + 1);
  }
}

interface Delivery {
  readonly jobId: string;
  readonly pushedAt: number;
  readonly retryCount: number;
}

/** Milliseconds until Forge calls again; `null` where the function did not ask for it. */
function retryDelay(answer: unknown): number | null {
  if (answer === null || typeof answer !== 'object' || !('retryOptions' in answer)) return null;
  const { retryAfter } = answer.retryOptions as { readonly retryAfter?: number };
  return (retryAfter ?? 1) * SECOND;
}

/** Everything is imported, and compared since the storm. */
async function hasSettled(repository: RepositoryId, since: number): Promise<boolean> {
  const tasks = await readTasks(repository);
  const reconciliation = tasks.get('reconciliation');
  if (reconciliation === undefined) return false;
  const { lastAt } = reconciliationProgress(reconciliation);
  const isIdle = [...tasks.values()].every(
    ({ name, queue }) => name === 'reconciliation' || queue === 'idle',
  );
  return isIdle && lastAt !== null && lastAt * SECOND >= since;
}
