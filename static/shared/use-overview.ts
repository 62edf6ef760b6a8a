/** Loads the overview of a window, and again while the import runs. */
import { useCallback, useEffect, useState } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import type { ViewQuery } from '../../src/views/view-query';
import { call, failureOf, type Failure } from '../api';

/** While the import runs the figures grow; asking more often would cost more than it shows. */
const POLL_MILLISECONDS = 3_000;

export type OverviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | {
      readonly kind: 'ready';
      readonly overview: RepositoryOverview;
      /** What is shown answers an earlier question; the answer to the present one is on its way. */
      readonly isStale: boolean;
    };

type Stored =
  | Exclude<OverviewState, { kind: 'ready' }>
  | { readonly kind: 'ready'; readonly overview: RepositoryOverview; readonly question: string };

/** The state, and a function that asks again. The figures of the query before stay visible until the new ones come. */
export function useOverview(query: ViewQuery): readonly [OverviewState, () => void] {
  const [state, setState] = useState<Stored>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  // A query is a new object at each drawing; its text is the same for the same question.
  const question = JSON.stringify(query);
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
        const overview = await call('overview', { query: JSON.parse(question) as ViewQuery });
        if (!active) return;
        setState({ kind: 'ready', overview, question });
        const { state: progress } = overview.completeness;
        if (progress === 'waiting' || progress === 'importing') loadLater();
      } catch (error) {
        if (!active) return;
        // One look that failed takes away nothing that is shown; the next may succeed.
        if (isPolling) {
          loadLater();
          return;
        }
        setState({ kind: 'failed', cause: failureOf(error) });
      }
    };
    void load();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [question, round]);

  if (state.kind !== 'ready') return [state, again];
  const { overview } = state;
  return [{ kind: 'ready', overview, isStale: state.question !== question }, again];
}
