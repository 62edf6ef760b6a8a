import fc from 'fast-check';
import { seededSample } from './seeded-sample';

const list = (length: number): readonly number[] => Array.from({ length }, (_, place) => place);

it('draws as many as wanted, each once and in their order, and all where there are no more', () => {
  const seed = fc.integer({ min: 1, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.nat(200), fc.nat(250), seed, (length, most, each) => {
      const drawn = seededSample(list(length), most, each);
      expect(drawn).toHaveLength(Math.min(length, most));
      expect(drawn.every((item, place) => place === 0 || item > Number(drawn[place - 1]))).toBe(true);
      expect(seededSample(list(length), most, each)).toEqual(drawn);
    }),
  );
});

it('draws each element as often as any other', () => {
  const often = new Array<number>(10).fill(0);
  for (let seed = 1; seed <= 10_000; seed += 1) {
    for (const item of seededSample(list(10), 3, seed * 7_919)) often[item] = (often[item] ?? 0) + 1;
  }
  // Of 10,000 draws of 3 of 10, each has 3,000 with a standard deviation of 46.
  for (const times of often) expect(Math.abs(times - 3_000)).toBeLessThan(4 * 46);
});
