/** Keeps the pages that an import has read and still needs, so that a killed one goes on without asking again. */
import { z } from 'zod';
import { getMany, removeMany, type TransactionSet } from './forge-storage';
import { key, type RepositoryId } from './keys';
import { pack, unpack } from './packed';

const stored = z.object({ body: z.string() });

/** The write of one page, to go into the transaction that saves the import's place. */
export function importPageWrite(repository: RepositoryId, page: number, value: object): TransactionSet {
  return { key: key.importPage(repository, page), value: { body: pack(value) } };
}

/** Pages from `first` up to but not including `end`, in their order; throws UnreadableText. */
export async function readImportPages<Schema extends z.ZodType>(
  repository: RepositoryId,
  first: number,
  end: number,
  schema: Schema,
): Promise<readonly { readonly page: number; readonly value: z.output<Schema> }[]> {
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const rows = await getMany(numbers.map((page) => ({ key: key.importPage(repository, page) })));
  return numbers.flatMap((page) => {
    const row = rows.get(key.importPage(repository, page));
    if (row === undefined) return [];
    return { page, value: unpack('a page of an import', schema, stored.parse(row).body) };
  });
}

/** Removes pages from `first` up to but not including `end`; absent ones are fine. */
export async function removeImportPages(repository: RepositoryId, first: number, end: number): Promise<void> {
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (numbers.length > 0)
    await removeMany(numbers.map((page) => ({ key: key.importPage(repository, page) })));
}
