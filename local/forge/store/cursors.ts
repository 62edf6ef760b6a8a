/** Cursors of queries: opaque to the app, good for the query that made them only, and void when the host restarts. */
import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StoreRefusal } from './answers';

const position = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/** The last row of a page: its range value (or its key where the key is the order) and its key. */
export type Position = z.infer<typeof position>;

const SEAL_CHARACTERS = 22;

/**
 * Seals cursors with a secret of this run: Forge documents cursors as unstable and not to be stored, so an app that
 * stores one finds out here.
 */
export class CursorSeal {
  private readonly secret = randomBytes(32);

  /** A cursor that goes on after `last` in the same query. */
  seal(query: unknown, last: Position): string {
    const text = Buffer.from(JSON.stringify(last)).toString('base64url');
    const seal = createHmac('sha256', this.secret)
      .update(`${JSON.stringify(query)}\n${text}`)
      .digest('base64url');
    return seal.slice(0, SEAL_CHARACTERS) + text;
  }

  /** Where the query goes on. */
  open(query: unknown, cursor: string): Position {
    const last = position.safeParse(jsonOf(cursor.slice(SEAL_CHARACTERS)));
    if (!last.success || this.seal(query, last.data) !== cursor) {
      throw new StoreRefusal(
        400,
        'INVALID_CURSOR',
        'The cursor does not belong to this query. Use a cursor at once, unchanged and with the same query; never store it.',
      );
    }
    return last.data;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
