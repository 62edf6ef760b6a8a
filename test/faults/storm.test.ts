/** Days in which everything fails now and then: when it stops, the store is what it is without faults. */
import type { Stored } from '../sync/what-is-stored';
import type { TestClock } from './forge-life';
import { liveThrough, type Storm } from './stormy-life';

const BEGINS_AT = Date.UTC(2026, 10, 16, 9);
const DAYS = 1;

/** The same storms each time, so that a change is judged by nothing else; STORM_SEED and STORM_RUNS look at others. */
const SEED = Number(process.env.STORM_SEED ?? 20_261_121);
const RUNS = Number(process.env.STORM_RUNS ?? 1);

const STORM: Storm = {
  rates: { storage: 0.03, bitbucket: 0.2, queue: 0.2 },
  queryDelay: 3_000,
  weather: {
    kill: 0.08,
    doubled: 0.15,
    late: 0.08,
    lost: 0.04,
    missedTick: 0.1,
    doubledTick: 0.1,
    clockSeconds: 60,
  },
};

/** Of those in `faults.ts`, and of what happens to functions and messages: not each meets every day. */
const KINDS_OF_FAULTS = 22;

const clock: TestClock = { now: BEGINS_AT };
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterEach(() => jest.restoreAllMocks());

it.each(Array.from({ length: RUNS }, (_, run) => SEED + run))(
  'leaves what fair weather leaves (seed %i)',
  async (seed) => {
    const fair = await liveThrough(seed, clock, { beginsAt: BEGINS_AT, days: DAYS, storm: null });
    const stormy = await liveThrough(seed, clock, { beginsAt: BEGINS_AT, days: DAYS, storm: STORM });
    expect(withoutMoreSizes(stormy.stored, fair.stored)).toEqual(fair.stored);
    expect(stormy.made.size).toBeGreaterThanOrEqual(KINDS_OF_FAULTS);
  },
  300_000,
);

/** Whatever is read again tells its sizes, which an import does not ask of every one: to know more is no difference. */
function withoutMoreSizes(stored: Stored, fair: Stored): Stored {
  const unsized = new Set(fair.facts.filter(({ coverage }) => !coverage.diffstat).map(({ id }) => id));
  const facts = stored.facts.map((each) =>
    unsized.has(each.id)
      ? {
          ...each,
          linesAdded: null,
          linesRemoved: null,
          filesChanged: null,
          coverage: { ...each.coverage, diffstat: false },
        }
      : each,
  );
  return { ...stored, facts };
}
