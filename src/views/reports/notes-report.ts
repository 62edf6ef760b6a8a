/** The dated notes on a repository's charts, how they are changed, and what came of it. */

/** Characters of a note. */
export const LONGEST_NOTE = 120;

/** Notes of one repository. */
export const MOST_NOTES = 100;

/** What lies before or after is a slip of the keyboard: a date field takes the year 2 for one that is being typed. */
export const FIRST_NOTE_DAY = '2000-01-01';
export const LAST_NOTE_DAY = '2099-12-31';

export interface Note {
  readonly noteId: string;
  /** UTC, as `2026-01-31`. */
  readonly day: string;
  /** As an admin wrote it: plain text, one line. */
  readonly text: string;
}

export interface NotesReport {
  /** By day; those of one day in the order in which they were written. */
  readonly notes: readonly Note[];
  /** Whether this viewer may change them; `null` where Bitbucket could not be asked. */
  readonly mayChange: boolean | null;
}

/** One change, so that two admins at the same time do not overwrite each other. */
export type NoteChange =
  | { readonly kind: 'add'; readonly day: string; readonly text: string }
  | { readonly kind: 'remove'; readonly noteId: string };

/** `too-many`: as many are kept as can be, and nothing was added. A note that is gone already counts as removed. */
export type NoteChangeOutcome = 'saved' | 'too-many';

export interface ChangeNotesAnswer {
  readonly outcome: NoteChangeOutcome;
  /** As they are now. */
  readonly report: NotesReport;
}
