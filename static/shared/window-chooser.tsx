/** Chooses the window: the last 30, 90, 180 or 365 days. */
import { useId, type ReactElement } from 'react';
import { WINDOW_DAYS, type WindowDays } from '../../src/views/contract';

export function WindowChooser({
  days,
  onChange,
}: {
  readonly days: WindowDays;
  readonly onChange: (days: WindowDays) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className="chooser">
      <legend className="visually-hidden">Window</legend>
      {WINDOW_DAYS.map((each) => (
        <label key={each} className={each === days ? 'chosen' : undefined}>
          <input type="radio" name={name} checked={each === days} onChange={() => onChange(each)} />
          {each} days
        </label>
      ))}
    </fieldset>
  );
}
