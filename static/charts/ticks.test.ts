import fc from 'fast-check';
import { compressedTicks } from './ticks';

it('names what people have words for, ever further apart', () => {
  expect(compressedTicks(10 * 86_400)).toEqual([0, 4 * 3_600, 86_400, 2 * 86_400, 5 * 86_400, 10 * 86_400]);
});

it('never stands two names in one place, nor one beyond the highest value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 3_000 * 86_400 }), (highest) => {
      const ticks = compressedTicks(highest);
      const places = ticks.map((tick) => Math.sqrt(tick / highest));
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBeLessThanOrEqual(1);
      for (const [index, place] of places.slice(1).entries()) {
        expect(place - (places[index] ?? 0)).toBeGreaterThanOrEqual(0.11);
      }
    }),
  );
});
