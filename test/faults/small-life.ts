/** A small workspace on Forge for tests of one kind of fault: imported, or about to be. */
import { chance } from '../../local/demo/random';
import { startInProcessApp, type InProcessApp, type InProcessOptions } from '../in-process-app';
import { REPOSITORY_ID } from '../small-workspace';
import { whatIsStored, type Stored } from '../sync/what-is-stored';
import { ForgeLife, type TestClock, type Weather } from './forge-life';
import { Invariants } from './invariants';
import { homeAt, type Home } from './scenarios';
import { hasSettled } from './stormy-life';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A quiet repository is compared daily, also where a comparison was held up for some hours. */
const LONGEST_SETTLING = 3 * DAY;

export interface SmallLife {
  readonly home: Home;
  readonly app: InProcessApp;
  readonly life: ForgeLife;
  readonly invariants: Invariants;
  /** Fair weather from an instant in milliseconds on, until everything is imported and compared since; what is stored. */
  settled(from: number): Promise<Stored>;
  close(): Promise<void>;
}

/** Nothing has happened yet; `at` in milliseconds. */
export async function smallLife(
  clock: TestClock,
  at: number,
  { weather, ...options }: InProcessOptions & { readonly weather?: Weather } = {},
): Promise<SmallLife> {
  clock.now = at;
  const home = homeAt(at);
  const app = await startInProcessApp(home.small, options);
  const life = new ForgeLife(app, clock, chance(3), weather);
  const invariants = new Invariants(app, life);
  return {
    home,
    app,
    life,
    invariants,
    settled: async (from) => {
      life.schedule(from, from + LONGEST_SETTLING);
      for (let end = from + HOUR; end <= from + LONGEST_SETTLING; end += HOUR) {
        await life.until(end);
        if (!(await hasSettled(REPOSITORY_ID, from))) continue;
        await invariants.check(clock.now);
        return whatIsStored(app, REPOSITORY_ID, clock.now);
      }
      throw new Error('The store did not settle.');
    },
    close: () => app.close(),
  };
}
