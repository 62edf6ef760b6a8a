/**
 * Packs the facts of one ledger into a short text: columns of small numbers, compressed.
 *
 * Measured on months of 300 merges and 43 declines, drawn from the recorded pull requests twenty times: 70 characters a
 * pull request (65 to 77), where the second schema took 63 and the first 115. Nearly half of them are the seconds between
 * its events, a ninth its merge commit and as much the words of its branch; all are as good as random, so there is little
 * left to gain without leaving facts out.
 */
import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { columnsFromBytes, columnsToBytes, type BinarySchema } from './ledger-columns';
import { fromColumns, toColumns } from './ledger-rows';
import { decodeFirstSchema } from './ledger-schema-1';

/** Before the base64; the first schema had nothing there, and base64 knows no colon. */
const SCHEMA = '3:';
const SECOND_SCHEMA = '2:';

/** Of the bytes before compression, since neither brotli nor base64 notices a wrong bit by itself. */
const CHECKSUM_BYTES = 4;

/**
 * 10 is a tenth smaller, for forty times the time: a ledger is written again with each of its pull requests, and Forge
 * bills the time of doing it several hundred times higher than the bytes.
 */
const QUALITY = 5;

/** Ten times what a ledger of the largest size comes to, in any schema: a damaged text does not fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A stored ledger that cannot be read: of another version, or damaged. */
export class UnreadableLedger extends Error {
  constructor(cause: unknown) {
    super('a stored ledger cannot be read; it can be rebuilt from the facts', { cause });
    this.name = 'UnreadableLedger';
  }
}

/** The facts as one text, by id: the same facts in any order give the same text. */
export function encodeLedger(facts: readonly PullRequestFacts[]): string {
  const bytes = columnsToBytes(toColumns(facts.toSorted((a, b) => a.id - b.id)));
  const compressed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(bytes));
  return SCHEMA + Buffer.concat([checksum, compressed]).toString('base64');
}

/** Whether a text is as `encodeLedger` makes them now; one that nothing was put in yet is. */
export function isPresentSchema(text: string): boolean {
  return text === '' || text.startsWith(SCHEMA);
}

/** The facts of a text that `encodeLedger` made, or that of an earlier release, by id. Throws UnreadableLedger. */
export function decodeLedger(text: string): readonly PullRequestFacts[] {
  try {
    if (text.startsWith(SCHEMA)) return decode(text.slice(SCHEMA.length), 3);
    if (text.startsWith(SECOND_SCHEMA)) return decode(text.slice(SECOND_SCHEMA.length), 2);
    return decodeFirstSchema(text, MOST_BYTES);
  } catch (cause) {
    throw new UnreadableLedger(cause);
  }
}

function decode(base64: string, schema: BinarySchema): readonly PullRequestFacts[] {
  const stored = Buffer.from(base64, 'base64');
  const bytes = brotliDecompressSync(stored.subarray(CHECKSUM_BYTES), { maxOutputLength: MOST_BYTES });
  if (crc32(bytes) !== stored.readUInt32LE()) throw new RangeError('the checksum is another');
  return fromColumns(columnsFromBytes(bytes, schema));
}
