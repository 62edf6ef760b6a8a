/** Lives through one scenario again and again from the same store, each time with another call that fails. */
import { chance } from '../../local/demo/random';
import type { StoredRow } from '../../local/forge/store';
import { restartJob } from '../../src/storage/jobs';
import { DEAD_LETTERS } from '../../src/storage/keys';
import { personalDataBeginning } from '../../src/sync/personal-data/personal-data-state';
import { retentionBeginning } from '../../src/sync/retention/retention-state';
import { upgradeBeginning } from '../../src/sync/upgrade/upgrade-state';
import { startInProcessApp, type InProcessApp } from '../in-process-app';
import { unpacked } from '../planted-texts';
import { REPOSITORY_ID } from '../small-workspace';
import { whatIsStored } from '../sync/what-is-stored';
import { failAtCall } from './faulty-platform';
import { ForgeLife, type TestClock } from './forge-life';
import { Invariants } from './invariants';
import { CLOSED_ACCOUNT, DAY, homeAt, type Home, type Scenario } from './scenarios';
import { hasSettled } from './stormy-life';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HALF_AN_HOUR = 30 * MINUTE;

/** After which the next comparison of a quiet repository has come, whenever the last was. */
const MOST_DAYS = 3;

/** How far queries lag behind, in milliseconds. */
const QUERY_DELAY = 1_000;

/** What goes wrong: nothing, the process dies after a call, or a call meets a fault; calls are counted from 1. */
export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'killed'; readonly call: number }
  | { readonly kind: 'fault'; readonly call: number; readonly turn: number };

export interface Ending {
  /** What is left, to compare with the fair ending. */
  readonly left: unknown;
  /** Of each call while something may go wrong: whether it changes anything outside the process. */
  readonly calls: readonly boolean[];
  /** Kinds of messages that were consumed. */
  readonly messages: ReadonlySet<string>;
  readonly faults: readonly string[];
}

export interface Rehearsal {
  run(mishap: Mishap): Promise<Ending>;
  close(): Promise<void>;
}

/** Prepares a scenario: the store as it is before, and Bitbucket as it is from then on. */
export async function rehearse(scenario: Scenario, clock: TestClock, beginsAt: number): Promise<Rehearsal> {
  clock.now = beginsAt;
  const home = homeAt(beginsAt);
  const { small } = home;
  const app = await startInProcessApp({
    ...small,
    repositories: () => (home.isGone ? [] : small.repositories()),
  });
  const store = await before(scenario, app, clock, beginsAt);
  const at = beginsAt + 2 * HOUR;
  scenario.change?.(home, at);
  return {
    run: (mishap) => run(scenario, { app, home, clock, at, store }, mishap),
    close: () => app.close(),
  };
}

async function before(
  { isFirst = false }: Scenario,
  app: InProcessApp,
  clock: TestClock,
  at: number,
): Promise<readonly StoredRow[]> {
  if (isFirst) return [];
  const life = new ForgeLife(app, clock, chance(1));
  life.install(at);
  life.schedule(at, at + HOUR);
  await life.until(at + HOUR);
  life.end();
  // They come daily and take their time: only where they are what is looked at.
  const later = Math.floor((at + 30 * DAY) / 1_000);
  await restartJob('upgrade', later, upgradeBeginning());
  await restartJob('personal-data', later, personalDataBeginning());
  await restartJob('retention', later, retentionBeginning());
  return app.app.store.dump();
}

interface Stage {
  readonly app: InProcessApp;
  readonly home: Home;
  readonly clock: TestClock;
  readonly at: number;
  readonly store: readonly StoredRow[];
}

async function run(scenario: Scenario, stage: Stage, mishap: Mishap): Promise<Ending> {
  const { app, home, clock, at, store } = stage;
  clock.now = at;
  app.app.store.restore(store);
  app.app.store.delayQueries(QUERY_DELAY);
  app.queue.length = 0;
  app.setLicence('active');
  const life = new ForgeLife(app, clock, chance(1));
  const isFault = mishap.kind === 'fault';
  const platform = failAtCall(chance(2), isFault ? mishap.call : 0, isFault ? mishap.turn : 0);
  const invariants = new Invariants(app, life);
  const check = async (): Promise<void> => {
    platform.pause();
    await app.app.store.withoutDelay(() => invariants.check(clock.now));
    platform.resume();
  };
  try {
    platform.pause();
    await scenario.begin({ home, app, life, at });
    platform.resume();
    life.changes.length = 0;
    if (mishap.kind === 'killed') life.killAtCall(mishap.call);
    const end = at + (scenario.lasts ?? HALF_AN_HOUR);
    life.schedule(at, at + Math.min(end - at, HALF_AN_HOUR));
    await life.until(end, check);
    const calls = [...life.changes];
    platform.pause();
    await settle(scenario, life, end, check);
    return {
      left: await app.app.store.withoutDelay(() => leftBy(scenario, app, clock.now)),
      calls,
      messages: life.messages,
      faults: [...platform.made.keys()],
    };
  } finally {
    platform.end();
    life.end();
  }
}

/** Fair weather, a day later, until the repository is compared with Bitbucket; or for as long as what is left takes. */
async function settle(
  { leaves }: Scenario,
  life: ForgeLife,
  from: number,
  check: () => Promise<void>,
): Promise<void> {
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const begins = from + days * (DAY + 2 * HOUR);
    life.schedule(begins, begins + HOUR);
    for (let passed = 15 * MINUTE; passed <= 2 * HOUR; passed += 15 * MINUTE) {
      await life.until(begins + passed, check);
      // What a killed function left of a removal is found by the next comparison, a day later.
      const isOver =
        leaves === undefined ? await hasSettled(REPOSITORY_ID, from) : days === 1 && passed >= HOUR;
      if (isOver) return;
    }
  }
  throw new Error('The store did not settle.');
}

async function leftBy({ leaves }: Scenario, app: InProcessApp, now: number): Promise<unknown> {
  const rows = app.app.store.dump();
  const deadLetters = rows.filter(({ key }) => key.startsWith(DEAD_LETTERS)).map(({ value }) => value);
  const keys = (): readonly string[] => rows.map(({ entityName, key }) => `${entityName ?? ''} ${key}`);
  switch (leaves) {
    case undefined:
      return { deadLetters, ...(await whatIsStored(app, REPOSITORY_ID, now)) };
    case 'nothing':
      return keys();
    case 'no-repository':
      return { deadLetters, ofRepository: keys().filter(isOfRepository) };
    case 'nobody-closed': {
      const named = rows.filter(isAboutClosed).map(({ key }) => key);
      return { deadLetters, named, ...(await whatIsStored(app, REPOSITORY_ID, now)) };
    }
  }
}

/** Also in what is packed. */
function isAboutClosed({ value }: StoredRow): boolean {
  return unpacked(JSON.stringify(value)).some((text) => text.includes(CLOSED_ACCOUNT));
}

/** The list of changes keeps entries under keys by chance. */
function isOfRepository(name: string): boolean {
  return name.includes(REPOSITORY_ID) && !name.startsWith('audit ');
}
