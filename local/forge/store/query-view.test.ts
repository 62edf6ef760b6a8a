/** Queries that lag behind: they see the store as it was, reads by key and guarded writes see it as it is. */
import { Filter, FilterConditions, WhereConditions, kvs } from '@forge/kvs';
import { openTestStore, type TestStore } from './test-store';

const DELAY = 5_000;

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.disconnect());

async function keysAt(place: string): Promise<readonly string[]> {
  const query = kvs
    .entity('visit')
    .query()
    .index('by-place', { partition: [place] });
  return (await query.getMany()).results.map(({ key }) => key);
}

async function plainKeys(): Promise<readonly string[]> {
  const query = kvs.query().where('key', WhereConditions.beginsWith('plain'));
  return (await query.getMany()).results.map(({ key }) => key);
}

it('show writes, moves and deletions after the delay, plain keys and indexes alike', async () => {
  await kvs.entity('visit').set('before', { place: 'a', at: 1 });
  test.store.delayQueries(DELAY);
  await kvs.set('plain', 1);
  await kvs.entity('visit').set('new', { place: 'a', at: 2 });
  await kvs.entity('visit').set('before', { place: 'b', at: 1 });
  expect([await keysAt('a'), await keysAt('b'), await plainKeys()]).toEqual([['before'], [], []]);
  test.clock.time += DELAY - 1;
  expect(await keysAt('a')).toEqual(['before']);
  test.clock.time += 1;
  expect([await keysAt('a'), await keysAt('b'), await plainKeys()]).toEqual([['new'], ['before'], ['plain']]);
  await kvs.entity('visit').delete('new');
  expect(await keysAt('a')).toEqual(['new']);
  test.clock.time += DELAY;
  expect(await keysAt('a')).toEqual([]);
});

it('leave reads by key and conditions strict', async () => {
  test.store.delayQueries(DELAY);
  await kvs.entity('visit').set('row', { place: 'a', at: 1 });
  expect(await kvs.entity('visit').get('row')).toEqual({ place: 'a', at: 1 });
  const conditions = new Filter<{ at: number }>().and('at', FilterConditions.equalTo(1));
  await kvs.transact().set<{ at: number }>('row', { at: 2 }, { entityName: 'visit', conditions }).execute();
  expect(await kvs.entity('visit').get('row')).toEqual({ at: 2 });
  expect(await keysAt('a')).toEqual([]);
});

it('wait while the clock stands, also where it is set back', async () => {
  test.store.delayQueries(DELAY);
  await kvs.set('plain-1', 1);
  test.clock.time -= 3_600_000;
  await kvs.set('plain-2', 1);
  test.clock.time += DELAY;
  expect(await plainKeys()).toEqual([]);
  test.clock.time += 3_600_000;
  expect(await plainKeys()).toEqual(['plain-1', 'plain-2']);
});

it('see everything while a test looks, and lag again afterwards', async () => {
  test.store.delayQueries(DELAY);
  await kvs.set('plain', 1);
  expect(await test.store.withoutDelay(plainKeys)).toEqual(['plain']);
  expect(await plainKeys()).toEqual([]);
});

it('see everything again without a delay, and after a store was put back', async () => {
  test.store.delayQueries(DELAY);
  await kvs.set('plain-1', 1);
  const rows = test.store.dump();
  await kvs.set('plain-2', 2);
  await kvs.entity('visit').set('row', { place: 'a', at: 1 });
  test.store.restore(rows);
  expect(test.store.dump()).toEqual(rows);
  expect([await plainKeys(), await keysAt('a')]).toEqual([['plain-1'], []]);
  await kvs.set('plain-2', 2);
  expect(await plainKeys()).toEqual(['plain-1']);
  test.store.delayQueries(0);
  expect(await plainKeys()).toEqual(['plain-1', 'plain-2']);
});
