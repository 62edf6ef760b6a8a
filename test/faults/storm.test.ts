/** Days in which everything fails now and then: when it stops, the store is what it is without faults. */
import { FAIR_WEATHER, liveThrough, type TestClock, type Weather } from './stormy-life';

const BEGINS_AT = Date.UTC(2026, 10, 16, 9);
const DAYS = 1;

/** The same storms each time, so that a change is judged by nothing else; STORM_SEED and STORM_RUNS look at others. */
const SEED = Number(process.env.STORM_SEED ?? 20_261_121);
const RUNS = Number(process.env.STORM_RUNS ?? 1);

const STORM: Weather = {
  rates: { storage: 0.03, bitbucket: 0.12, queue: 0.15, staleQuery: 0.2 },
  kill: 0.08,
  doubled: 0.15,
  late: 0.08,
  lost: 0.02,
  missedTick: 0.1,
  doubledTick: 0.1,
  clockSeconds: 60,
};

const KINDS_OF_FAULTS = 18;

const clock: TestClock = { now: BEGINS_AT };
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterEach(() => jest.restoreAllMocks());

it.each(Array.from({ length: RUNS }, (_, run) => SEED + run))(
  'leaves what fair weather leaves (seed %i)',
  async (seed) => {
    const fair = await liveThrough(seed, clock, { beginsAt: BEGINS_AT, days: DAYS, weather: FAIR_WEATHER });
    const stormy = await liveThrough(seed, clock, { beginsAt: BEGINS_AT, days: DAYS, weather: STORM });
    expect(stormy.stored).toEqual(fair.stored);
    expect(stormy.made.size).toBeGreaterThanOrEqual(KINDS_OF_FAULTS);
  },
  300_000,
);
