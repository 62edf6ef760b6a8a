/** Queries through the published SDK: order, ranges, filters after the page, cursors and refusals. */
import { Filter, FilterConditions, MetadataField, Sort, WhereConditions, kvs } from '@forge/kvs';
import { START, openTestStore, refusalOf, type TestStore, type Visit } from './test-store';

let test: TestStore;

beforeEach(() => {
  test = openTestStore();
});

afterEach(() => test.disconnect());

const visits = kvs.entity<Visit>('visit');

async function seed(rows: Readonly<Record<string, Visit>>): Promise<void> {
  for (const [key, value] of Object.entries(rows)) {
    await visits.set(key, value);
  }
}

async function keysOf(query: { getMany(): Promise<{ results: { key: string }[] }> }): Promise<string[]> {
  return (await query.getMany()).results.map((row) => row.key);
}

describe('a query of plain keys', () => {
  it('answers ten in lexicographic order, goes on by cursor and ends without one', async () => {
    for (let at = 24; at >= 0; at -= 1) {
      await kvs.set(`key-${String(at).padStart(2, '0')}`, at);
    }
    const first = await kvs.query().getMany<number>();
    expect(first.results.map((row) => row.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const second = await kvs
      .query()
      .limit(15)
      .cursor(first.nextCursor ?? '')
      .getMany<number>();
    expect(second.results.map((row) => row.value)).toEqual(Array.from({ length: 15 }, (_, at) => at + 10));
    expect(second.nextCursor).toBeUndefined();
  });

  it('finds a prefix and nothing beside it', async () => {
    for (const key of ['a', 'ab', 'ab:1', 'ab:2', 'ac', 'Ab', 'b']) {
      await kvs.set(key, 1);
    }
    const prefix = WhereConditions.beginsWith('ab');
    expect(await keysOf(kvs.query().where('key', prefix))).toEqual(['ab', 'ab:1', 'ab:2']);
    expect(await keysOf(kvs.query())).toEqual(['Ab', 'a', 'ab', 'ab:1', 'ab:2', 'ac', 'b']);
  });

  it('answers the metadata that is asked for', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'DAYS' } });
    const fields = [MetadataField.CREATED_AT, MetadataField.EXPIRE_TIME];
    expect((await kvs.query({ metadataFields: fields }).getMany()).results).toEqual([
      { key: 'key', value: 1, createdAt: START, expireTime: '2026-01-02T00:00:00.000Z' },
    ]);
  });

  it('refuses page sizes outside 1 to 100 and any condition but one prefix of the key', async () => {
    const outside = '400 COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE';
    expect(await refusalOf(kvs.query().limit(0).getMany())).toBe(outside);
    expect(await refusalOf(kvs.query().limit(101).getMany())).toBe(outside);
    expect(await refusalOf(kvs.query().limit(1.5).getMany())).toBe(outside);
    const prefix = { property: 'key', condition: 'BEGINS_WITH', values: ['a'] };
    for (const where of [
      [{ ...prefix, condition: 'EQUAL_TO' }],
      [{ ...prefix, property: 'value' }],
      [prefix, prefix],
    ]) {
      expect(test.store.handle('/api/v1/query', { where })).toMatchObject({ status: 400 });
    }
  });
});

