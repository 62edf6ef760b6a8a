/** Usage in Forge's units through the published SDK, and the refusals over its rates. */
import { kvs } from '@forge/kvs';
import { openTestStore, refusalOf, type TestStore } from './test-store';

let test: TestStore | undefined;

function open(enforceRates: boolean): TestStore {
  test = openTestStore({ enforceRates });
  return test;
}

afterEach(() => test?.disconnect());

const KILOBYTE = 1024;
const LIMITED = '429 RATE_LIMIT_EXCEEDED';

describe('usage', () => {
  it('counts a unit for each 10 KB of a request, rounded up, and a batch or transaction once', async () => {
    const { store } = open(false);
    const value = 'x'.repeat(KILOBYTE - 2);
    for (let at = 0; at < 10; at += 1) {
      await kvs.set(`single-${at}`, value);
    }
    expect(store.usage()).toMatchObject({
      requests: 10,
      writeUnits: 10,
      readUnits: 0,
      bytesWritten: 10 * KILOBYTE,
    });
    await kvs.batchSet(Array.from({ length: 10 }, (_, at) => ({ key: `batch-${at}`, value })));
    expect(store.usage().writeUnits).toBe(11);
    await kvs
      .transact()
      .set('one', 'x'.repeat(10 * KILOBYTE))
      .set('two', value)
      .delete('three')
      .execute();
    expect(store.usage().writeUnits).toBe(13);
    await kvs.delete('one');
    expect(store.usage().writeUnits).toBe(14);
    await kvs.get('absent');
    expect(store.usage()).toMatchObject({ readUnits: 1, bytesRead: 0, refused: 1 });
    await kvs.query().limit(11).getMany();
    expect(store.usage()).toMatchObject({ readUnits: 3, bytesRead: 11 * KILOBYTE });
    await kvs.batchGet([{ key: 'single-0' }, { key: 'single-1' }]);
    expect(store.usage()).toMatchObject({
      requests: 16,
      readUnits: 4,
      bytesRead: 13 * KILOBYTE,
      requestsByPath: { '/api/v1/set': 10, '/api/v1/batch/set': 1, '/api/v1/query': 1 },
    });
  });

  it('counts what a filter discards, since it was read', async () => {
    const { store } = open(false);
    for (let at = 0; at < 3; at += 1) {
      await kvs.entity('visit').set(`row-${at}`, { place: 'a', at, detail: 'x'.repeat(10 * KILOBYTE) });
    }
    const filters = { and: [{ property: 'at', condition: 'EQUAL_TO', values: [9] }] };
    store.handle('/api/v1/entity/query', {
      entityName: 'visit',
      indexName: 'by-place',
      partition: ['a'],
      filters,
    });
    expect(store.usage().readUnits).toBe(4);
  });

  it('keeps the peak of any one minute of the clock', async () => {
    const { store, clock } = open(false);
    for (const writes of [2, 5, 3]) {
      for (let at = 0; at < writes; at += 1) {
        await kvs.set('key', at);
      }
      clock.time += 60_000;
    }
    expect(store.usage()).toMatchObject({
      writeUnits: 10,
      peakPerMinute: { requests: 5, writeUnits: 5, readUnits: 0 },
    });
  });
});

describe('enforced rates', () => {
  it('allow 1,000 requests a second', async () => {
    const { store, clock } = open(true);
    for (let at = 0; at < 1_000; at += 1) {
      expect(store.handle('/api/v1/get', { key: 'absent' }).status).toBe(404);
    }
    expect(await refusalOf(kvs.get('absent'))).toBe(LIMITED);
    clock.time += 1_000;
    expect(await kvs.get('absent')).toBeUndefined();
  });

  it('allow 4,000 write units a minute, and write nothing over them', async () => {
    const { clock } = open(true);
    const units = 20;
    for (let at = 0; at < 4_000 / units; at += 1) {
      await kvs.set(`large-${at}`, 'x'.repeat(units * 10 * KILOBYTE - 2));
    }
    expect(await refusalOf(kvs.set('small', 1))).toBe(LIMITED);
    expect(await refusalOf(kvs.delete('large-0'))).toBe(LIMITED);
    expect(await refusalOf(kvs.batchSet([{ key: 'small', value: 1 }]))).toBe(LIMITED);
    expect(await refusalOf(kvs.transact().set('small', 1).execute())).toBe(LIMITED);
    expect(await kvs.get('small')).toBeUndefined();
    clock.time += 60_000;
    await kvs.set('small', 1);
    expect(await kvs.get('small')).toBe(1);
  });

  it('allow 4,000 read units a minute', async () => {
    const { clock } = open(true);
    const units = 20;
    const keys = ['large-1', 'large-2', 'large-3', 'large-4'];
    for (const key of keys) {
      await kvs.set(key, 'x'.repeat(units * 10 * KILOBYTE - 2));
    }
    for (let at = 0; at < 4_000 / units / keys.length; at += 1) {
      for (const key of keys) {
        await kvs.get(key);
      }
    }
    expect(await refusalOf(kvs.get('absent'))).toBe(LIMITED);
    expect(await refusalOf(kvs.query().getMany())).toBe(LIMITED);
    clock.time += 60_000;
    expect(await kvs.get('absent')).toBeUndefined();
  });

  it('are off unless told', () => {
    const { store } = open(false);
    for (let at = 0; at < 1_001; at += 1) {
      expect(store.handle('/api/v1/get', { key: 'absent' }).status).toBe(404);
    }
  });
});
