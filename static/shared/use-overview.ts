/** Loads the overview of a window, and again while the import runs. */
import { useCallback, useEffect, useState } from 'react';
import type { RepositoryOverview, WindowDays } from '../../src/views/contract';
import { call } from '../api';

/** While the import runs the figures grow; asking more often would cost more than it shows. */
const POLL_MILLISECONDS = 3_000;

export type OverviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly overview: RepositoryOverview };

/** The state, and a function that asks again. The figures of the window before stay visible until the new ones come. */
export function useOverview(days: WindowDays): readonly [OverviewState, () => void] {
  const [state, setState] = useState<OverviewState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);

  useEffect(() => {
    let active = true;
    let timer: number | undefined;
    let isPolling = false;
    const loadLater = (): void => {
      isPolling = true;
      timer = window.setTimeout(() => void load(), POLL_MILLISECONDS);
    };
    const load = async (): Promise<void> => {
      try {
        const overview = await call('overview', { query: { window: days } });
        if (!active) return;
        setState({ kind: 'ready', overview });
        const { state: progress } = overview.completeness;
        if (progress === 'waiting' || progress === 'importing') loadLater();
      } catch (error) {
        if (!active) return;
        // One look that failed takes away nothing that is shown; the next may succeed.
        if (isPolling) {
          loadLater();
          return;
        }
        const message = error instanceof Error ? error.message : 'The figures could not be loaded.';
        setState({ kind: 'failed', message });
      }
    };
    void load();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [days, round]);

  return [state, again];
}
