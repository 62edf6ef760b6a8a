/** Single keys through the published SDK: keys, values, policies, returned values, times to live and secrets. */
import { MetadataField, kvs } from '@forge/kvs';
import { START, openTestStore, refusalOf, type TestStore } from './test-store';

let test: TestStore;

beforeEach(() => {
  test = openTestStore();
});

afterEach(() => test.disconnect());

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { inner: nested(levels - 1) };
}

describe('a plain key', () => {
  it('holds any JSON value but null, until it is deleted', async () => {
    for (const value of ['text', '', 0, false, [1, null, { a: 'é😀\u0000' }], { list: [] }]) {
      await kvs.set('key', value);
      expect(await kvs.get('key')).toEqual(value);
    }
    await kvs.delete('key');
    expect(await kvs.get('key')).toBeUndefined();
    await expect(kvs.delete('key')).resolves.toBeUndefined();
    expect(await refusalOf(kvs.set('key', null))).toBe('400 INVALID_VALUE');
    expect(await refusalOf(kvs.set('key', undefined))).toBe('400 INVALID_VALUE');
  });

  it.each([
    ['', '400 KEY_TOO_SHORT'],
    ['   ', '400 INVALID_KEY'],
    ['{uuid}', '400 INVALID_KEY'],
    ['a/b', '400 INVALID_KEY'],
    ['é', '400 INVALID_KEY'],
    ['k'.repeat(501), '400 KEY_TOO_LONG'],
  ])('refuses the key %j', async (key, refusal) => {
    expect(await refusalOf(kvs.set(key, 1))).toBe(refusal);
    expect(await refusalOf(kvs.get(key))).toBe(refusal);
    expect(await refusalOf(kvs.delete(key))).toBe(refusal);
  });

  it.each(['k'.repeat(500), 'a:b.c_d-e#f g', '0'])('accepts the key %j', async (key) => {
    await kvs.set(key, 1);
    expect(await kvs.get(key)).toBe(1);
  });

  it('takes 240 KiB of JSON in bytes and 31 levels, and no more', async () => {
    const quotes = 2;
    await kvs.set('large', 'x'.repeat(240 * 1024 - quotes));
    expect(await refusalOf(kvs.set('large', 'x'.repeat(240 * 1024 - quotes + 1)))).toBe('400 MAX_SIZE');
    expect(await refusalOf(kvs.set('large', 'é'.repeat(120 * 1024)))).toBe('400 MAX_SIZE');
    await kvs.set('deep', nested(31));
    expect(await refusalOf(kvs.set('deep', nested(32)))).toBe('400 MAX_DEPTH');
    expect(await kvs.get('deep')).toEqual(nested(31));
  });

  it('fails with a conflict where it must not overwrite', async () => {
    await kvs.set('once', 1, { keyPolicy: 'FAIL_IF_EXISTS' });
    expect(await refusalOf(kvs.set('once', 2, { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe('409 KEY_CONFLICT');
    expect(await kvs.get('once')).toBe(1);
    await kvs.set('once', 3, { keyPolicy: 'OVERRIDE' });
    expect(await kvs.get('once')).toBe(3);
  });

  it('returns the previous or the latest value with the metadata that was asked for', async () => {
    const returned = {
      keyPolicy: 'OVERRIDE',
      returnMetadataFields: [MetadataField.CREATED_AT, MetadataField.UPDATED_AT, MetadataField.EXPIRE_TIME],
    } as const;
    const fields = { ...returned, returnMetadataFields: [...returned.returnMetadataFields] };
    expect(await kvs.set('key', 'first', { ...fields, returnValue: 'PREVIOUS' })).toBeUndefined();
    test.clock.time += 1_000;
    expect(
      await kvs.set('key', 'second', {
        ...fields,
        returnValue: 'LATEST',
        ttl: { value: 2, unit: 'SECONDS' },
      }),
    ).toEqual({
      key: 'key',
      value: 'second',
      createdAt: START,
      updatedAt: START + 1_000,
      expireTime: '2026-01-01T00:00:03.000Z',
    });
    expect(await kvs.set('key', 'third', { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' })).toEqual({
      key: 'key',
      value: 'second',
    });
    expect(await kvs.get('key', { metadataFields: [MetadataField.CREATED_AT] })).toEqual({
      key: 'key',
      value: 'third',
      createdAt: START,
    });
  });

  it('refuses a returned value together with FAIL_IF_EXISTS', () => {
    const body = { key: 'key', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS', returnValue: 'LATEST' } };
    expect(test.store.handle('/api/v1/set', body)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });
});

describe('a time to live', () => {
  it('ends a row for get, query, conditions of existence and the dump at its instant', async () => {
    await kvs.set('short', 1, { ttl: { value: 1, unit: 'MINUTES' } });
    test.clock.time += 59_999;
    expect(await kvs.get('short')).toBe(1);
    test.clock.time += 1;
    expect(await kvs.get('short')).toBeUndefined();
    expect((await kvs.query().getMany()).results).toEqual([]);
    expect(test.store.dump()).toEqual([]);
    await kvs.set('short', 2, { keyPolicy: 'FAIL_IF_EXISTS' });
    expect(await kvs.get('short', { metadataFields: [MetadataField.CREATED_AT] })).toMatchObject({
      value: 2,
      createdAt: START + 60_000,
    });
  });

  it('is lifted by a later set without one', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'SECONDS' } });
    await kvs.set('key', 2);
    test.clock.time += 3_600_000;
    expect(await kvs.get('key')).toBe(2);
  });

  it('is a positive whole number of at most one year', async () => {
    await kvs.set('key', 1, { ttl: { value: 365, unit: 'DAYS' } });
    expect(await kvs.get('key', { metadataFields: [MetadataField.EXPIRE_TIME] })).toMatchObject({
      expireTime: '2027-01-01T00:00:00.000Z',
    });
    expect(await refusalOf(kvs.set('key', 1, { ttl: { value: 366, unit: 'DAYS' } }))).toBe('400 INVALID_TTL');
    expect(await refusalOf(kvs.set('key', 1, { ttl: { value: 0, unit: 'HOURS' } }))).toBe('400 INVALID_TTL');
    expect(await refusalOf(kvs.set('key', 1, { ttl: { value: 1.5, unit: 'HOURS' } }))).toBe(
      '400 INVALID_TTL',
    );
  });
});

describe('a secret', () => {
  it('lives apart from plain keys and never shows in a query', async () => {
    await kvs.setSecret('key', { token: 'hidden' });
    await kvs.set('key', 'plain');
    expect(await kvs.getSecret('key')).toEqual({ token: 'hidden' });
    expect((await kvs.query().getMany()).results).toEqual([{ key: 'key', value: 'plain' }]);
    expect(await refusalOf(kvs.setSecret('key', 1, { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe(
      '409 KEY_CONFLICT',
    );
    await kvs.deleteSecret('key');
    expect(await kvs.getSecret('key')).toBeUndefined();
    expect(await kvs.get('key')).toBe('plain');
  });
});
