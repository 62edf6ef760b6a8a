/**
 * What a screen shows when it has no figures: loading, failed, nothing yet; and how complete what it shows is. Drawn in
 * Atlassian's tokens without their components, since the panel loads these too: a section message and a button would
 * double its script.
 */
import type { ReactElement, ReactNode } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
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
  title = 'The figures could not be shown',
  message,
  onRetry,
}: {
  readonly title?: string;
  readonly message: string;
  readonly onRetry?: () => void;
}): ReactElement {
  return (
    <div className="notice notice-error" role="alert">
      <h2>{title}</h2>
      <p>{message}</p>
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

const APPEARANCES = { progress: 'information', warning: 'warning', quiet: 'neutral' } as const;

/**
 * One line, with a bar while the import runs. Only what the reader may rely on is announced: the count beside it changes
 * with every look.
 */
export function CompletenessLine({
  overview,
}: {
  readonly overview: RepositoryOverview;
}): ReactElement | null {
  const { locale, timeZone } = useViewer();
  const note = completenessNote(overview, locale, timeZone);
  if (note === null) return null;
  return (
    <div className={`notice notice-${APPEARANCES[note.tone]}`}>
      <p>{note.sentence}</p>
      {note.tone === 'progress' && (
        <progress aria-label="Import" max={1} {...(note.progress === null ? {} : { value: note.progress })} />
      )}
      {note.window !== null && <p role="status">{note.window}</p>}
    </div>
  );
}
