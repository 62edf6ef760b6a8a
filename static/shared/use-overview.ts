/** Loads the overview of a window, and again while the import runs. */
import { useCallback, useEffect, useState } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import type { ViewQuery } from '../../src/views/view-query';
import { call, failureOf } from '../api';
import type { AnswerState } from './use-answer';

/** While the import runs the figures grow; asking more often would cost more than it shows. */
const POLL_MILLISECONDS = 3_000;

type Stored =
  | Exclude<AnswerState<RepositoryOverview>, { kind: 'ready' }>
  | { readonly kind: 'ready'; readonly data: RepositoryOverview; readonly question: string };

/** The state, and a function that asks again. The figures of the query before stay visible until the new ones come. */
export function useOverview(query: ViewQuery): readonly [AnswerState<RepositoryOverview>, () => void] {
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
        const data = await call('overview', { query: JSON.parse(question) as ViewQuery });
        if (!active) return;
        setState({ kind: 'ready', data, question });
        const { state: progress } = data.completeness;
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
  return [{ kind: 'ready', data: state.data, isStale: state.question !== question }, again];
}
