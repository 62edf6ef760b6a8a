/** What screens read and answer of the largest repository, within what Forge gives a function. */
import type { ExplainedFigure } from '../src/views/reports/explained-figure';
import type { Answer, ResolverFunction } from '../src/views/contract';
import { resolve } from '../src/views/resolver';
import { AS_VIEWER, startInProcessApp, type InProcessApp } from './in-process-app';
import { storeLargestRepository } from './largest-repository';
import { openPullRequest, REPOSITORY_ID, REPOSITORY_UUID, smallWorkspace } from './small-workspace';

const NOW = Date.UTC(2026, 9, 31) / 1000;

/** All of them within two years, as no repository that is known has them: the longest window holds every one. */
const SIZE = { pullRequests: 30_000, days: 730, watchedDays: 1, now: NOW };

const QUARTER = { window: 90 } as const;
const TWO_YEARS = { window: { firstDay: '2024-11-01', lastDay: '2026-10-30' } } as const;

/** Forge refuses an answer of more; what the SDK writes around it is far below the rest. */
const MOST_BYTES = 5_000_000;

/** Forge reads 4,000 units a minute for all viewers of an installation. */
interface Bounds {
  readonly requests: number;
  readonly units: number;
}

const TIMEOUT = 120_000;

let forge: InProcessApp;
let latestMerged: number;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW * 1_000);
  forge = await startInProcessApp(smallWorkspace([openPullRequest(1, 'ann', '2026-10-01T00:00:00Z')]));
  await forge.install();
  await forge.drain();
  latestMerged = (await storeLargestRepository(REPOSITORY_ID, SIZE)).latestMerged;
}, TIMEOUT);
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

async function ask<Data extends object>(functionKey: ResolverFunction, payload: object): Promise<Data> {
  const extension = { repository: { uuid: REPOSITORY_UUID }, pullRequest: { id: latestMerged } };
  const answer = (await resolve(
    { call: { functionKey, payload }, context: { extension } },
    AS_VIEWER,
  )) as Answer<Data>;
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const OF_A_QUARTER: Bounds = { requests: 6, units: 120 };
/** The ledgers alone are some 180: about 60 bytes a pull request. */
const OF_TWO_YEARS: Bounds = { requests: 10, units: 300 };
const OF_ONE: Bounds = { requests: 4, units: 70 };

it.each<[ResolverFunction, string, object, Bounds]>([
  ['overview', 'a quarter', { query: QUARTER }, OF_A_QUARTER],
  ['delivery', 'a quarter', { query: QUARTER }, OF_A_QUARTER],
  ['overview', 'two years', { query: TWO_YEARS }, OF_TWO_YEARS],
  ['openWork', 'two years', { query: TWO_YEARS }, OF_TWO_YEARS],
  ['pipelines', 'two years', { query: TWO_YEARS }, OF_TWO_YEARS],
  ['exportPullRequests', 'two years', { query: TWO_YEARS, afterId: 0 }, OF_TWO_YEARS],
  ['pullRequest', 'one', {}, OF_ONE],
])(
  '%s of %s reads and answers no more than its bounds',
  async (name, _, payload, bounds) => {
    const before = forge.app.store.usage();
    const answer = await ask(name, payload);
    const after = forge.app.store.usage();
    expect(after.requests - before.requests).toBeLessThanOrEqual(bounds.requests);
    expect(after.readUnits - before.readUnits).toBeLessThanOrEqual(bounds.units);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MOST_BYTES);
  },
  TIMEOUT,
);

it(
  'the longest list is cut, and says so',
  async () => {
    const answer = await ask<ExplainedFigure>('explain', {
      query: TWO_YEARS,
      figure: 'lead_time_for_changes',
    });
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MOST_BYTES);
    expect(answer.cut?.of).toBe(answer.figure.n);
    expect(answer.items.length).toBeLessThan(answer.figure.n);
    expect(answer.items.length).toBeGreaterThan(1_000);
  },
  TIMEOUT,
);
