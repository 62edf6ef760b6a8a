/** Loads the pull requests behind one figure. */
import { useCallback, useEffect, useState } from 'react';
import type { Explanation, MetricId } from '../../src/metrics/figures';
import type { WindowDays } from '../../src/views/contract';
import { call } from '../api';

export type ExplanationState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly explanation: Explanation };

/** The state, and a function that asks again. */
export function useExplanation(metric: MetricId, days: WindowDays): readonly [ExplanationState, () => void] {
  const [state, setState] = useState<ExplanationState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  useEffect(() => {
    let active = true;
    call('explain', { days, metric })
      .then((explanation) => active && setState({ kind: 'ready', explanation }))
      .catch((error: unknown) => {
        if (!active) return;
        const message = error instanceof Error ? error.message : 'The list could not be loaded.';
        setState({ kind: 'failed', message });
      });
    return () => {
      active = false;
    };
  }, [metric, days, round]);
  return [state, again];
}
