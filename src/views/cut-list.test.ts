import fc from 'fast-check';
import { cutList } from './cut-list';

const items = fc.array(fc.record({ id: fc.string(), value: fc.nat(3) }));

it('keeps a list that fits as it is', () => {
  expect(cutList([{ id: '1', value: 2 }])).toEqual({ items: [{ id: '1', value: 2 }] });
  expect(cutList([])).toEqual({ items: [] });
});

it('keeps as many from the front as there is room for, and says what all are', () => {
  fc.assert(
    fc.property(items, fc.nat(400), (all, room) => {
      const { items: kept, cut } = cutList(all, room);
      const written = (count: number): number => JSON.stringify(all.slice(0, count)).length - 1;
      expect(kept).toEqual(all.slice(0, kept.length));
      if (cut === undefined) {
        expect(kept).toHaveLength(all.length);
      } else {
        expect(written(kept.length + 1)).toBeGreaterThan(room);
        expect(cut).toEqual({ of: all.length, counting: all.filter(({ value }) => value === 1).length });
      }
      expect(kept.length === 0 || written(kept.length) <= room).toBe(true);
    }),
  );
});
