/** Loads how far the import is, and again while something is being read. */
import { useCallback, useEffect, useState } from 'react';
import type { ProgressReport } from '../../src/views/contract';
import { call, failureOf, type Failure } from '../api';
import { isUnderWay } from '../view-model/progress';

/** The report counts requests and repositories of a whole workspace: it moves slower than the figures. */
export const POLL_SECONDS = 10;

export type ProgressState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | {
      readonly kind: 'ready';
      readonly report: ProgressReport;
      /** Why the last look failed, after one that did not; `null` where it succeeded. */
      readonly trouble: Failure | null;
    };

/** The state, a function that asks from the beginning, and one that only looks again. What was seen stays while later looks fail. */
export function useProgress(): readonly [ProgressState, () => void, () => void] {
  const [state, setState] = useState<ProgressState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);

  const look = useCallback(() => setRound((current) => current + 1), []);

  useEffect(() => {
    let active = true;
    let timer: number | undefined;
    let seen: ProgressReport | null = null;
    const ask = async (): Promise<void> => {
      let trouble: Failure | null = null;
      try {
        seen = await call('progress', {});
      } catch (error) {
        trouble = failureOf(error);
      }
      if (!active) return;
      if (seen === null) {
        setState({ kind: 'failed', cause: trouble ?? 'unreachable' });
        return;
      }
      setState({ kind: 'ready', report: seen, trouble });
      if (isUnderWay(seen)) timer = window.setTimeout(() => void ask(), POLL_SECONDS * 1_000);
    };
    void ask();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [round]);

  return [state, again, look];
}
