import fc from 'fast-check';
import { firstRangesByMember, rangeCounts, type Range } from './ranges';

/** Ranges of a list and of every third of its members, as the lists of environments are. */
const severalRanges = fc
  .record({
    length: fc.nat(12),
    chosen: fc.array(fc.tuple(fc.boolean(), fc.nat(12), fc.nat(12)), { maxLength: 20 }),
  })
  .map(({ length, chosen }): readonly Range<number>[] => {
    const all = Array.from({ length }, (_, place) => place * 10);
    const some = all.filter((_, place) => place % 3 === 0);
    return chosen.map(([isOfSome, one, another]) => {
      const list = isOfSome ? some : all;
      const [first, end] = [one, another].map((place) => Math.min(place, list.length)).sort((a, b) => a - b);
      return { list, first: first ?? 0, end: end ?? 0 };
    });
  });

function holds({ list, first, end }: Range<number>, member: number): boolean {
  return list.slice(first, end).includes(member);
}

it('finds for each member what a look at each range would find', () => {
  fc.assert(
    fc.property(severalRanges, fc.integer({ min: 1, max: 6 }), (ranges, most) => {
      const first = firstRangesByMember<number, Range<number>>(ranges, most);
      const counts = rangeCounts(ranges);
      const members = new Set(ranges.flatMap(({ list }) => list));
      for (const member of members) {
        const own = ranges.filter((range) => holds(range, member));
        expect(first.get(member) ?? []).toEqual(own.slice(0, most));
        expect(counts.get(member) ?? 0).toBe(own.length);
      }
      expect([...first.keys()].every((member) => members.has(member))).toBe(true);
    }),
  );
});

it('looks at each member no more often than it has room, however long the ranges are', () => {
  let looks = 0;
  const list = new Proxy(
    Array.from({ length: 1_000 }, (_, place) => place),
    {
      get: (target, key) => {
        if (key !== 'length') looks += 1;
        return Reflect.get(target, key) as unknown;
      },
    },
  );
  const ranges = Array.from({ length: 1_000 }, () => ({ list, first: 0, end: 1_000 }));
  expect(firstRangesByMember<number, Range<number>>(ranges, 5).get(999)).toHaveLength(5);
  expect(looks).toBe(5_000);
});
