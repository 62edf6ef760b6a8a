/** Packs values of ours into short texts for the store, and reads them back by a schema. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { z } from 'zod';

/** A stored text that cannot be read: of another version, or damaged. */
export class UnreadableText extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what} cannot be read; it can be made again`, { cause });
    this.name = 'UnreadableText';
  }
}

export function pack(value: object): string {
  return deflateRawSync(JSON.stringify(value)).toString('base64');
}

/** Throws UnreadableText; `what` names the text in its message. */
export function unpack<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  text: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString()));
  } catch (cause) {
    throw new UnreadableText(what, cause);
  }
}
