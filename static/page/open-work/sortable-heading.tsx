/** The head of a column that a press sorts by. */
import type { ReactElement } from 'react';

export function SortableHeading({
  name,
  direction,
  className,
  onSort,
}: {
  readonly name: string;
  /** `null` where the table is sorted by another column. */
  readonly direction: 'ascending' | 'descending' | null;
  readonly className?: string;
  readonly onSort: () => void;
}): ReactElement {
  return (
    <th scope="col" className={className} aria-sort={direction ?? 'none'}>
      <button type="button" className="sort-button" onClick={onSort}>
        {name}
        <svg className="sort-mark" viewBox="0 0 10 8" width="8" height="8" aria-hidden="true">
          {direction !== null && <path d={direction === 'ascending' ? 'M5 0 10 8H0z' : 'M5 8 0 0h10z'} />}
        </svg>
      </button>
    </th>
  );
}
