/** Where an administrator writes a note: its day and one line. */
import Button from '@atlaskit/button/new';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { FIRST_NOTE_DAY, LAST_NOTE_DAY, LONGEST_NOTE } from '../../../src/views/reports/notes-report';
import { useLanguage } from '../../shared/language';
import type { Notes } from './use-notes';

export function NoteForm({
  save,
  isSaving,
}: {
  readonly save: Notes['save'];
  /** A second press would add the note twice. */
  readonly isSaving: boolean;
}): ReactElement {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const [day, setDay] = useState('');
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void save({ kind: 'add', day, text }).then((isSaved) => {
      if (!isSaved) return;
      setText('');
      setIsOpen(false);
    });
  };
  if (!isOpen) {
    return (
      <button type="button" className="link" onClick={() => setIsOpen(true)}>
        {t('notes.add')}
      </button>
    );
  }
  return (
    <form className="note-form" onSubmit={submit}>
      <label>
        <span>{t('notes.day')}</span>
        <input
          type="date"
          required
          autoFocus
          min={FIRST_NOTE_DAY}
          max={LAST_NOTE_DAY}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </label>
      <label className="note-text">
        <span>{t('notes.text')}</span>
        <input
          type="text"
          required
          // Spaces alone are no note.
          pattern=".*\S.*"
          maxLength={LONGEST_NOTE}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="quiet">{t('notes.about', { most: LONGEST_NOTE })}</p>
      <div className="note-actions">
        <Button type="submit" appearance="primary" isDisabled={isSaving}>
          {t('notes.save')}
        </Button>
        <Button onClick={() => setIsOpen(false)}>{t('notes.cancel')}</Button>
      </div>
    </form>
  );
}
