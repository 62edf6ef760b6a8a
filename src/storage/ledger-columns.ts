/** The parts of a ledger as it is stored: lists of words and columns of numbers, and their bytes. */
import { z } from 'zod';
import { ByteReader, ByteWriter, elementAt } from './ledger-bytes';

/**
 * In the order in which they are stored; another order, or another column, is another schema. A column holds one
 * number a pull request unless it says otherwise; 0 stands for `null` where there may be one.
 */
const COLUMNS = [
  'id',
  'opened',
  'state',
  'flags',
  'author',
  'closedBy',
  'target',
  'branchKind',
  'mergedSource',
  'mergeCommit',
  /** These three as `writeTimeline` fills them. */
  'events',
  'gaps',
  'actors',
  /** How many, then the place of each. */
  'requested',
  'withdrawn',
  'comments',
  'reviewComments',
  'linesAdded',
  'linesRemoved',
  'files',
  /** How many, then for each 0 where it is the next digest, else 1 and the digest's place. Since schema 3. */
  'branchWords',
] as const;

/** The second schema ended before the column of branches' words, and had no digests. */
export type BinarySchema = 2 | 3;

export type ColumnName = (typeof COLUMNS)[number];
export type Columns<Column> = Readonly<Record<ColumnName, Column>>;

const words = z.object({
  people: z.array(z.string()),
  branches: z.array(z.string()),
  /** Merge commits that are not twelve hexadecimal digits. */
  commits: z.array(z.string()),
});

/** Columns name words by their places in these lists. */
export type Words = Readonly<z.output<typeof words>>;

export interface LedgerColumns {
  readonly words: Words;
  readonly columns: Columns<readonly number[]>;
  /** Merge commits of twelve hexadecimal digits, six bytes each. */
  readonly hashes: Uint8Array;
  /** The different words of source branches in the order of their first use, four bytes each. */
  readonly digests: Uint8Array;
}

/** One of something for each column, made in the stored order. */
export function eachColumn<Column>(make: (name: ColumnName) => Column): Columns<Column> {
  return Object.fromEntries(COLUMNS.map((name) => [name, make(name)])) as Record<ColumnName, Column>;
}

/** The words as JSON, then every column, then the hashes and the digests; each says how long it is. */
export function columnsToBytes({ words: lists, columns, hashes, digests }: LedgerColumns): Buffer {
  const writer = new ByteWriter();
  writer.block(Buffer.from(JSON.stringify(lists)));
  for (const name of COLUMNS) writer.numbers(columns[name]);
  writer.block(hashes);
  writer.block(digests);
  return writer.finish();
}

/** Throws RangeError, SyntaxError or ZodError where the bytes are not those of a ledger. */
export function columnsFromBytes(bytes: Uint8Array, schema: BinarySchema): LedgerColumns {
  const reader = new ByteReader(bytes);
  const lists = words.parse(JSON.parse(Buffer.from(reader.block()).toString()));
  // In the stored order: each column begins where the one before it ends.
  const hasBranchWords = schema !== 2;
  const columns = eachColumn((name) => (name !== 'branchWords' || hasBranchWords ? reader.numbers() : []));
  const hashes = reader.block();
  const digests = hasBranchWords ? reader.block() : new Uint8Array();
  reader.end();
  const branchWords = hasBranchWords ? columns.branchWords : columns.id.map(() => 0);
  return { words: lists, columns: { ...columns, branchWords }, hashes, digests };
}

/** A column that is read from its beginning on. */
export class ColumnReader {
  private place = 0;

  constructor(private readonly values: readonly number[]) {}

  /** Throws RangeError after the last one. */
  next(): number {
    const value = elementAt(this.values, this.place);
    this.place += 1;
    return value;
  }

  /** As many as the next one says. */
  several(): readonly number[] {
    const end = this.next() + this.place;
    const values: number[] = [];
    while (this.place < end) values.push(this.next());
    return values;
  }

  /** Throws RangeError where something is left that nobody read. */
  end(): void {
    if (this.place < this.values.length) throw new RangeError('a column is longer than its ledger');
  }
}

/** Words in the order of their first use, each with its place. */
export class WordList {
  readonly words: string[] = [];
  private readonly places = new Map<string, number>();

  place(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}
