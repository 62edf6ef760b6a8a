/** The direction of a change as a drawing: not every font has the characters. */
import type { ReactElement } from 'react';
import type { Change } from '../view-model/change';

/** Nothing where nothing changed; the sentence beside it says the same in words. */
export function ChangeArrow({ change }: { readonly change: Change }): ReactElement | null {
  if (change.trend === 'same') return null;
  return (
    <svg className="arrow" viewBox="0 0 10 8" width="10" height="8" aria-hidden="true">
      <path d={change.trend === 'up' ? 'M5 0 10 8H0z' : 'M5 8 0 0h10z'} />
    </svg>
  );
}
