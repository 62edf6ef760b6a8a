/** Writes the words of source branches: each different digest once, and for each pull request which ones it has. */
import { elementAt } from './ledger-bytes';
import type { ColumnReader } from './ledger-columns';

const DIGEST_BYTES = 4;

/** The next digest that no pull request before had: most are used once, and equal numbers compress best. */
const NEXT_DIGEST = 0;
const FIRST_KNOWN = 1;

/** Collects the digests of a ledger. */
export class BranchWordsWriter {
  private readonly places = new Map<number, number>();

  /** Adds one pull request's to the column: how many, then each. Throws RangeError where one has more than 32 bits. */
  write(digests: readonly number[], column: number[]): void {
    column.push(digests.length);
    for (const digest of digests) {
      const place = this.places.get(digest);
      column.push(place === undefined ? NEXT_DIGEST : FIRST_KNOWN + place);
      if (place === undefined) this.places.set(digest, this.places.size);
    }
  }

  /** The different digests, in the order of their first use. */
  finish(): Buffer {
    const bytes = Buffer.alloc(this.places.size * DIGEST_BYTES);
    for (const [digest, place] of this.places) bytes.writeUInt32BE(digest, place * DIGEST_BYTES);
    return bytes;
  }
}

/** Reads what a BranchWordsWriter wrote, in the same order. Throws RangeError where the bytes cannot be that. */
export class BranchWordsReader {
  private readonly known: number[] = [];
  private readonly bytes: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next pull request's. */
  read(column: ColumnReader): readonly number[] {
    return column
      .several()
      .map((place) => (place === NEXT_DIGEST ? this.next() : elementAt(this.known, place - FIRST_KNOWN)));
  }

  /** Throws RangeError where a digest is left that no pull request has. */
  end(): void {
    if (this.known.length * DIGEST_BYTES < this.bytes.byteLength)
      throw new RangeError('more digests than words');
  }

  private next(): number {
    const digest = this.bytes.getUint32(this.known.length * DIGEST_BYTES);
    this.known.push(digest);
    return digest;
  }
}
