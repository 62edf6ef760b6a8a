/**
 * What a screen shows when it has no figures: loading, failed, nothing yet; and how complete what it shows is. Drawn in
 * Atlassian's tokens without their components, since the panel loads these too: a section message and a button would
 * double its script.
 */
import type { ReactElement, ReactNode } from 'react';
import type { Completeness } from '../../src/views/contract';
import { completenessNote } from '../view-model/completeness';
import { useViewer } from './viewer';

/** Grey places for what comes, announced once. */
export function LoadingState(): ReactElement {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">Loading the figures</span>
      <div className="loading-row" aria-hidden="true">
        {[0, 1, 2, 3].map((place) => (
          <div key={place} className="loading-tile" />
        ))}
      </div>
      <div className="loading-block" aria-hidden="true" />
    </div>
  );
}

/** Nothing to show, and why. */
export function MessageState({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <div className="notice notice-information" role="status">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function FailedState({
  message,
  onRetry,
}: {
  readonly message: string;
  readonly onRetry: () => void;
}): ReactElement {
  return (
    <div className="notice notice-error" role="alert">
      <h2>The figures could not be shown</h2>
      <p>{message}</p>
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

const APPEARANCES = { progress: 'information', warning: 'warning', quiet: 'neutral' } as const;

/** One line, with a bar while the import runs. */
export function CompletenessLine({
  completeness,
}: {
  readonly completeness: Completeness;
}): ReactElement | null {
  const { locale } = useViewer();
  const note = completenessNote(completeness, locale);
  if (note === null) return null;
  return (
    <div className={`notice notice-${APPEARANCES[note.tone]}`} role="status">
      <p>{note.sentence}</p>
      {note.tone === 'progress' && (
        <progress aria-label="Import" max={1} {...(note.progress === null ? {} : { value: note.progress })} />
      )}
    </div>
  );
}
