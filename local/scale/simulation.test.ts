import { figuresOf, isImport, measureLargest } from './figures';
import { monthlyBill, billedUse } from './bill';
import { report } from './report';
import { Simulation } from './simulation';
import { Timeline } from './timeline';
import { fiveRepositories } from './testing';

const STARTS_AT = Date.UTC(2026, 10, 2);
const BEFORE = 40;
const DAYS = 2;

const OPTIONS = {
  developers: 5,
  repositories: 5,
  pullRequests: 5 * BEFORE,
  eventsPerDay: 30,
  viewsPerDay: 5,
  requestsPerHour: 1_000,
  days: DAYS,
  seed: 1,
  json: null,
};

async function simulated(): Promise<{ simulation: Simulation; largest: string }> {
  const timeline = new Timeline(STARTS_AT);
  const source = fiveRepositories(STARTS_AT, BEFORE, timeline);
  const { requestsPerHour, viewsPerDay, seed } = OPTIONS;
  const simulation = new Simulation({
    source,
    timeline,
    requestsPerHour,
    viewsPerDay,
    seed,
    computing: 'none',
  });
  for (let hour = 0; hour < DAYS * 24; hour += 1) await simulation.passHour();
  return { simulation, largest: source.largest };
}

describe('two days of five repositories', () => {
  let simulation: Simulation;
  let figures: ReturnType<typeof figuresOf>;

  beforeAll(async () => {
    const run = await simulated();
    simulation = run.simulation;
    const largest = await measureLargest(simulation, run.largest);
    figures = figuresOf(simulation, OPTIONS, { largest, pullRequestsLastDay: 0 });
  });

  afterAll(() => simulation.close());

  it('end with all history, and with what happened since', () => {
    expect(figures.import).toMatchObject({ repositoriesWithRecent: 5, repositoriesWithHistory: 5 });
    expect(Object.values(simulation.imports.hours()).every((hours) => hours !== null && hours > 0)).toBe(
      true,
    );
    // Three are opened a day in each; the first of all begins with the simulation.
    const stored = figures.stored.find(({ kind }) => kind === 'pullrequest')?.rows ?? 0;
    expect(stored).toBeGreaterThanOrEqual(5 * BEFORE + 5 * 3 * DAYS - 5);
    expect(figures.import.pullRequests).toBeGreaterThanOrEqual(5 * BEFORE);
  });

  it('tell what happened within minutes', () => {
    const { freshness, events, backlogs } = figures;
    expect(events.delivered).toBeGreaterThan(50);
    expect(freshness.told + freshness.notYet).toBe(events.delivered);
    expect(freshness.notYet).toBeLessThan(5);
    expect(freshness.median).toBeGreaterThan(15);
    expect(freshness.p95).toBeLessThan(300);
    expect(backlogs).toHaveLength(DAYS);
  });

  it('have no refusals', () => {
    expect(figures.bitbucket.refused).toBe(0);
    expect(figures.storage.throttled).toBe(0);
    expect(figures.queue).toMatchObject({ refused: 0, dropped: 0 });
    expect(figures.log.filter(({ level }) => level === 'error')).toEqual([]);
    expect(figures.functions.every(({ threw, timedOut }) => threw === 0 && timedOut === 0)).toBe(true);
    expect(figures.storage.peakPerMinute.readUnits).toBeLessThan(4_000);
  });

  it('give figures that add up', () => {
    const { accounts, bitbucket, store } = simulation;
    const sum = accounts.sum();
    expect(sum.bitbucketRequests).toBeGreaterThan(100);
    expect(sum.bitbucketRequests + figures.bitbucket.redirects).toBe(bitbucket.requests.total);
    const usage = store.usage();
    expect(sum.storageRequests).toBe(usage.requests);
    expect(sum.readUnits).toBe(usage.readUnits);
    expect(sum.writeUnits).toBe(usage.writeUnits);
    expect(sum.bytesRead).toBe(usage.bytesRead);
    expect(sum.bytesWritten).toBe(usage.bytesWritten);
    expect(sum.pushes).toBe(figures.queue.pushes);
    const ended = figures.functions;
    expect(sum.invocations).toBe(ended.reduce((total, each) => total + each.invocations, 0));
    const gigabyteSeconds = ended.reduce(
      (total, each) => total + (each.runMilliseconds / 1_000) * (each.memoryMegabytes / 1_024),
      0,
    );
    expect(sum.gigabyteSeconds).toBeCloseTo(gigabyteSeconds, 6);
    const written = Object.values(figures.rows).reduce((total, { bytesWritten }) => total + bytesWritten, 0);
    // The rest was refused: conditions that did not hold, keys that were there.
    expect(written).toBeGreaterThan(0.8 * sum.bytesWritten);
    expect(written).toBeLessThanOrEqual(sum.bytesWritten);
  });

  it('make a month of what goes on, and an import of what is done once', () => {
    const goesOn = simulation.accounts.sum((purpose) => !isImport(purpose), 0, DAYS);
    expect(figures.month.gigabyteSeconds).toBeCloseTo((goesOn.gigabyteSeconds * 30) / DAYS, 6);
    expect(figures.monthBill).toEqual(monthlyBill(billedUse(figures.month)));
    expect(figures.importOnce.bitbucketRequests).toBeGreaterThan(0);
  });

  it('measure the screens of the largest repository', () => {
    expect(figures.largest.map(({ name }) => name)).toContain('openWork');
    for (const view of figures.largest) {
      expect(view.storageRequests).toBeGreaterThan(0);
      expect(view.answerBytes).toBeGreaterThan(500);
    }
  });

  it('are printed with every figure', () => {
    const text = report(figures);
    expect(text).toContain('5 repositories, 200 pull requests before the beginning');
    expect(text).toContain('live refresh-pull-request');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('are the same each time', async () => {
    const { simulation: again } = await simulated();
    try {
      const [first, second] = [simulation, again].map(({ accounts }) =>
        accounts.sum((purpose) => !purpose.startsWith('measured'), 0, DAYS),
      );
      expect({ ...second, cpuMilliseconds: 0 }).toEqual({ ...first, cpuMilliseconds: 0 });
    } finally {
      again.close();
    }
  });
});
