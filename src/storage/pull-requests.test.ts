import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { bucketOf, readLedgers } from './ledgers';
import { pullRequestReadAt, savePullRequests } from './pull-requests';
import { readWholeRepository } from './repository-view';
import { arbitraryFacts, openAppStore, type AppStore } from './testing';

const REPOSITORY = '15a31549-1cff-45dc-9d0d-310114c5038b';

let app: AppStore;
beforeEach(() => {
  app = openAppStore();
});
afterEach(() => app.close());

const sample = (seed: number, count: number): PullRequestFacts[] =>
  fc.sample(arbitraryFacts, { seed, numRuns: count }).map((facts, index) => ({ ...facts, id: index + 1 }));

/** What the ledgers hold, by id. */
async function inLedgers(): Promise<readonly PullRequestFacts[]> {
  const { facts } = await readWholeRepository(REPOSITORY);
  return facts.toSorted((a, b) => a.id - b.id);
}

it('puts every pull request into the ledger of its month, whatever their number', async () => {
  const facts = sample(1, 60);
  await savePullRequests(
    REPOSITORY,
    facts.map((each) => ({ facts: each, readAt: 100 })),
  );
  expect(await inLedgers()).toEqual(facts);
  const buckets = [...new Set(facts.map(bucketOf))];
  const ledgers = await readLedgers(REPOSITORY, buckets);
  for (const bucket of buckets) {
    const ids = facts.filter((each) => bucketOf(each) === bucket).map((each) => each.id);
    expect([...(ledgers.get(bucket)?.facts.keys() ?? [])].sort((a, b) => a - b)).toEqual(ids);
  }
});

it('moves a pull request that was closed out of the open ledger', async () => {
  const [open] = sample(2, 1);
  if (!open) throw new Error('no sample');
  const opened: PullRequestFacts = { ...open, state: 'OPEN', closedAt: null, mergedAt: null };
  const merged: PullRequestFacts = {
    ...open,
    state: 'MERGED',
    closedAt: 1_700_000_000,
    mergedAt: 1_700_000_000,
  };
  await savePullRequests(REPOSITORY, [{ facts: opened, readAt: 100 }]);
  await savePullRequests(REPOSITORY, [{ facts: merged, readAt: 200 }]);
  expect(await inLedgers()).toEqual([merged]);
});

it('keeps what was read later, in whatever order two readings are stored', async () => {
  const [older, newer] = sample(3, 2).map((each) => ({ ...each, id: 1 }));
  if (!older || !newer) throw new Error('no sample');
  await savePullRequests(REPOSITORY, [{ facts: newer, readAt: 200 }]);
  await savePullRequests(REPOSITORY, [{ facts: older, readAt: 100 }]);
  expect(await inLedgers()).toEqual([newer]);
  expect(await pullRequestReadAt(REPOSITORY, 1)).toBe(200);
});

it('writes nothing where nothing changed', async () => {
  const reads = sample(4, 5).map((facts) => ({ facts, readAt: 100 }));
  await savePullRequests(REPOSITORY, reads);
  const before = app.store.usage().writeUnits;
  await savePullRequests(
    REPOSITORY,
    reads.map((read) => ({ ...read, readAt: 300 })),
  );
  expect(app.store.usage().writeUnits).toBe(before);
});

it('holds every pull request of writers that ran at the same time', async () => {
  const facts = sample(5, 24);
  const writers = [0, 1, 2, 3].map((writer) =>
    savePullRequests(
      REPOSITORY,
      facts.filter((_, index) => index % 4 === writer).map((each) => ({ facts: each, readAt: 100 })),
    ),
  );
  await Promise.all(writers);
  expect(await inLedgers()).toEqual(facts);
});

it('splits a month that outgrows one value, and reads it whole', async () => {
  const [pattern] = sample(6, 1);
  if (!pattern) throw new Error('no sample');
  const noise = fc.sample(fc.string({ minLength: 12, maxLength: 12 }), { seed: 7, numRuns: 9_000 });
  const facts = noise.map((mergeCommit, index): PullRequestFacts => ({
    ...pattern,
    id: index + 1,
    state: 'MERGED',
    closedAt: 1_700_000_000,
    mergeCommit,
    openedAt: 1_600_000_000 + ((index * 7_919) % 1_000_000),
    commitAuthoredAt: Array.from(
      { length: 6 },
      (_, place) => 1_500_000_000 + ((index * 104_729 + place * 15_485) % 9_999_991),
    ),
  }));
  for (let first = 0; first < facts.length; first += 3_000) {
    // Straight to the ledger: nine thousand single rows would only slow this down.
    const { ledgerWrites } = await import('./ledgers');
    const { transact } = await import('./forge-storage');
    const ledger = (await readLedgers(REPOSITORY, ['2023-11'])).get('2023-11');
    if (!ledger) throw new Error('no ledger');
    const merged = new Map([
      ...ledger.facts,
      ...facts.slice(first, first + 3_000).map((each) => [each.id, each] as const),
    ]);
    await transact(await ledgerWrites(REPOSITORY, ledger, merged));
  }
  const whole = (await readLedgers(REPOSITORY, ['2023-11'])).get('2023-11');
  expect(app.store.dump().filter((row) => row.key.startsWith(`${REPOSITORY}:2023-11:`))).not.toEqual([]);
  expect(whole?.facts.size).toBe(9_000);
  expect(whole?.facts.get(8_999)).toEqual(facts[8_998]);
});
