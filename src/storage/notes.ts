/**
 * The notes that a repository's admins pinned to its charts: a day and one line each. With the names of teams they are
 * the only text that a person writes and the app stores; it is shown on the charts of that repository's page, to whoever
 * may see the repository, and nowhere else: no other screen, no export, no log has it.
 */
import { z } from 'zod';
import { changeRow, readRow, type GuardedRow, type RowChange } from './guarded-row';
import { key, NOTES_ENTITY, type RepositoryId } from './keys';

const storedNotes = z.object({
  schema: z.literal(1),
  /** In the order in which they were written; `day` as `2026-01-31`. */
  notes: z.array(z.object({ id: z.string(), day: z.string(), text: z.string() })),
});

export type StoredNotes = z.output<typeof storedNotes>;
export type StoredNote = StoredNotes['notes'][number];

/** Guarded, so that of two admins at the same time neither overwrites what the other wrote. */
function rowOf(repository: RepositoryId): GuardedRow<StoredNotes> {
  return {
    entityName: NOTES_ENTITY,
    key: key.notes(repository),
    parse: (detail) => storedNotes.parse(detail),
    beginning: { schema: 1, notes: [] },
  };
}

export async function readNotes(repository: RepositoryId): Promise<readonly StoredNote[]> {
  return (await readRow(rowOf(repository))).notes;
}

/** Applies a change to the notes as they are and returns what it returned; the change may be asked for several times. */
export function changeNotes<Result>(
  repository: RepositoryId,
  change: (notes: StoredNotes) => RowChange<StoredNotes, Result>,
): Promise<Result> {
  return changeRow(rowOf(repository), change);
}
