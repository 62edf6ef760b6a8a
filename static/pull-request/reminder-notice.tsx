/** Whether somebody should be reminded of an open pull request, and who. */
import type { ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { useLanguage } from '../shared/language';
import { reminderNote, type Names } from '../view-model/pull-request-waiting';

const APPEARANCES = { late: 'warning', 'on-track': 'neutral', unknown: 'neutral' } as const;

export function ReminderNotice({
  report,
  names,
}: {
  readonly report: PullRequestReport;
  readonly names: Names;
}): ReactElement | null {
  const note = reminderNote(report, names, useLanguage());
  if (note === null) return null;
  return (
    <div className={`notice notice-${APPEARANCES[note.tone]}`}>
      <h2>{note.title}</h2>
      {note.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
