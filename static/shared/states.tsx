/**
 * What a screen shows when it has no figures: loading, failed, nothing yet; and how complete what it shows is. Drawn in
 * Atlassian's tokens without their components, since the panel loads these too: a section message and a button would
 * double its script.
 */
import type { ReactElement, ReactNode } from 'react';
import { completenessNote, type CompletedWindow } from '../view-model/completeness';
import { useLanguage } from './language';

/** Grey places for what comes, announced once. */
export function LoadingState(): ReactElement {
  const { t } = useLanguage();
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t('loading.figures')}</span>
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

/** The title tells what is missing: the figures, where none is given. */
export function FailedState({
  title,
  message,
  onRetry,
}: {
  readonly title?: string;
  readonly message: string;
  readonly onRetry?: () => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <div className="notice notice-error" role="alert">
      <h2>{title ?? t('trouble.figures')}</h2>
      <p>{message}</p>
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          {t('trouble.tryAgain')}
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
export function CompletenessLine({ overview }: { readonly overview: CompletedWindow }): ReactElement | null {
  const language = useLanguage();
  const note = completenessNote(overview, language);
  if (note === null) return null;
  return (
    <div className={`notice notice-${APPEARANCES[note.tone]}`}>
      <p>{note.sentence}</p>
      {note.tone === 'progress' && (
        <progress
          aria-label={language.t('completeness.bar')}
          max={1}
          {...(note.progress === null ? {} : { value: note.progress })}
        />
      )}
      {note.window !== null && <p role="status">{note.window}</p>}
    </div>
  );
}
