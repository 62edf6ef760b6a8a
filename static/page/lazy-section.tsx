/** A disclosure of the page whose content loads, with a script of its own, when it is opened. */
import { useState, type ReactElement } from 'react';
import { LazyContent, type LoadContent } from '../shared/lazy-content';

interface LazySectionProps {
  readonly title: string;
  readonly about: string;
  readonly load: LoadContent;
}

export function LazySection({ title, about, load }: LazySectionProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="card disclosure" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        <span className="quiet">{about}</span>
      </summary>
      {isOpen && <LazyContent load={load} />}
    </details>
  );
}
