/** What a screen shows when it has no figures: loading, failed, nothing yet; and how complete what it shows is. */
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

export function MessageState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactElement {
  return (
    <div className="message" role="status">
      <h2>{title}</h2>
      {children}
      {action}
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
    <div className="message message-failed" role="alert">
      <h2>The figures could not be shown</h2>
      <p>{message}</p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

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
    <div className={`note note-${note.tone}`} role="status">
      <p>{note.sentence}</p>
      {note.tone === 'progress' && (
        <progress aria-label="Import" max={1} {...(note.progress === null ? {} : { value: note.progress })} />
      )}
    </div>
  );
}
