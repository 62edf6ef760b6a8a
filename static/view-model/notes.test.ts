import type { Note } from '../../src/views/reports/notes-report';
import { noteMarks, notesByWeek, shownNotes } from './notes';
import { english, german } from './testing';

const WEEK = 7 * 86_400;
/** Monday 2026-10-05, and the Monday after. */
const WEEKS = [Date.UTC(2026, 9, 5) / 1000, Date.UTC(2026, 9, 12) / 1000];

const note = (day: string, text: string): Note => ({ noteId: `${day} ${text}`, day, text });

const NOTES = [
  note('2026-10-04', 'the day before'),
  note('2026-10-05', 'the first day'),
  note('2026-10-11', 'a Sunday'),
  note('2026-10-11', 'the same Sunday'),
  note('2026-10-18', 'the last day'),
  note('2026-10-19', 'the day after'),
];

it('shows the notes of the weeks, with one number for each day', () => {
  const shown = shownNotes(NOTES, WEEKS);
  expect(shown.map(({ number, text }) => [number, text])).toEqual([
    [1, 'the first day'],
    [2, 'a Sunday'],
    [2, 'the same Sunday'],
    [3, 'the last day'],
  ]);
  expect(shown[0]?.at).toBe(WEEKS[0]);
});

it('marks each day once, with all that is said of it', () => {
  const shown = shownNotes(NOTES, WEEKS);
  expect(noteMarks(shown, english)).toEqual([
    { at: WEEKS[0], number: 1, text: 'Note 1, Oct 5, 2026: the first day' },
    { at: Date.UTC(2026, 9, 11) / 1000, number: 2, text: 'Note 2, Oct 11, 2026: a Sunday; the same Sunday' },
    { at: Date.UTC(2026, 9, 18) / 1000, number: 3, text: 'Note 3, Oct 18, 2026: the last day' },
  ]);
  expect(noteMarks(shown, german)[0]?.text).toBe('Notiz 1, 05.10.2026: the first day');
});

it('says in each week’s row what happened in it', () => {
  const weeks = [...WEEKS, (WEEKS[1] ?? 0) + WEEK];
  const rows = notesByWeek(shownNotes(NOTES.slice(0, 4), weeks), weeks, english);
  expect([...rows]).toEqual([
    [WEEKS[0], 'Oct 5, 2026: the first day; Oct 11, 2026: a Sunday; Oct 11, 2026: the same Sunday'],
  ]);
});

it('shows nothing where there is nothing', () => {
  expect(shownNotes(NOTES, [])).toEqual([]);
  expect(noteMarks([], english)).toEqual([]);
  expect(notesByWeek([], WEEKS, english).size).toBe(0);
});
