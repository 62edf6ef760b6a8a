/** A repository as large as none of the recorded ones is removed within Forge's limits. */
import { set, setEntity } from './forge-storage';
import { ENTITY, NOTES_ENTITY, key } from './keys';
import { eraseRepository, purgeData, purgeRepository } from './purge';
import { storedRepositories } from './repositories';
import { openAppStore, type AppStore } from './testing';

const LARGE = '15a31549-1cff-45dc-9d0d-310114c5038b';
const OTHER = '23ab5a43-6d74-4c2f-9a50-6f0e3e2a7d11';
/** Rows of 190 KB: together half as much again as Forge reads in a minute. */
const LEDGERS = 320;
const BODY = 'x'.repeat(190_000);
const MINUTE = 60_000;

let app: AppStore;
beforeEach(async () => {
  app = openAppStore({ enforceRates: true });
  for (let number = 0; number < LEDGERS; number += 1) {
    await storeLedger(LARGE, number);
    if (number % 100 === 99) app.clock.time += MINUTE;
  }
  await storeLedger(OTHER, 0);
  app.clock.time += MINUTE;
});
afterEach(() => app.close());

async function storeLedger(repository: string, number: number): Promise<void> {
  const bucket = `2026-01:${number}`;
  const value = { repository, bucket, version: 1, detail: { body: BODY } };
  await setEntity(ENTITY.ledger, `${repository}:${bucket}`, value);
}

const rowsOf = (repository: string): number =>
  app.store.dump().filter(({ key: each }) => each.includes(repository)).length;

it.each([
  ['a deleted one', purgeRepository],
  ['one that was left out', purgeData],
])('removes %s a part at a time, each within a minute’s units, and nothing of another', async (_, purge) => {
  const left = [rowsOf(LARGE)];
  for (let calls = 0; calls < 20; calls += 1) {
    const before = app.store.usage();
    const { removed, units, isDone } = await purge(LARGE);
    const read = app.store.usage().readUnits - before.readUnits;
    expect(read).toBeLessThan(1_500);
    expect(units).toBeGreaterThan(read / 2);
    left.push(rowsOf(LARGE));
    expect(removed).toBeGreaterThan(0);
    if (isDone) break;
    app.clock.time += MINUTE;
  }
  expect(left.length).toBeGreaterThan(5);
  expect(left).toEqual([...left].sort((a, b) => b - a));
  expect(left.at(-1)).toBe(0);
  expect(rowsOf(OTHER)).toBe(1);
});

it('keeps the record until nothing else is left', async () => {
  await setEntity(NOTES_ENTITY, key.notes(LARGE), { version: 1, detail: {} });
  await set(key.repository(LARGE), { removedAt: 1 });
  while (!(await eraseRepository(LARGE)).isDone) {
    expect(await storedRepositories('')).toEqual([LARGE]);
    app.clock.time += MINUTE;
  }
  expect(await storedRepositories('')).toEqual([]);
  expect(rowsOf(LARGE)).toBe(0);
});
