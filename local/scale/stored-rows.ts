/** What the app reads and writes in storage, by kind of row: the entity, or the beginning of a plain key. */
import { z } from 'zod';

/** Bytes of values, and how often. */
export interface RowTraffic {
  rowsRead: number;
  bytesRead: number;
  rowsWritten: number;
  bytesWritten: number;
}

/** A row that the app writes. */
export interface WrittenRow {
  readonly kind: string;
  readonly value: unknown;
}

const item = z.object({
  key: z.string(),
  entityName: z.string().optional(),
  value: z.unknown().optional(),
});

const items = z.array(item);
const transaction = z.object({ set: items.optional() });
const query = z.object({
  entityName: z.string().optional(),
  where: z.array(z.object({ values: z.array(z.string()) })).optional(),
});
const answered = z.object({ successfulKeys: items });

/** The kind of a row: its entity, or the first word of its key. */
export function kindOf({
  key,
  entityName,
}: {
  readonly key: string;
  readonly entityName?: string | undefined;
}): string {
  return entityName ?? key.split(':', 1)[0] ?? key;
}

/** Counts the traffic of one store. */
export class RowTrafficMeter {
  private readonly kinds = new Map<string, RowTraffic>();

  /** Notes a successful request that wrote; answers the rows, for whoever follows what is stored. */
  wrote(path: string, body: unknown): readonly WrittenRow[] {
    const rows = writtenBy(path, body);
    return rows.map((row) => {
      const kind = kindOf(row);
      const traffic = this.of(kind);
      traffic.rowsWritten += 1;
      traffic.bytesWritten += bytesOf(row.value);
      return { kind, value: row.value };
    });
  }

  /** Notes a request that read `bytes` of values. */
  read(path: string, body: unknown, answer: unknown, bytes: number): void {
    if (path.endsWith('/batch/get')) {
      for (const row of answered.parse(answer).successfulKeys) this.noteRead(kindOf(row), bytesOf(row.value));
    } else if (path.endsWith('/query')) {
      const { entityName, where } = query.parse(body);
      this.noteRead(entityName ?? kindOf({ key: where?.[0]?.values[0] ?? 'all plain keys' }), bytes);
    } else this.noteRead(kindOf(item.parse(body)), bytes);
  }

  /** A copy of the counts by kind. */
  report(): Readonly<Record<string, RowTraffic>> {
    return Object.fromEntries([...this.kinds].map(([kind, traffic]) => [kind, { ...traffic }]));
  }

  private noteRead(kind: string, bytes: number): void {
    const traffic = this.of(kind);
    traffic.rowsRead += 1;
    traffic.bytesRead += bytes;
  }

  private of(kind: string): RowTraffic {
    const known = this.kinds.get(kind);
    if (known !== undefined) return known;
    const opened = { rowsRead: 0, bytesRead: 0, rowsWritten: 0, bytesWritten: 0 };
    this.kinds.set(kind, opened);
    return opened;
  }
}

function writtenBy(path: string, body: unknown): z.output<typeof items> {
  if (path.endsWith('/transaction')) return transaction.parse(body).set ?? [];
  if (path.endsWith('/batch/set')) return items.parse(body);
  return path.endsWith('/set') ? [item.parse(body)] : [];
}

function bytesOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
