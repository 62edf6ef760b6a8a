/** Lives some days of a demo repository on a platform that fails as a seed says, then lets the weather clear. */
import { chance } from '../../local/demo/random';
import { withoutBraces, type RepositoryId } from '../../src/storage/keys';
import { readTasks } from '../../src/storage/tasks';
import { reconciliationProgress } from '../../src/sync/reconcile/reconciliation-state';
import { startInProcessApp } from '../in-process-app';
import { whatIsStored, type Stored } from '../sync/what-is-stored';
import { asForgeMay, inOrder, weekOfDemo } from '../sync/week-of-events';
import { failAtRandom, type FaultRates } from './faulty-platform';
import { FAIR_WEATHER, ForgeLife, type TestClock, type Weather } from './forge-life';
import { Invariants } from './invariants';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** Bitbucket's limit for workspaces of up to a hundred seats. */
const REQUESTS_PER_HOUR = 1_000;

/** The reconciliation that finds what was missed comes within a day. */
const LONGEST_CLEARING = 3 * DAY;

export interface Storm {
  readonly weather: Weather;
  readonly rates: FaultRates;
  /** How far queries lag behind, in milliseconds. */
  readonly queryDelay: number;
}

export interface Life {
  readonly stored: Stored;
  /** Faults by kind. */
  readonly made: ReadonlyMap<string, number>;
}

/** The same seed makes the same happenings in any weather; `null`: fair weather. */
export async function liveThrough(
  seed: number,
  clock: TestClock,
  { beginsAt, days, storm }: { beginsAt: number; days: number; storm: Storm | null },
): Promise<Life> {
  clock.now = beginsAt;
  const demo = weekOfDemo(seed, beginsAt);
  const app = await startInProcessApp(demo.source, { requestsPerHour: REQUESTS_PER_HOUR });
  try {
    const life = new ForgeLife(app, clock, chance(seed + 8), storm?.weather);
    const platform = failAtRandom(chance(seed + 7), storm?.rates ?? { storage: 0, bitbucket: 0, queue: 0 });
    app.app.store.delayQueries(storm?.queryDelay ?? 0);
    const end = beginsAt + days * DAY;
    const happenings = weekOfDemo(seed, beginsAt).liveUntil(end);
    const deliveries = storm === null ? inOrder(happenings) : asForgeMay(seed, happenings);
    life.install(beginsAt);
    for (const { at, payload } of deliveries) life.event(at, payload);
    life.schedule(beginsAt, end);
    const repository = withoutBraces(demo.repositoryUuid);
    const invariants = new Invariants(app, life);
    const check = async (): Promise<void> => {
      platform.pause();
      await app.app.store.withoutDelay(() => invariants.check(clock.now));
      platform.resume();
    };
    await life.until(end, check, (at) => void demo.liveUntil(at));
    demo.liveUntil(end);
    platform.pause();
    app.app.store.delayQueries(0);
    await clear(life, end, repository);
    await invariants.check(clock.now);
    return {
      stored: await whatIsStored(app, repository, clock.now),
      made: new Map([...platform.made, ...life.made]),
    };
  } finally {
    await app.close();
  }
}

/** Fair weather from now on, until nothing waits and a comparison with Bitbucket has ended. */
export async function clear(life: ForgeLife, from: number, repository: RepositoryId): Promise<void> {
  life.weather = FAIR_WEATHER;
  life.schedule(from, from + LONGEST_CLEARING);
  for (let end = from + HOUR; end <= from + LONGEST_CLEARING; end += HOUR) {
    await life.until(end);
    if (await hasSettled(repository, from)) return;
  }
  const tasks = [...(await readTasks(repository)).values()].map(
    ({ name, queue, rank, failures, reason }) =>
      `${name} in ${queue} at ${rank}, ${failures} failures: ${reason ?? 'none'}`,
  );
  throw new Error(`The store did not settle in fair weather. ${tasks.join('; ')}`);
}

/** Everything is imported, and compared since an instant in milliseconds. */
export async function hasSettled(repository: RepositoryId, since: number): Promise<boolean> {
  const tasks = await readTasks(repository);
  const reconciliation = tasks.get('reconciliation');
  if (reconciliation === undefined) return false;
  const { lastAt } = reconciliationProgress(reconciliation);
  const isIdle = [...tasks.values()].every(
    ({ name, queue }) => name === 'reconciliation' || queue === 'idle',
  );
  return isIdle && lastAt !== null && lastAt * SECOND >= since;
}
