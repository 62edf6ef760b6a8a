/** The rows in SQLite: every read of the store is answered from an index, so other rows cost it nothing. */
import { Sort, WhereConditions, kvs } from '@forge/kvs';
import { openDatabase, type HostDatabase } from '../database';
import { ForgeStore } from './forge-store';
import { ENTITIES, type Visit } from './test-store';
import { connectForgeStore } from './testing';

const visits = kvs.entity<Visit>('visit');

describe('an index lookup', () => {
  it('never scans: SQLite answers every read of the store from an index', async () => {
    const database = openDatabase(':memory:');
    const statements: { readonly sql: string; readonly values: readonly (string | number | null)[] }[] = [];
    const recording: HostDatabase = {
      file: database.file,
      run: (sql, ...values) => database.run(sql, ...values),
      all: (sql, ...values) => {
        statements.push({ sql, values });
        return database.all(sql, ...values);
      },
      get: (sql, ...values) => recording.all(sql, ...values)[0],
      transaction: (work) => database.transaction(work),
      migrate: (room, steps) => database.migrate(room, steps),
      close: () => database.close(),
    };
    const store = new ForgeStore({ database: recording, entities: ENTITIES, clock: Date });
    const disconnect = connectForgeStore(store);
    await firstPages();
    disconnect();
    const reads = statements.filter(({ sql }) => sql.startsWith('select'));
    expect(reads.length).toBeGreaterThan(10);
    for (const { sql, values } of reads) {
      const plan = database.all(`explain query plan ${sql}`, ...values).map((step) => String(step.detail));
      expect({ sql, plan: plan.filter((step) => /SCAN|TEMP B-TREE/.test(step)) }).toEqual({ sql, plan: [] });
    }
    database.close();
  });

  /** Every kind of read, each with a second page. */
  async function firstPages(): Promise<void> {
    for (let at = 0; at < 5; at += 1) {
      await visits.set(`row-${at}`, { place: 'a', state: 'open', at, score: at });
      await kvs.set(`row-${at}`, at);
    }
    const where = [undefined, WhereConditions.greaterThan(0), WhereConditions.between(0, 4)] as const;
    for (const sort of [Sort.ASC, Sort.DESC]) {
      for (const condition of where) {
        const query = (): ReturnType<ReturnType<typeof visits.query>['index']> => {
          const built = visits
            .query()
            .index('by-place', { partition: ['a'] })
            .sort(sort)
            .limit(1);
          return condition === undefined ? built : built.where(condition);
        };
        const { nextCursor } = await query().getMany();
        expect(
          (
            await query()
              .cursor(nextCursor ?? '')
              .getMany()
          ).results,
        ).toHaveLength(1);
      }
      const byKey = await visits.query().index('by-key').sort(sort).limit(1).getMany();
      await visits
        .query()
        .index('by-key')
        .sort(sort)
        .limit(1)
        .cursor(byKey.nextCursor ?? '')
        .getMany();
    }
    await visits
      .query()
      .index('by-at-place', { partition: [1] })
      .where(WhereConditions.beginsWith('a'))
      .getMany();
    const keys = await kvs.query().where('key', WhereConditions.beginsWith('row')).limit(1).getMany();
    await kvs
      .query()
      .where('key', WhereConditions.beginsWith('row'))
      .limit(1)
      .cursor(keys.nextCursor ?? '')
      .getMany();
    await kvs.batchGet([{ key: 'row-1' }, { key: 'row-1', entityName: 'visit' }]);
  }
});
