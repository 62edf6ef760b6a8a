/** The notes of a trend by week: which lie in it, their numbers, and what is said of them. */
import type { Note } from '../../src/views/reports/notes-report';
import type { TrendMark } from '../charts/duration-trend';
import type { Language } from '../shared/language';
import { date } from './date';

const SECONDS_A_WEEK = 7 * 86_400;

/** A note with its place in the chart; notes of one day have one mark, and so one number. */
export interface ShownNote extends Note {
  /** 00:00 UTC of its day. */
  readonly at: number;
  readonly number: number;
}

/** Those that lie in one of the weeks, given by their beginnings; numbered by day from 1. `notes` come by day. */
export function shownNotes(notes: readonly Note[], weeks: readonly number[]): readonly ShownNote[] {
  const inWeeks = notes
    .map((note) => ({ ...note, at: dayOf(note) }))
    .filter(({ at }) => weekOf(at, weeks) !== undefined);
  const days = [...new Set(inWeeks.map(({ day }) => day))];
  return inWeeks.map((note) => ({ ...note, number: days.indexOf(note.day) + 1 }));
}

/** The marks, one for each day that has a note. */
export function noteMarks(shown: readonly ShownNote[], language: Language): readonly TrendMark[] {
  return [...new Set(shown.map(({ at }) => at))].map((at, place) => ({
    at,
    number: place + 1,
    text: language.t('notes.mark', {
      number: place + 1,
      day: date(at, language),
      text: joined(shown.filter((note) => note.at === at).map(({ text }) => text)),
    }),
  }));
}

/** What each week's row of the table says, by the week's beginning; weeks without a note are absent. */
export function notesByWeek(
  shown: readonly ShownNote[],
  weeks: readonly number[],
  language: Language,
): ReadonlyMap<number, string> {
  const told = weeks.map((week) => {
    const notes = shown.filter(({ at }) => weekOf(at, weeks) === week);
    return [week, joined(notes.map((note) => noteText(note, language)))] as const;
  });
  return new Map(told.filter(([, text]) => text !== ''));
}

function joined(texts: readonly string[]): string {
  return texts.join('; ');
}

/** A note with its day. */
export function noteText(note: Note, language: Language): string {
  return language.t('notes.item', { day: date(dayOf(note), language), text: note.text });
}

function dayOf({ day }: Note): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

function weekOf(at: number, weeks: readonly number[]): number | undefined {
  return weeks.find((from) => from <= at && at < from + SECONDS_A_WEEK);
}
