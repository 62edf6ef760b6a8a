/** The notes of the repository, and how the reader changes them. */
import { useState } from 'react';
import type { NoteChange, NoteChangeOutcome, NotesReport } from '../../../src/views/reports/notes-report';
import { call, failureOf, type Failure } from '../../api';
import { useAnswer } from '../../shared/use-answer';

/** How far the last change is. */
export type Saving =
  | { readonly kind: 'none' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'answered'; readonly outcome: NoteChangeOutcome }
  | { readonly kind: 'failed'; readonly cause: Failure };

export interface Notes {
  /** `null` while they load, and where they could not be loaded. */
  readonly report: NotesReport | null;
  /** Why they could not be loaded. */
  readonly failure: Failure | null;
  readonly again: () => void;
  readonly saving: Saving;
  /** Makes a change and tells whether it was saved. */
  readonly save: (change: NoteChange) => Promise<boolean>;
}

/** Charts are drawn without waiting for them. */
export function useNotes(): Notes {
  const [state, again] = useAnswer('notes', {});
  const [changed, setChanged] = useState<NotesReport | null>(null);
  const [saving, setSaving] = useState<Saving>({ kind: 'none' });
  const save = async (change: NoteChange): Promise<boolean> => {
    setSaving({ kind: 'saving' });
    try {
      const { outcome, report } = await call('changeNotes', { change });
      setChanged(report);
      setSaving({ kind: 'answered', outcome });
      return outcome === 'saved';
    } catch (error) {
      setSaving({ kind: 'failed', cause: failureOf(error) });
      return false;
    }
  };
  return {
    report: changed ?? (state.kind === 'ready' ? state.data : null),
    failure: state.kind === 'failed' ? state.cause : null,
    again,
    saving,
    save,
  };
}
