/** Batches through the published SDK: best effort for each item, and the few faults that fail the whole. */
import { kvs } from '@forge/kvs';
import { openTestStore, refusalOf, type TestStore } from './test-store';

let test: TestStore;

beforeEach(() => {
  test = openTestStore();
});

afterEach(() => test.disconnect());

function plainItems(count: number, value: unknown = 1): { key: string; value: unknown }[] {
  return Array.from({ length: count }, (_, at) => ({ key: `key-${at}`, value }));
}

describe('a batch', () => {
  it('sets, gets and deletes plain keys and entities together', async () => {
    const set = await kvs.batchSet<unknown>([
      { key: 'row', value: 'plain' },
      { key: 'row', entityName: 'visit', value: { place: 'a', at: 1 } },
    ]);
    expect(set).toEqual({
      successfulKeys: [{ key: 'row' }, { key: 'row', entityName: 'visit' }],
      failedKeys: [],
    });
    expect(await kvs.batchGet([{ key: 'row' }, { key: 'row', entityName: 'visit' }])).toEqual({
      successfulKeys: [
        { key: 'row', value: 'plain' },
        { key: 'row', entityName: 'visit', value: { place: 'a', at: 1 } },
      ],
      failedKeys: [],
    });
    const indexed = kvs
      .entity('visit')
      .query()
      .index('by-place', { partition: ['a'] });
    expect((await indexed.getMany()).results).toHaveLength(1);
    const deleted = await kvs.batchDelete([{ key: 'row', entityName: 'visit' }, { key: 'absent' }]);
    expect(deleted).toEqual({
      successfulKeys: [{ key: 'row', entityName: 'visit' }, { key: 'absent' }],
      failedKeys: [],
    });
    expect((await indexed.getMany()).results).toEqual([]);
    expect(await kvs.get('row')).toBe('plain');
  });

  it('names a missing key among the failed of a get', async () => {
    await kvs.set('present', 1);
    expect(await kvs.batchGet([{ key: 'present' }, { key: 'absent' }])).toEqual({
      successfulKeys: [{ key: 'present', value: 1 }],
      failedKeys: [
        { key: 'absent', error: { code: 'KEY_NOT_FOUND', message: expect.any(String) as string } },
      ],
    });
  });

  it('fails a bad item alone, with the code that a single request would have', async () => {
    const { successfulKeys, failedKeys } = await kvs.batchSet<unknown>([
      { key: 'good', value: 1, options: { ttl: { value: 1, unit: 'SECONDS' } } },
      { key: '{bad}', value: 1 },
      { key: 'large', value: 'x'.repeat(240 * 1024) },
      { key: 'none', value: undefined },
      { key: 'typed', entityName: 'visit', value: { at: 'text' } },
      { key: 'unindexable', entityName: 'visit', value: { place: 'x'.repeat(1_700), at: 1 } },
      { key: 'undeclared', entityName: 'absent', value: {} },
      { key: 'endless', value: 1, options: { ttl: { value: 400, unit: 'DAYS' } } },
    ]);
    expect(successfulKeys).toEqual([{ key: 'good' }]);
    expect(failedKeys.map(({ key, error }) => [key, error.code])).toEqual([
      ['{bad}', 'INVALID_KEY'],
      ['large', 'MAX_SIZE'],
      ['none', 'INVALID_VALUE'],
      ['typed', 'INCORRECT_PROPERTY_TYPE'],
      ['unindexable', 'INVALID_ENTITY_VALUE'],
      ['undeclared', 'SCHEMA_NOT_FOUND'],
      ['endless', 'INVALID_TTL'],
    ]);
    expect(test.store.dump().map((row) => row.key)).toEqual(['good']);
    test.clock.time += 1_000;
    expect(await kvs.get('good')).toBeUndefined();
  });

  it('takes 25 keys and fails whole with 26, none or one twice', async () => {
    expect((await kvs.batchSet(plainItems(25))).successfulKeys).toHaveLength(25);
    expect((await kvs.batchGet(plainItems(25).map(({ key }) => ({ key })))).successfulKeys).toHaveLength(25);
    test.store.clear();
    const tooMany = plainItems(26).map(({ key }) => ({ key }));
    expect(await refusalOf(kvs.batchSet(plainItems(26)))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(await refusalOf(kvs.batchGet(tooMany))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(await refusalOf(kvs.batchDelete(tooMany))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(await refusalOf(kvs.batchSet([]))).toBe('400 INVALID_REQUEST');
    expect(await refusalOf(kvs.batchGet([]))).toBe('400 INVALID_REQUEST');
    expect(await refusalOf(kvs.batchDelete([]))).toBe('400 INVALID_REQUEST');
    const twice = [...plainItems(2), { key: 'key-0', value: 2 }];
    expect(await refusalOf(kvs.batchSet(twice))).toBe('400 KEY_DUPLICATION_ERROR');
    expect(await refusalOf(kvs.batchGet(twice.map(({ key }) => ({ key }))))).toBe(
      '400 KEY_DUPLICATION_ERROR',
    );
    expect(test.store.dump()).toEqual([]);
  });

  it('takes 4 MB of values and no more', async () => {
    const fits = Math.floor((4 * 1024 * 1024) / 25) - 2;
    expect((await kvs.batchSet(plainItems(25, 'x'.repeat(fits)))).failedKeys).toEqual([]);
    expect(await refusalOf(kvs.batchSet(plainItems(25, 'x'.repeat(fits + 1))))).toBe('400 MAX_SIZE');
  });

  it.each([{ keyPolicy: 'FAIL_IF_EXISTS' }, { keyPolicy: 'OVERRIDE', returnValue: 'LATEST' }])(
    'refuses the options %j of a single set',
    (options) => {
      const answer = test.store.handle('/api/v1/batch/set', [{ key: 'key', value: 1, options }]);
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      expect(test.store.dump()).toEqual([]);
    },
  );
});
