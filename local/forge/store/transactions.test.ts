/** Transactions through the published SDK: all or nothing, with conditions on rows of entities. */
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { openTestStore, refusalOf, type TestStore, type Visit } from './test-store';

let test: TestStore;

beforeEach(() => {
  test = openTestStore();
});

afterEach(() => test.disconnect());

const visits = kvs.entity<Visit>('visit');

function atIs(value: number): ReturnType<Filter<Visit>['and']> {
  return new Filter<Visit>().and('at', FilterConditions.equalTo(value));
}

describe('a transaction', () => {
  it('writes plain keys and entities together, deletes what is there and lets a missing delete pass', async () => {
    await visits.set('row', { at: 1 });
    await kvs.set('old', 1);
    await kvs
      .transact()
      .set<Visit>('row', { at: 2 }, { entityName: 'visit', conditions: atIs(1) })
      .set('plain', 'new', undefined, { ttl: { value: 1, unit: 'SECONDS' } })
      .delete('old')
      .delete('absent')
      .execute();
    expect(await visits.get('row')).toEqual({ at: 2 });
    expect(await kvs.get('plain')).toBe('new');
    expect(await kvs.get('old')).toBeUndefined();
    test.clock.time += 1_000;
    expect(await kvs.get('plain')).toBeUndefined();
  });

  it('writes nothing when one condition does not hold, on a set, a delete or a check', async () => {
    await visits.set('row', { at: 1 });
    const untouched = test.store.dump();
    const failed = '400 CONDITIONAL_CHECK_FAILED';
    const onSet = kvs
      .transact()
      .set('plain', 1)
      .set<Visit>('row', { at: 3 }, { entityName: 'visit', conditions: atIs(2) });
    expect(await refusalOf(onSet.execute())).toBe(failed);
    const onDelete = kvs
      .transact()
      .set('plain', 1)
      .delete('row', { entityName: 'visit', conditions: atIs(2) });
    expect(await refusalOf(onDelete.execute())).toBe(failed);
    const onCheck = kvs
      .transact()
      .set('plain', 1)
      .check('row', { entityName: 'visit', conditions: atIs(2) });
    expect(await refusalOf(onCheck.execute())).toBe(failed);
    expect(test.store.dump()).toEqual(untouched);
    await kvs
      .transact()
      .set('plain', 1)
      .check('row', { entityName: 'visit', conditions: atIs(1) })
      .execute();
    expect(await kvs.get('plain')).toBe(1);
  });

  it('fails a condition on a row that is missing or expired, even that an attribute does not exist', async () => {
    const unset = new Filter<Visit>().and('at', FilterConditions.notExists());
    const check = (): Promise<string> =>
      refusalOf(
        kvs.transact().set('plain', 1).check('row', { entityName: 'visit', conditions: unset }).execute(),
      );
    expect(await check()).toBe('400 CONDITIONAL_CHECK_FAILED');
    await visits.set('row', {}, { ttl: { value: 1, unit: 'SECONDS' } });
    test.clock.time += 1_000;
    expect(await check()).toBe('400 CONDITIONAL_CHECK_FAILED');
    expect(await kvs.get('plain')).toBeUndefined();
  });

  it('lets one of two that expect the same version win', async () => {
    await visits.set('row', { at: 1 });
    const update = (place: string): Promise<void> =>
      kvs
        .transact()
        .set<Visit>('row', { place, at: 2 }, { entityName: 'visit', conditions: atIs(1) })
        .execute();
    const outcomes = await Promise.allSettled([update('first'), update('second')]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('writes nothing when one value is not allowed', async () => {
    const transaction = kvs.transact().set('plain', 1).set('row', { at: 'text' }, { entityName: 'visit' });
    expect(await refusalOf(transaction.execute())).toBe('400 INCORRECT_PROPERTY_TYPE');
    expect(await refusalOf(kvs.transact().set('plain', 1).set('{bad}', 1).execute())).toBe('400 INVALID_KEY');
    expect(test.store.dump()).toEqual([]);
  });

  it('takes 25 operations, each on a key of its own', async () => {
    const transaction = kvs.transact();
    for (let at = 0; at < 25; at += 1) {
      transaction.set(`key-${at}`, at);
    }
    await transaction.execute();
    expect(test.store.dump()).toHaveLength(25);
    expect(await refusalOf(transaction.delete('one-more').execute())).toBe('422 UNPROCESSABLE_ENTITY');
    expect(await refusalOf(kvs.transact().set('twice', 1).delete('twice').execute())).toBe(
      '400 KEY_DUPLICATION_ERROR',
    );
    await kvs.transact().set('twice', 1).set('twice', {}, { entityName: 'visit' }).execute();
    expect(await refusalOf(kvs.transact().execute())).toBe('400 INVALID_TRANSACTION_REQUEST');
  });

  it('takes 4 MB of values and no more', async () => {
    const fits = Math.floor((4 * 1024 * 1024) / 25) - 2;
    const filled = (size: number): Promise<void> => {
      const transaction = kvs.transact();
      for (let at = 0; at < 25; at += 1) {
        transaction.set(`key-${at}`, 'x'.repeat(size));
      }
      return transaction.execute();
    };
    expect(await refusalOf(filled(fits + 1))).toBe('400 MAX_SIZE');
    await filled(fits);
    expect(test.store.dump()).toHaveLength(25);
  });

  it.each<[string, object, string]>([
    [
      'a condition on a plain key',
      {
        set: [
          {
            key: 'key',
            value: 1,
            conditions: { and: [{ property: 'at', condition: 'EXISTS', values: [true] }] },
          },
        ],
      },
      'INVALID_TRANSACTION_REQUEST',
    ],
    [
      'a condition on an attribute of type any',
      {
        check: [
          {
            key: 'key',
            entityName: 'visit',
            conditions: { and: [{ property: 'detail', condition: 'EXISTS', values: [true] }] },
          },
        ],
      },
      'UNPROCESSABLE_ENTITY',
    ],
    [
      'a key policy',
      { set: [{ key: 'key', value: 1, options: { keyPolicy: 'OVERRIDE' } }] },
      'INVALID_REQUEST',
    ],
    ['an undeclared entity', { delete: [{ key: 'key', entityName: 'absent' }] }, 'SCHEMA_NOT_FOUND'],
  ])('refuses %s', (_, body, code) => {
    expect(test.store.handle('/api/v1/transaction', body)).toMatchObject({ body: { code } });
    expect(test.store.dump()).toEqual([]);
  });
});
