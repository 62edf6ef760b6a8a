/** What the tab shows, to take away: figures, pull requests, everything, a link or a summary. Loaded when it is opened. */
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLanguage } from '../../shared/language';
import type { PageAddress } from '../../view-model/page-address';
import './take-away.css';

const TakeAwayChoices = lazy(() =>
  import('./take-away-choices').then((module) => ({ default: module.TakeAwayChoices })),
);

/** A part of the page's head: a press opens it, Escape closes it. */
export function TakeAway({ tab, query }: PageAddress): ReactElement {
  const { t } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLElement>(null);
  const closeOnEscape = (event: KeyboardEvent<HTMLDetailsElement>): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.currentTarget.open = false;
    opener.current?.focus();
  };
  return (
    <details
      className="take-away"
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      onKeyDown={closeOnEscape}
    >
      <summary ref={opener}>{t('takeAway.title')}</summary>
      {isOpen && (
        <Suspense fallback={<p role="status">{t('loading.part')}</p>}>
          <TakeAwayChoices key={JSON.stringify([tab, query])} tab={tab} query={query} />
        </Suspense>
      )}
    </details>
  );
}
