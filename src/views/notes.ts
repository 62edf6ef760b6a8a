/** The notes on a repository's charts, and how whoever administers the repository changes them. */
import { randomUUID } from 'node:crypto';
import { allEnded } from '../concurrency/all-ended';
import type { RepositoryId } from '../storage/keys';
import { changeNotes, readNotes, type StoredNote, type StoredNotes } from '../storage/notes';
import { readRepositoryRecord } from '../storage/repositories';
import { administersRepository } from '../sync/administration';
import {
  MOST_NOTES,
  type ChangeNotesAnswer,
  type Note,
  type NoteChange,
  type NoteChangeOutcome,
  type NotesReport,
} from './reports/notes-report';
import { RequestRefused } from './request-refused';
import { viewerMay } from './viewer-may';

/** `null` where nothing is stored of the repository. */
export async function notesOf(repository: RepositoryId): Promise<NotesReport | null> {
  const [record, notes] = await allEnded([readRepositoryRecord(repository), readNotes(repository)]);
  if (record === null || record === 'removed') return null;
  return { notes: inOrder(notes), mayChange: await viewerMay(() => administersRepository(record)) };
}

/**
 * Applies one change; `null` where nothing is stored of the repository. Throws RequestRefused for a viewer who does not
 * administer the repository, and BitbucketError where Bitbucket does not say who they are.
 */
export async function changeNotesOf(
  repository: RepositoryId,
  change: NoteChange,
): Promise<ChangeNotesAnswer | null> {
  const record = await readRepositoryRecord(repository);
  if (record === null || record === 'removed') return null;
  if (!(await administersRepository(record))) {
    throw new RequestRefused(
      'not-allowed',
      'Only an administrator of this repository can change its notes. Ask one.',
    );
  }
  const noteId = randomUUID();
  const { notes, outcome } = await changeNotes(repository, (before) => {
    const { detail, result } = changedNotes(before, change, noteId);
    return { detail, result: { notes: detail.notes, outcome: result } };
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
