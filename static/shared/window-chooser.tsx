/** Chooses the window: the last 30, 90, 180 or 365 days. */
import { useId, type ReactElement } from 'react';
import { WINDOW_DAYS, type WindowDays } from '../../src/views/contract';
import { useLanguage } from './language';

export function WindowChooser({
  days,
  onChange,
}: {
  /** `null` where the window is none of them. */
  readonly days: WindowDays | null;
  readonly onChange: (days: WindowDays) => void;
}): ReactElement {
  const { t } = useLanguage();
  const name = useId();
  return (
    <fieldset className="chooser">
      <legend className="visually-hidden">{t('window.title')}</legend>
      {WINDOW_DAYS.map((each) => (
        <label key={each} className={each === days ? 'chosen' : undefined}>
          <input type="radio" name={name} checked={each === days} onChange={() => onChange(each)} />
          {t('window.days', { days: each })}
        </label>
      ))}
    </fieldset>
  );
}
