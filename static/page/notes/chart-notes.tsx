/** The notes below a chart: those of its window as a list; whoever administers the repository adds and removes them. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useLanguage, type Language } from '../../shared/language';
import { noteText, type ShownNote } from '../../view-model/notes';
import { NoteForm } from './note-form';
import type { Notes, Saving } from './use-notes';
import './notes.css';

export function ChartNotes({
  notes,
  shown,
}: {
  readonly notes: Notes;
  readonly shown: readonly ShownNote[];
}): ReactElement | null {
  const { t } = useLanguage();
  const { report, failure, again, saving, save } = notes;
  if (report === null) {
    return failure === null ? null : (
      <p className="quiet" role="status">
        {t('notes.notLoaded')}{' '}
        <button type="button" className="link" onClick={again}>
          {t('trouble.tryAgain')}
        </button>
      </p>
    );
  }
  const mayChange = report.mayChange === true;
  const elsewhere = report.notes.length - shown.length;
  // Those who can add none need not be told that there are none.
  if (report.notes.length === 0 && !mayChange) return null;
  return (
    <section className="notes" aria-label={t('notes.title')} aria-busy={saving.kind === 'saving'}>
      {shown.length === 0 ? (
        <p className="quiet">{t('notes.none')}</p>
      ) : (
        <ul>
          {shown.map((note) => (
            <NoteLine key={note.noteId} note={note} save={mayChange ? save : null} />
          ))}
        </ul>
      )}
      {elsewhere > 0 && <p className="quiet">{t('notes.elsewhere', { count: elsewhere })}</p>}
      <Outcome saving={saving} />
      {mayChange && <NoteForm save={save} isSaving={saving.kind === 'saving'} />}
    </section>
  );
}

function NoteLine({
  note,
  save,
}: {
  readonly note: ShownNote;
  /** `null` for those who may not change it. */
  readonly save: Notes['save'] | null;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <li>
      <span className="note-number">{note.number}</span>
      <span>{noteText(note, language)}</span>{' '}
      {save !== null && !isAsking && (
        <button
          type="button"
          className="link"
          aria-label={t('notes.removeNote', { day: note.day, text: note.text })}
          onClick={() => setIsAsking(true)}
        >
          {t('notes.remove')}
        </button>
      )}
      {save !== null && isAsking && <Removal note={note} save={save} onKeep={() => setIsAsking(false)} />}
    </li>
  );
}

function Removal({
  note,
  save,
  onKeep,
}: {
  readonly note: ShownNote;
  readonly save: Notes['save'];
  readonly onKeep: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const remove = (): void => {
    void save({ kind: 'remove', noteId: note.noteId }).then((isSaved) => !isSaved && onKeep());
  };
  return (
    <span className="note-question" role="group" aria-label={t('notes.remove')}>
      <span role="alert">{t('notes.removeQuestion', { text: note.text })}</span>{' '}
      <button type="button" className="link note-danger" onClick={remove}>
        {t('notes.removeYes')}
      </button>{' '}
      <button type="button" className="link" autoFocus onClick={onKeep}>
        {t('notes.keep')}
      </button>
    </span>
  );
}

/** What came of the last change; the reader goes on here, since what was pressed may be gone. */
function Outcome({ saving }: { readonly saving: Saving }): ReactElement {
  const language = useLanguage();
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (saving.kind === 'answered') text.current?.focus();
  }, [saving]);
  return (
    <p role="status" className="notes-outcome" ref={text} tabIndex={-1}>
      {outcomeText(saving, language)}
    </p>
  );
}

function outcomeText(saving: Saving, { t }: Language): string {
  switch (saving.kind) {
    case 'none':
      return '';
    case 'saving':
      return t('notes.saving');
    case 'answered':
      return t(`notes.${saving.outcome}`);
    case 'failed':
      return t(`failure.${saving.cause}`);
  }
}
