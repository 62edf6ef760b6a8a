import fc from 'fast-check';
import { logTicks } from './log-ticks';

const HOUR = 3_600;
const DAY = 86_400;

it('names what people have words for', () => {
  expect(logTicks(60, 45 * DAY, 0.1)).toEqual([60, 600, HOUR, 4 * HOUR, DAY, 7 * DAY, 30 * DAY]);
});

it('leaves out what there is no room for, an hour and a day last', () => {
  expect(logTicks(60, 45 * DAY, 0.25)).toEqual([60, HOUR, DAY, 30 * DAY]);
});

it('never stands two names in one place, nor one beyond the ends', () => {
  const end = fc.integer({ min: 1, max: 3_000 * DAY });
  fc.assert(
    fc.property(end, end, (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other) + 1];
      const ticks = logTicks(from, to, 0.1);
      const places = ticks.map((tick) => Math.log(tick / from) / Math.log(to / from));
      for (const [index, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1);
        if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(0.1 - 1e-12);
      }
    }),
  );
});