describe('a query of an index', () => {
  beforeEach(() =>
    seed({
      a1: { place: 'a', state: 'open', at: 10, score: 3 },
      a2: { place: 'a', state: 'open', at: -5, score: 2.5 },
      a3: { place: 'a', state: 'shut', at: 100, score: -1 },
      a4: { place: 'a', state: 'open', at: 10 },
      b1: { place: 'b', state: 'open', at: 7, score: 10 },
      noRange: { place: 'a', state: 'open' },
      noPartition: { at: 10 },
    }),
  );

  function inA(): ReturnType<ReturnType<typeof visits.query>['index']> {
    return visits.query().index('by-place', { partition: ['a'] });
  }

  it('is ordered by the range attribute and holds only rows with every attribute of the index', async () => {
    expect(await keysOf(inA())).toEqual(['a2', 'a1', 'a4', 'a3']);
    expect(await keysOf(inA().sort(Sort.DESC))).toEqual(['a3', 'a4', 'a1', 'a2']);
    expect(await keysOf(visits.query().index('score'))).toEqual(['a3', 'a2', 'a1', 'b1']);
    expect(await keysOf(visits.query().index('by-place-state', { partition: ['a', 'shut'] }))).toEqual([
      'a3',
    ]);
    expect(await keysOf(visits.query().index('by-place', { partition: ['absent'] }))).toEqual([]);
  });

  it('follows a row that changes its place or goes', async () => {
    await visits.set('a1', { place: 'b', at: 1 });
    await visits.delete('a2');
    expect(await keysOf(inA())).toEqual(['a4', 'a3']);
    expect(await keysOf(visits.query().index('by-place', { partition: ['b'] }))).toEqual(['a1', 'b1']);
    expect(await keysOf(visits.query().index('score'))).toEqual(['a3', 'b1']);
  });

  it('narrows by every condition on the range', async () => {
    expect(await keysOf(inA().where(WhereConditions.equalTo(10)))).toEqual(['a1', 'a4']);
    expect(await keysOf(inA().where(WhereConditions.greaterThan(10)))).toEqual(['a3']);
    expect(await keysOf(inA().where(WhereConditions.greaterThanEqualTo(10)))).toEqual(['a1', 'a4', 'a3']);
    expect(await keysOf(inA().where(WhereConditions.lessThan(10)))).toEqual(['a2']);
    expect(await keysOf(inA().where(WhereConditions.lessThanEqualTo(10)))).toEqual(['a2', 'a1', 'a4']);
    expect(await keysOf(inA().where(WhereConditions.between(-5, 10)))).toEqual(['a2', 'a1', 'a4']);
    const byText = visits.query().index('by-at-place', { partition: [10] });
    expect(await keysOf(byText.where(WhereConditions.beginsWith('a')))).toEqual(['a1', 'a4']);
  });

  it('by-key orders and narrows by key without being declared', async () => {
    const byKey = (): ReturnType<typeof inA> => visits.query().index('by-key');
    expect(await keysOf(byKey())).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'noPartition', 'noRange']);
    expect(await keysOf(byKey().where(WhereConditions.beginsWith('a')).sort(Sort.DESC).limit(2))).toEqual([
      'a4',
      'a3',
    ]);
    expect(await keysOf(byKey().where(WhereConditions.between('a3', 'b')))).toEqual(['a3', 'a4']);
    expect(await refusalOf(byKey().where(WhereConditions.equalTo(1)).getMany())).toBe('400 INVALID_REQUEST');
    expect(
      await refusalOf(
        visits
          .query()
          .index('by-key', { partition: ['a'] })
          .getMany(),
      ),
    ).toBe('400 INVALID_REQUEST');
  });

  it('filters after the page is read, so that a page may be empty and still have a cursor', async () => {
    const shut = new Filter<Visit>().and('state', FilterConditions.equalTo('shut'));
    const first = await inA().filters(shut).limit(3).getMany();
    expect(first.results).toEqual([]);
    const second = await inA()
      .filters(shut)
      .limit(3)
      .cursor(first.nextCursor ?? '')
      .getMany();
    expect(second.results.map((row) => row.key)).toEqual(['a3']);
    expect(second.nextCursor).toBeUndefined();
  });

  it.each<[string, ReturnType<Filter<Visit>['and']> | ReturnType<Filter<Visit>['or']>, readonly string[]]>([
    ['equal', new Filter<Visit>().and('state', FilterConditions.equalTo('shut')), ['a3']],
    ['not equal', new Filter<Visit>().and('score', FilterConditions.notEqualTo(3)), ['a2', 'a4', 'a3']],
    ['exists', new Filter<Visit>().and('score', FilterConditions.exists()), ['a2', 'a1', 'a3']],
    ['not exists', new Filter<Visit>().and('score', FilterConditions.notExists()), ['a4']],
    ['contains', new Filter<Visit>().and('state', FilterConditions.contains('pe')), ['a2', 'a1', 'a4']],
    ['not contains', new Filter<Visit>().and('state', FilterConditions.notContains('pe')), ['a3']],
    ['begins with', new Filter<Visit>().and('state', FilterConditions.beginsWith('sh')), ['a3']],
    ['between', new Filter<Visit>().and('score', FilterConditions.between(-1, 2.5)), ['a2', 'a3']],
    ['greater', new Filter<Visit>().and('score', FilterConditions.greaterThan(2.5)), ['a1']],
    [
      'greater or equal',
      new Filter<Visit>().and('score', FilterConditions.greaterThanEqualTo(2.5)),
      ['a2', 'a1'],
    ],
    ['less', new Filter<Visit>().and('score', FilterConditions.lessThan(2.5)), ['a3']],
    ['less or equal', new Filter<Visit>().and('score', FilterConditions.lessThanEqualTo(2.5)), ['a2', 'a3']],
    [
      'all of',
      new Filter<Visit>()
        .and('state', FilterConditions.equalTo('open'))
        .and('score', FilterConditions.lessThan(3)),
      ['a2'],
    ],
    [
      'any of',
      new Filter<Visit>()
        .or('state', FilterConditions.equalTo('shut'))
        .or('score', FilterConditions.equalTo(3)),
      ['a1', 'a3'],
    ],
  ])('filters by %s', async (_, filter, keys) => {
    expect(await keysOf(inA().filters(filter))).toEqual(keys);
  });

  it('refuses a partition that is not given in full and with the right types', async () => {
    const byState = visits.query();
    expect(await refusalOf(byState.index('by-place-state', { partition: ['a'] }).getMany())).toBe(
      '400 INVALID_REQUEST',
    );
    expect(await refusalOf(byState.index('by-place').getMany())).toBe('400 INVALID_REQUEST');
    expect(await refusalOf(byState.index('score', { partition: ['a'] }).getMany())).toBe(
      '400 INVALID_REQUEST',
    );
    expect(await refusalOf(byState.index('by-place', { partition: [1] }).getMany())).toBe(
      '400 INCORRECT_PROPERTY_TYPE',
    );
  });

  it('refuses unknown indexes, senseless conditions and too many of them', async () => {
    const filtered = (filter: Parameters<ReturnType<typeof inA>['filters']>[0]): Promise<string> =>
      refusalOf(inA().filters(filter).getMany());
    expect(await refusalOf(visits.query().index('absent').getMany())).toBe('400 INVALID_ENTITY_INDEX');
    expect(await refusalOf(inA().limit(101).getMany())).toBe('400 COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE');
    expect(await refusalOf(inA().where(WhereConditions.beginsWith('1')).getMany())).toBe(
      '422 UNPROCESSABLE_ENTITY',
    );
    expect(await refusalOf(inA().where(WhereConditions.equalTo('1')).getMany())).toBe(
      '400 INCORRECT_PROPERTY_TYPE',
    );
    expect(await filtered(new Filter<Visit>().and('detail', FilterConditions.equalTo(1)))).toBe(
      '422 UNPROCESSABLE_ENTITY',
    );
    expect(await filtered(new Filter<Visit>().and('at', FilterConditions.contains('1')))).toBe(
      '422 UNPROCESSABLE_ENTITY',
    );
    let many = new Filter<Visit>().and('at', FilterConditions.greaterThan(0));
    for (let at = 1; at < 100; at += 1) {
      many = many.and('at', FilterConditions.greaterThan(0));
    }
    expect(await keysOf(inA().filters(many))).toEqual(['a1', 'a4', 'a3']);
    expect(await filtered(many.and('at', FilterConditions.exists()))).toBe('400 INVALID_REQUEST');
  });

  it.each<[string, object, string]>([
    [
      'an undeclared attribute',
      { and: [{ property: 'x', condition: 'EXISTS', values: [true] }] },
      'UNPROCESSABLE_ENTITY',
    ],
    [
      'a range of one value',
      { and: [{ property: 'at', condition: 'BETWEEN', values: [1] }] },
      'INSUFFICIENT_FILTER_VALUES',
    ],
    ['no condition', { or: [] }, 'EMPTY_FILTER_OPERATOR'],
    ['both operators', { and: [], or: [] }, 'INVALID_FILTER_OPERATORS_COMBINATION'],
  ])('refuses a filter with %s', (_, filters, code) => {
    const body = { entityName: 'visit', indexName: 'by-place', partition: ['a'], filters };
    expect(test.store.handle('/api/v1/entity/query', body)).toMatchObject({ body: { code } });
  });
});

