/** A list that forgets its oldest entries. */
import fc from 'fast-check';
import { BoundedList } from './bounded-log';

describe('BoundedList', () => {
  it('keeps its newest entries and counts all of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 8 }), (entries, capacity) => {
        const list = new BoundedList<number>(capacity);
        for (const entry of entries) list.add(entry);
        expect(list.all()).toEqual(entries.slice(-capacity));
        expect(list.total).toBe(entries.length);
      }),
    );
  });
});
