/** The disclosure at the end of the page that tells how its data came to be; what is in it loads when it is opened. */
import { useEffect, useState, type ComponentType, type ReactElement } from 'react';
import { FailedState } from '../shared/states';

type Content =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly Report: ComponentType };

export function DataSection(): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="card disclosure" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>Data</h2>
        <span className="quiet">How far the import is, and what keeps the figures true.</span>
      </summary>
      {isOpen && <LoadedReport />}
    </details>
  );
}

/** Its own script, so that the page's first one does not grow. A failed load must not take the page with it. */
function LoadedReport(): ReactElement {
  const [content, setContent] = useState<Content>({ kind: 'loading' });
  useEffect(() => {
    let active = true;
    import('./data-report')
      .then(({ DataReport }) => active && setContent({ kind: 'ready', Report: DataReport }))
      .catch(() => active && setContent({ kind: 'failed' }));
    return () => {
      active = false;
    };
  }, []);
  switch (content.kind) {
    case 'loading':
      return <p role="status">Loading the progress…</p>;
    case 'failed':
      // A browser remembers that a module failed, so that asking again would fail the same way.
      return (
        <FailedState
          title="This part of the page could not be loaded"
          message="Check your connection and reload the page."
        />
      );
    case 'ready':
      return <content.Report />;
  }
}
