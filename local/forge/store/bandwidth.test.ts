/** Bytes a second of one key, and of one value of an index, through the published SDK. */
import { kvs } from '@forge/kvs';
import { openTestStore, refusalOf, type TestStore } from './test-store';

const LIMITED = '429 RATE_LIMIT_EXCEEDED';
const LARGE = 'x'.repeat(200 * 1024 - 2);
/** Of 200 KB each. */
const WRITES_A_SECOND = 5;
const READS_A_SECOND = 61;

let test: TestStore;
afterEach(() => test.disconnect());

it('allows 1 MB of writes a second to one key, and as much to another', async () => {
  test = openTestStore({ enforceRates: true });
  for (let at = 0; at < WRITES_A_SECOND; at += 1) await kvs.set('key', LARGE);
  expect(await refusalOf(kvs.set('key', LARGE))).toBe(LIMITED);
  expect(await refusalOf(kvs.transact().set('key', LARGE).execute())).toBe(LIMITED);
  const { failedKeys } = await kvs.batchSet([
    { key: 'key', value: LARGE },
    { key: 'other', value: LARGE },
  ]);
  expect(failedKeys.map(({ key, error }) => [key, error.code])).toEqual([['key', 'RATE_LIMIT_EXCEEDED']]);
  test.clock.time += 1_000;
  await kvs.set('key', LARGE);
});

it('allows 12 MB of reads a second of one key', async () => {
  test = openTestStore({ enforceRates: true });
  await kvs.set('key', LARGE);
  for (let at = 0; at < READS_A_SECOND; at += 1) await kvs.get('key');
  expect(await refusalOf(kvs.get('key'))).toBe(LIMITED);
  const { failedKeys } = await kvs.batchGet([{ key: 'key' }]);
  expect(failedKeys.map(({ error }) => error.code)).toEqual(['RATE_LIMIT_EXCEEDED']);
  test.clock.time += 1_000;
  expect(await kvs.get('key')).toBe(LARGE);
});

it('allows 24 MB of queries a second of one value of an index', async () => {
  test = openTestStore({ enforceRates: true });
  for (let at = 0; at < 10; at += 1) {
    await kvs.entity('visit').set(`row-${at}`, { place: 'a', at, detail: LARGE });
  }
  const query = (place: string): Promise<unknown> =>
    kvs
      .entity('visit')
      .query()
      .index('by-place', { partition: [place] })
      .limit(10)
      .getMany();
  // 2 MB and a little each.
  for (let at = 0; at < 12; at += 1) await query('a');
  expect(await refusalOf(query('a'))).toBe(LIMITED);
  await query('b');
  test.clock.time += 1_000;
  await query('a');
});

it('is off unless told', async () => {
  test = openTestStore();
  for (let at = 0; at <= WRITES_A_SECOND; at += 1) await kvs.set('key', LARGE);
  expect(await kvs.get('key')).toBe(LARGE);
});
