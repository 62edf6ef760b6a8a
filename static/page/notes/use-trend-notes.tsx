/** The notes of a trend by week, as its card shows them: marks, a column of the table, and the list below. */
import type { ReactElement } from 'react';
import type { TrendMark } from '../../charts/duration-trend';
import { useLanguage } from '../../shared/language';
import { noteMarks, notesByWeek, shownNotes } from '../../view-model/notes';
import { ChartNotes } from './chart-notes';
import { useNotes } from './use-notes';

export interface TrendNotes {
  readonly marks: readonly TrendMark[];
  /** The table's column for them, and a week's cell in it; none where no week has a note. */
  readonly columns: readonly string[];
  readonly cellsOf: (week: { readonly from: number }) => readonly string[];
  readonly list: ReactElement;
}

export function useTrendNotes(weeks: readonly { readonly from: number }[]): TrendNotes {
  const language = useLanguage();
  const notes = useNotes();
  const beginnings = weeks.map(({ from }) => from);
  const shown = shownNotes(notes.report?.notes ?? [], beginnings);
  const texts = notesByWeek(shown, beginnings, language);
  return {
    marks: noteMarks(shown, language),
    columns: texts.size === 0 ? [] : [language.t('notes.title')],
    cellsOf: ({ from }) => (texts.size === 0 ? [] : [texts.get(from) ?? '']),
    list: <ChartNotes notes={notes} shown={shown} />,
  };
}
