/** The page's window, one of the usual or one's own days, and its filters. */
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { MOST_CUSTOM_DAYS, type CustomWindow, type ViewQuery } from '../../src/views/view-query';
import { useLanguage } from '../shared/language';
import { WindowChooser } from '../shared/window-chooser';
import { FilterBar, FilterChips } from './filters/filter-bar';

const MILLISECONDS_A_DAY = 86_400_000;

interface WindowAndFiltersProps {
  readonly query: ViewQuery;
  readonly onChange: (query: ViewQuery) => void;
}

export function WindowAndFilters({ query, onChange }: WindowAndFiltersProps): ReactElement {
  const { t } = useLanguage();
  const { window } = query;
  const custom = typeof window === 'number' ? null : window;
  const [isChoosing, setIsChoosing] = useState(custom !== null);
  return (
    <>
      <div className="bar-line">
        <div className="custom-window">
          <WindowChooser
            days={custom === null && typeof window === 'number' ? window : null}
            onChange={(days) => {
              setIsChoosing(false);
              onChange({ ...query, window: days });
            }}
          />
          <button
            type="button"
            className="link"
            aria-expanded={isChoosing}
            onClick={() => setIsChoosing(!isChoosing)}
          >
            {t('windowChooser.custom')}
          </button>
          {isChoosing && (
            <CustomDays
              key={custom === null ? 'none' : `${custom.firstDay}/${custom.lastDay}`}
              custom={custom}
              onChoose={(chosen) => onChange({ ...query, window: chosen })}
            />
          )}
        </div>
        <FilterBar query={query} onChange={onChange} />
      </div>
      <FilterChips query={query} onChange={onChange} />
    </>
  );
}

function CustomDays({
  custom,
  onChoose,
}: {
  readonly custom: CustomWindow | null;
  readonly onChoose: (window: CustomWindow) => void;
}): ReactElement {
  const { t } = useLanguage();
  const [firstDay, setFirstDay] = useState(custom?.firstDay ?? '');
  const [lastDay, setLastDay] = useState(custom?.lastDay ?? '');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const days = (Date.parse(lastDay) - Date.parse(firstDay)) / MILLISECONDS_A_DAY;
    const isRight = days >= 0 && days < MOST_CUSTOM_DAYS;
    setIsWrong(!isRight);
    if (isRight) onChoose({ firstDay, lastDay });
  };
  return (
    <form className="custom-window" onSubmit={submit}>
      <label>
        {t('windowChooser.from')}{' '}
        <input type="date" required value={firstDay} onChange={(event) => setFirstDay(event.target.value)} />
      </label>
      <label>
        {t('windowChooser.to')}{' '}
        <input type="date" required value={lastDay} onChange={(event) => setLastDay(event.target.value)} />
      </label>
      <button type="submit" className="link">
        {t('windowChooser.show')}
      </button>
      {isWrong && <span role="alert">{t('windowChooser.wrong')}</span>}
    </form>
  );
}
