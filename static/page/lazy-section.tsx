/** A disclosure of the page whose content loads, with a script of its own, when it is opened. */
import { useEffect, useState, type ComponentType, type ReactElement } from 'react';
import { FailedState } from '../shared/states';

type Content =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly Report: ComponentType };

interface LazySectionProps {
  readonly title: string;
  readonly about: string;
  /** Loads what is shown; the same function as long as the content is the same. */
  readonly load: () => Promise<ComponentType>;
}

export function LazySection({ title, about, load }: LazySectionProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="card disclosure" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        <span className="quiet">{about}</span>
      </summary>
      {isOpen && <LoadedReport load={load} />}
    </details>
  );
}

/** A failed load must not take the page with it. */
function LoadedReport({ load }: Pick<LazySectionProps, 'load'>): ReactElement {
  const [content, setContent] = useState<Content>({ kind: 'loading' });
  useEffect(() => {
    let active = true;
    load()
      .then((Report) => active && setContent({ kind: 'ready', Report }))
      .catch(() => active && setContent({ kind: 'failed' }));
    return () => {
      active = false;
    };
  }, [load]);
  switch (content.kind) {
    case 'loading':
      return <p role="status">Loading…</p>;
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
