/** Whole numbers as runs of bytes, small ones short: what a ledger is written in before it is compressed. */

/** A number of either sign reaches this; folded it takes twice as much, which is still exact. */
const LARGEST = 2 ** 52;

/** A value's bits in a byte; the byte's highest says that more follow (LEB128, the lowest bits first). */
const BASE = 128;

/** Collects bytes. */
export class ByteWriter {
  private readonly bytes: number[] = [];

  /** A whole number from 0. Throws RangeError for any other. */
  number(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 2 * LARGEST) {
      throw new RangeError(`${value} is no whole number from 0 that a ledger holds`);
    }
    let rest = value;
    while (rest >= BASE) {
      this.bytes.push((rest % BASE) + BASE);
      rest = Math.floor(rest / BASE);
    }
    this.bytes.push(rest);
  }

  /** How many there are, then each of them. */
  numbers(values: readonly number[]): void {
    this.number(values.length);
    for (const value of values) this.number(value);
  }

  /** How many there are, then the bytes as they are. */
  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
  }

  /** All that was written. */
  finish(): Buffer {
    return Buffer.from(this.bytes);
  }
}

/** Reads what a ByteWriter wrote, in the same order. Throws RangeError where the bytes cannot be that. */
export class ByteReader {
  private place = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** One number, of at most eight bytes. */
  number(): number {
    let value = 0;
    for (let weight = 1; weight <= LARGEST; weight *= BASE) {
      const byte = elementAt(this.bytes, this.place);
      this.place += 1;
      value += (byte % BASE) * weight;
      if (byte < BASE) return value;
    }
    throw new RangeError('a number is too long');
  }

  /** As many numbers as the first one says. */
  numbers(): readonly number[] {
    const count = this.count();
    const values: number[] = [];
    while (values.length < count) values.push(this.number());
    return values;
  }

  /** As many bytes as a number before them says. */
  block(): Uint8Array {
    const count = this.count();
    this.place += count;
    return this.bytes.subarray(this.place - count, this.place);
  }

  /** Throws RangeError where something is left that nobody read. */
  end(): void {
    if (this.place < this.bytes.length) throw new RangeError('something follows the end');
  }

  /** What is counted takes a byte each at least: a count that lies is noticed before room is made for it. */
  private count(): number {
    const count = this.number();
    if (count > this.bytes.length - this.place) throw new RangeError(`fewer bytes than ${count} are left`);
    return count;
  }
}

/** A number of either sign as one from 0: 0, -1, 1, -2 become 0, 1, 2, 3. Throws RangeError for one that is not whole. */
export function folded(value: number): number {
  if (!Number.isInteger(value) || Math.abs(value) > LARGEST) {
    throw new RangeError(`${value} is no whole number that a ledger holds`);
  }
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** The number that `folded` was given. */
export function unfolded(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** The element at a place that must exist: columns that do not fit each other are damaged. Throws RangeError. */
export function elementAt<T>(list: ArrayLike<T>, place: number): T {
  if (place < 0 || place >= list.length) {
    throw new RangeError(`no element ${place} in a list of ${list.length}`);
  }
  return list[place] as T;
}
