/** Parts of a whole as bars of one scale; a press on a name lists what stands behind it. */
import type { ReactElement } from 'react';
import type { ShareRow } from '../view-model/branches';
import './share-bars.css';

/** Count and share stand beside each bar, so that nothing is told by length alone. */
export function ShareBars<Part>({
  rows,
  isOpen,
  onOpen,
}: {
  readonly rows: readonly ShareRow<Part>[];
  readonly isOpen: (part: Part) => boolean;
  readonly onOpen: (part: Part) => void;
}): ReactElement {
  return (
    <dl className="share-bars">
      {rows.map(({ name, text, level, part }) => (
        <div key={name}>
          <dt title={name}>
            {part === null ? (
              name
            ) : (
              <button
                type="button"
                className="link"
                aria-expanded={isOpen(part)}
                onClick={() => onOpen(part)}
              >
                {name}
              </button>
            )}
          </dt>
          <dd>
            <span className="share-track" aria-hidden="true">
              <span className="share-bar" style={{ width: `${level * 100}%` }} />
            </span>
            <span className="share-text">{text}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
