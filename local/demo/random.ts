/** Reproducible chance: the same seed always makes the same workspace. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A positive, skewed amount by its median and its 95th percentile. */
export interface Spread {
  readonly median: number;
  readonly p95: number;
}

/** A source of chance. */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  unit(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** One element; throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** Up to `count` different elements. */
  some<T>(list: readonly T[], count: number): readonly T[];
  /** A number of the standard normal distribution. */
  normal(): number;
  /** A positive number of a log-normal distribution; `z` says how far from the median where it is not left to chance. */
  spread(amount: Spread, z?: number): number;
  /** Hexadecimal digits. */
  hex(digits: number): string;
  /** A uuid without braces. */
  uuid(): string;
  /** A chance of its own, so that what is drawn from it changes nothing that is drawn from this one afterwards. */
  fork(): Chance;
}

/** z of the 95th percentile of the standard normal distribution. */
const Z95 = 1.6449;

export function chance(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const unit = (): number => uniformFloat64(generator);
  const integer = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  // Seven digits at a time: a workspace has thousands of hashes.
  const seven = (): string =>
    Math.floor(unit() * 0x10000000)
      .toString(16)
      .padStart(7, '0');
  const hex = (digits: number): string =>
    Array.from({ length: Math.ceil(digits / 7) }, seven)
      .join('')
      .slice(0, digits);
  // Box and Muller's transform of two uniform numbers into a normal one.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    happens: (probability) => unit() < probability,
    integer,
    pick: (list) => {
      const found = list[integer(0, list.length - 1)];
      if (found === undefined) throw new RangeError('There is nothing to pick from an empty list.');
      return found;
    },
    some: (list, count) => {
      const left = [...list];
      const chosen: (typeof left)[number][] = [];
      while (chosen.length < count && left.length > 0) {
        chosen.push(...left.splice(integer(0, left.length - 1), 1));
      }
      return chosen;
    },
    normal,
    spread: ({ median, p95 }, z = normal()) => median * Math.exp((Math.log(p95 / median) / Z95) * z),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${integer(8, 11).toString(16)}${hex(3)}-${hex(12)}`,
    fork: () => chance(integer(-0x80000000, 0x7fffffff)),
  };
}
