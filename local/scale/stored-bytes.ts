/** What lies in the store at the end, by kind of row. */
import { z } from 'zod';
import type { HostDatabase } from '../forge/database';

/** Live rows of one kind and the bytes of their values; Forge does not bill what is stored. */
export interface StoredKind {
  readonly kind: string;
  readonly rows: number;
  readonly bytes: number;
}

const counted = z.object({ kind: z.string(), rows: z.number(), bytes: z.number() });

/** Entities by their name, plain keys by their first word. */
const KIND = `case when space like 'entity:%' then substr(space, 8)
  else substr(key, 1, instr(key || ':', ':') - 1) end`;

/** Rows that have not expired at `now` (milliseconds), the kind with the most bytes first. */
export function storedKinds(database: HostDatabase, now: number): readonly StoredKind[] {
  return database
    .all(
      `select ${KIND} as kind, count(*) as rows, sum(length(cast(value as blob))) as bytes from stored_row
       where expires_at is null or expires_at > ? group by 1 order by 3 desc, 1`,
      Math.floor(now),
    )
    .map((row) => counted.parse(row));
}
