/** How many pull requests wait longer than usual, as a link to the page that lists them. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { useAnswer } from '../shared/use-answer';

/** Nothing until it is known, and where it cannot be: the panel's figures stand without it. */
export function LateLine({ onOpen }: { readonly onOpen: () => void }): ReactElement | null {
  const { t } = useLanguage();
  const [state] = useAnswer('reminders', {});
  if (state.kind !== 'ready' || state.data.p85.timeToMerge === null) return null;
  const text = t('reminders.count', { count: state.data.late.length });
  return (
    <p className="quiet">
      {state.data.late.length === 0 ? (
        text
      ) : (
        <button type="button" className="link" onClick={onOpen}>
          {text}
        </button>
      )}
    </p>
  );
}