describe('a cursor', () => {
  async function firstCursor(): Promise<string> {
    for (let at = 0; at < 5; at += 1) {
      await visits.set(`row-${at}`, { place: 'a', at });
    }
    const page = await visits
      .query()
      .index('by-place', { partition: ['a'] })
      .limit(2)
      .getMany();
    return page.nextCursor ?? '';
  }

  it('goes on at the same row although rows before it came and went', async () => {
    const cursor = await firstCursor();
    await visits.delete('row-0');
    await visits.set('early', { place: 'a', at: -1 });
    expect(
      await keysOf(
        visits
          .query()
          .index('by-place', { partition: ['a'] })
          .cursor(cursor),
      ),
    ).toEqual(['row-2', 'row-3', 'row-4']);
  });

  it('is refused when it was changed, made up, or made by another query', async () => {
    const cursor = await firstCursor();
    const refused = (text: string, place = 'a'): Promise<string> =>
      refusalOf(
        visits
          .query()
          .index('by-place', { partition: [place] })
          .cursor(text)
          .getMany(),
      );
    expect(await refused(`${cursor}A`)).toBe('400 INVALID_CURSOR');
    expect(await refused(cursor.startsWith('x') ? `y${cursor.slice(1)}` : `x${cursor.slice(1)}`)).toBe(
      '400 INVALID_CURSOR',
    );
    expect(await refused('made-up')).toBe('400 INVALID_CURSOR');
    expect(await refused(cursor, 'b')).toBe('400 INVALID_CURSOR');
    expect(await refusalOf(kvs.query().cursor(cursor).getMany())).toBe('400 INVALID_CURSOR');
  });
});
