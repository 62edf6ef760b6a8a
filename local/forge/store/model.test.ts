/** The store equals a plain model in memory after any sequence of requests through the published SDK. */
import fc from 'fast-check';
import { Filter, FilterConditions, Sort, WhereConditions, kvs } from '@forge/kvs';
import { openTestStore, refusalOf, type TestStore, type Visit } from './test-store';

describe('the store equals a plain model', () => {
  type Model = Map<string, { readonly value: Visit; readonly expiresAt: number }>;

  const key = fc.constantFrom('a', 'a:1', 'a:2', 'ab', 'b', 'B', 'c#d', 'z');
  const place = fc.constantFrom('x', 'y', 'é', 'xx', '😀', '\uffff');
  const at = fc.constantFrom(-2_147_483_648, -1, 0, 1, 2, 10, 2_147_483_647);
  const visit: fc.Arbitrary<Visit> = fc.record(
    { place, at, state: fc.constantFrom('open', 'shut'), score: fc.constantFrom(-1.5, 0, 0.25, 9) },
    { requiredKeys: [] },
  );
  const limit = fc.integer({ min: 1, max: 4 });
  const sort = fc.constantFrom(Sort.ASC, Sort.DESC);
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('set' as const), key, value: visit }) },
    fc.record({
      kind: fc.constant('expiring' as const),
      key,
      value: visit,
      seconds: fc.integer({ min: 1, max: 120 }),
    }),
    fc.record({ kind: fc.constant('once' as const), key, value: visit }),
    fc.record({ kind: fc.constant('delete' as const), key }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 90 }) }),
    fc.record({
      kind: fc.constant('batch' as const),
      items: fc.uniqueArray(fc.record({ key, value: visit }), { selector: (item) => item.key, minLength: 1 }),
    }),
    fc.record({ kind: fc.constant('transact' as const), write: key, guard: key, value: visit, expected: at }),
    fc.record({ kind: fc.constant('byPlace' as const), place, bounds: fc.tuple(at, at), limit, sort }),
    fc.record({ kind: fc.constant('byAt' as const), at, prefix: place, limit, sort }),
    fc.record({
      kind: fc.constant('byKey' as const),
      prefix: fc.constantFrom('', 'a', 'a:', 'c#'),
      limit,
      sort,
    }),
    fc.record({ kind: fc.constant('get' as const), key }),
  );
  type Step = typeof step extends fc.Arbitrary<infer Kind> ? Kind : never;

  function bytes(left: string, right: string): number {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }

  /** Keys of the live rows that match, in the order of `rank` and then of the key. */
  function expectedKeys(
    live: readonly (readonly [string, Visit])[],
    matches: (row: Visit, key: string) => boolean,
    rank: (left: Visit, right: Visit) => number,
    order: Sort,
  ): string[] {
    const rows = live
      .filter(([name, row]) => matches(row, name))
      .sort(([leftKey, left], [rightKey, right]) => rank(left, right) || bytes(leftKey, rightKey))
      .map(([name]) => name);
    return order === Sort.DESC ? rows.reverse() : rows;
  }

  /** Every key of a query, page by page. */
  async function walk(
    query: () => ReturnType<ReturnType<ReturnType<typeof kvs.entity<Visit>>['query']>['index']>,
  ): Promise<string[]> {
    const keys: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await (cursor === undefined ? query() : query().cursor(cursor)).getMany();
      keys.push(...page.results.map((row) => row.key));
      cursor = page.nextCursor;
    }
    return keys;
  }

  async function apply(step: Step, model: Model, test: TestStore): Promise<void> {
    const now = test.clock.time;
    const visits = kvs.entity<Visit>('visit');
    const alive = (name: string): Visit | undefined => {
      const row = model.get(name);
      return row !== undefined && row.expiresAt > now ? row.value : undefined;
    };
    const live = [...model.keys()].flatMap((name) => {
      const value = alive(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const keep = (name: string, value: Visit, expiresAt = Infinity): unknown =>
      model.set(name, { value, expiresAt });
    switch (step.kind) {
      case 'set':
        await visits.set(step.key, step.value);
        keep(step.key, step.value);
        return;
      case 'expiring':
        await visits.set(step.key, step.value, { ttl: { value: step.seconds, unit: 'SECONDS' } });
        keep(step.key, step.value, now + step.seconds * 1_000);
        return;
      case 'once': {
        const request = visits.set(step.key, step.value, { keyPolicy: 'FAIL_IF_EXISTS' });
        if (alive(step.key) === undefined) {
          await request;
          keep(step.key, step.value);
        } else {
          expect(await refusalOf(request)).toBe('409 KEY_CONFLICT');
        }
        return;
      }
      case 'delete':
        await visits.delete(step.key);
        model.delete(step.key);
        return;
      case 'wait':
        test.clock.time += step.seconds * 1_000;
        return;
      case 'batch':
        await kvs.batchSet(step.items.map((item) => ({ ...item, entityName: 'visit' })));
        step.items.forEach((item) => keep(item.key, item.value));
        return;
      case 'transact': {
        if (step.write === step.guard) {
          return;
        }
        const conditions = new Filter<Visit>().and('at', FilterConditions.equalTo(step.expected));
        const request = kvs
          .transact()
          .set(step.write, step.value, { entityName: 'visit' })
          .check(step.guard, { entityName: 'visit', conditions })
          .execute();
        if (alive(step.guard)?.at === step.expected) {
          await request;
          keep(step.write, step.value);
        } else {
          expect(await refusalOf(request)).toBe('400 CONDITIONAL_CHECK_FAILED');
        }
        return;
      }
      case 'get':
        expect(await visits.get(step.key)).toEqual(alive(step.key));
        return;
      case 'byPlace': {
        const [low, high] = step.bounds;
        const query = (): ReturnType<ReturnType<typeof visits.query>['index']> =>
          visits
            .query()
            .index('by-place', { partition: [step.place] })
            .where(WhereConditions.between(low, high))
            .sort(step.sort)
            .limit(step.limit);
        const inBounds = (row: Visit): boolean =>
          row.place === step.place && row.at !== undefined && row.at >= low && row.at <= high;
        const rank = (left: Visit, right: Visit): number => (left.at ?? 0) - (right.at ?? 0);
        expect(await walk(query)).toEqual(expectedKeys(live, inBounds, rank, step.sort));
        return;
      }
      case 'byAt': {
        const query = (): ReturnType<ReturnType<typeof visits.query>['index']> =>
          visits
            .query()
            .index('by-at-place', { partition: [step.at] })
            .where(WhereConditions.beginsWith(step.prefix))
            .sort(step.sort)
            .limit(step.limit);
        const begins = (row: Visit): boolean =>
          row.at === step.at && row.place?.startsWith(step.prefix) === true;
        const rank = (left: Visit, right: Visit): number => bytes(left.place ?? '', right.place ?? '');
        expect(await walk(query)).toEqual(expectedKeys(live, begins, rank, step.sort));
        return;
      }
      case 'byKey': {
        const query = (): ReturnType<ReturnType<typeof visits.query>['index']> =>
          visits
            .query()
            .index('by-key')
            .where(WhereConditions.beginsWith(step.prefix))
            .sort(step.sort)
            .limit(step.limit);
        expect(await walk(query)).toEqual(
          expectedKeys(
            live,
            (_, name) => name.startsWith(step.prefix),
            () => 0,
            step.sort,
          ),
        );
      }
    }
  }

  it('after any sequence of writes, deletes, waits, reads and queries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const test = openTestStore();
        const model: Model = new Map();
        try {
          for (const each of steps) {
            await apply(each, model, test);
          }
          const live = [...model].filter(([, row]) => row.expiresAt > test.clock.time);
          expect(test.store.dump().map((row) => [row.key, row.value])).toEqual(
            live.sort(([left], [right]) => bytes(left, right)).map(([name, row]) => [name, row.value]),
          );
        } finally {
          test.disconnect();
        }
      }),
      { numRuns: 150 },
    );
  });
});
