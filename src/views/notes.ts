/** The notes on a repository's charts, and how whoever administers the repository changes them. */
import { randomUUID } from 'node:crypto';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { auditWrite } from '../storage/audit';
import type { RepositoryId } from '../storage/keys';
import { changeNotes, readNotes, type StoredNote, type StoredNotes } from '../storage/notes';
import { isRecord, readRepositoryRecord } from '../storage/repositories';
import { administersRepository } from '../sync/administration';
import type { RepositoryPlace } from './places';
import {
  MOST_NOTES,
  type ChangeNotesAnswer,
  type Note,
  type NoteChange,
  type NoteChangeOutcome,
  type NotesReport,
} from './reports/notes-report';
import { viewerMay } from './viewer-may';

/** `null` where nothing is stored of the repository. */
export async function notesOf(repository: RepositoryId): Promise<NotesReport | null> {
  const [record, notes] = await allEnded([readRepositoryRecord(repository), readNotes(repository)]);
  if (!isRecord(record)) return null;
  return { notes: inOrder(notes), mayChange: await viewerMay(() => administersRepository(record)) };
}

/**
 * Applies one change, by an administrator of the repository (`ACCESS`). What was written is in the notes; the list of
 * changes keeps that something was.
 */
export async function changeNotesOf(
  { repository, accountId }: RepositoryPlace,
  change: NoteChange,
  now: EpochSeconds,
): Promise<ChangeNotesAnswer> {
  const noteId = randomUUID();
  const { notes, outcome } = await changeNotes(repository, (before) => {
    const { detail, result } = changedNotes(before, change, noteId);
    const entry = { at: now, by: accountId, what: 'notes', before: null, after: { kind: change.kind } };
    return {
      detail,
      result: { notes: detail.notes, outcome: result },
      also: [auditWrite(repository, entry)],
    };
  });
  return { outcome, report: { notes: inOrder(notes), mayChange: true } };
}

/** The notes after a change; the same object where nothing changed. `newId` is the id of a note that is added. */
export function changedNotes(
  before: StoredNotes,
  change: NoteChange,
  newId: string,
): { readonly detail: StoredNotes; readonly result: NoteChangeOutcome } {
  const { notes } = before;
  if (change.kind === 'remove') {
    const left = notes.filter(({ id }) => id !== change.noteId);
    return { detail: left.length === notes.length ? before : { ...before, notes: left }, result: 'saved' };
  }
  if (notes.length >= MOST_NOTES) return { detail: before, result: 'too-many' };
  const added = { id: newId, day: change.day, text: change.text };
  return { detail: { ...before, notes: [...notes, added] }, result: 'saved' };
}

function inOrder(notes: readonly StoredNote[]): readonly Note[] {
  return notes
    .map(({ id, day, text }) => ({ noteId: id, day, text }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
