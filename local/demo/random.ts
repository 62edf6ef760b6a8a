/** Reproducible chance: the same seed always makes the same workspace. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of chance. */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  unit(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** A positive number of a log-normal distribution, given by its median and its 95th percentile. */
  spread(median: number, p95: number): number;
  /** Hexadecimal digits. */
  hex(digits: number): string;
  /** A uuid without braces. */
  uuid(): string;
}

/** z of the 95th percentile of the standard normal distribution. */
const Z95 = 1.6449;

export function chance(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const unit = (): number => uniformFloat64(generator);
  const integer = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => integer(0, 15).toString(16)).join('');
  return {
    unit,
    happens: (probability) => unit() < probability,
    integer,
    pick: (list) => {
      const found = list[integer(0, list.length - 1)];
      if (found === undefined) throw new RangeError('There is nothing to pick from an empty list.');
      return found;
    },
    spread: (median, p95) => {
      // Box and Muller's transform of two uniform numbers into a normal one.
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return median * Math.exp((Math.log(p95 / median) / Z95) * normal);
    },
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
}
