/** Refuses what is over Forge's bytes a second for one key, or for one value of an index, where told to. */
import { StoreRefusal } from './answers';

const MEGABYTE = 1024 * 1024;

/** Bytes a second (Forge's limits of the Key-Value Store, "per key"). */
const BYTES_PER_SECOND = { read: 12 * MEGABYTE, write: MEGABYTE, query: 24 * MEGABYTE } as const;

type Kind = keyof typeof BYTES_PER_SECOND;

interface Key {
  readonly space: string;
  readonly key: string;
}

/** Counts bytes of value JSON in whole seconds of the clock. */
export class Bandwidth {
  private second = Number.NaN;
  private used = new Map<string, number>();

  constructor(
    private readonly clock: { now(): number },
    private readonly enforce: boolean,
  ) {}

  /** Counts what was read of a key. Throws the refusal. */
  read({ space, key }: Key, bytes: number): void {
    this.spend('read', `${space} ${key}`, bytes);
  }

  /** Counts what is written to a key, before it is written. Throws the refusal. */
  write({ space, key }: Key, bytes: number): void {
    this.spend('write', `${space} ${key}`, bytes);
  }

  /** Counts what a query reads of one value of an index. Throws the refusal. */
  query(indexValue: string, bytes: number): void {
    this.spend('query', indexValue, bytes);
  }

  private spend(kind: Kind, what: string, bytes: number): void {
    if (!this.enforce) return;
    const second = Math.floor(this.clock.now() / 1_000);
    if (second !== this.second) {
      this.second = second;
      this.used = new Map();
    }
    const name = `${kind} ${what}`;
    const used = (this.used.get(name) ?? 0) + bytes;
    if (used > BYTES_PER_SECOND[kind]) {
      const limit = `${BYTES_PER_SECOND[kind] / MEGABYTE} MB a second`;
      throw new StoreRefusal(
        429,
        'RATE_LIMIT_EXCEEDED',
        `The storage rate limit of ${limit} has been exceeded.`,
      );
    }
    this.used.set(name, used);
  }
}
