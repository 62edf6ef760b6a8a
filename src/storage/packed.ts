/** Packs values of ours into short texts for the store, and reads them back by a schema. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { z } from 'zod';

/** Before the base64; earlier releases had neither it nor the checksum, and base64 knows no colon. */
const SCHEMA = '2:';

/** Of the bytes before compression, since neither deflate nor base64 notices a wrong bit by itself. */
const CHECKSUM_BYTES = 4;

/**
 * Of the bytes before compression: several times what the largest value of Forge comes to in any text of ours, and far
 * below a function's memory. A damaged text, or one made to harm, does not fill it.
 */
export const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;

/** A stored text that cannot be read: of another version, or damaged. */
export class UnreadableText extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what} cannot be read; it can be made again`, { cause });
    this.name = 'UnreadableText';
  }
}

/** Throws RangeError for a value that would be too large to be read back. */
export function pack(value: object): string {
  const bytes = Buffer.from(JSON.stringify(value));
  if (bytes.length > MOST_UNPACKED_BYTES) throw new RangeError('a text of the store would be too large');
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(bytes));
  return SCHEMA + Buffer.concat([checksum, deflateRawSync(bytes)]).toString('base64');
}

/** Whether a text is as `pack` makes them now; one that nothing was put in yet is. */
export function isPresentPacking(text: string): boolean {
  return text === '' || text.startsWith(SCHEMA);
}

/** Reads what `pack` made, now or in an earlier release. Throws UnreadableText; `what` names the text in its message. */
export function unpack<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  text: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(inflated(text).toString()));
  } catch (cause) {
    throw new UnreadableText(what, cause);
  }
}

function inflated(text: string): Buffer {
  const limit = { maxOutputLength: MOST_UNPACKED_BYTES };
  if (!text.startsWith(SCHEMA)) return inflateRawSync(Buffer.from(text, 'base64'), limit);
  const stored = Buffer.from(text.slice(SCHEMA.length), 'base64');
  const bytes = inflateRawSync(stored.subarray(CHECKSUM_BYTES), limit);
  if (crc32(bytes) !== stored.readUInt32LE()) throw new RangeError('the checksum is another');
  return bytes;
}
