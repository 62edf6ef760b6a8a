/** Keeps the chosen window in the page's address, so that a view can be shared. */
import { view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import { WINDOW_DAYS, type WindowDays } from '../../src/views/contract';

const DEFAULT_DAYS: WindowDays = 90;

type History = Awaited<ReturnType<typeof view.createHistory>>;

/** The window of an address's search part; the default where it names none. */
export function daysIn(search: string): WindowDays {
  const named = Number(new URLSearchParams(search).get('days'));
  return WINDOW_DAYS.find((days) => days === named) ?? DEFAULT_DAYS;
}

export function useDaysInAddress(): readonly [WindowDays, (days: WindowDays) => void] {
  const [days, setDays] = useState<WindowDays>(DEFAULT_DAYS);
  const history = useRef<History | null>(null);
  useEffect(() => {
    let active = true;
    void view
      .createHistory()
      .then((created) => {
        if (!active) return;
        history.current = created;
        setDays(daysIn(created.location.search));
        created.listen((location) => setDays(daysIn(location.search)));
      })
      .catch(() => undefined);
    return () => {
      active = false;
    };
  }, []);
  const choose = useCallback((chosen: WindowDays) => {
    setDays(chosen);
    history.current?.push(`/?days=${chosen}`);
  }, []);
  return [days, choose];
}
