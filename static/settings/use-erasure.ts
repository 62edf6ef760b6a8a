/** Loads how far the erasure of everything is, and again while it is under way. */
import { useCallback, useEffect, useState } from 'react';
import type { ErasureReport } from '../../src/views/reports/connection-report';
import { call, failureOf } from '../api';
import { POLL_SECONDS } from '../shared/use-report';
import type { AnswerState } from '../shared/use-answer';

/** The state, and a function that asks again. */
export function useErasure(): readonly [AnswerState<ErasureReport>, () => void] {
  const [state, setState] = useState<AnswerState<ErasureReport>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  useEffect(() => {
    let active = true;
    call('erasure', {})
      .then((data) => active && setState({ kind: 'ready', data, isStale: false }))
      .catch((error: unknown) => active && setState({ kind: 'failed', cause: failureOf(error) }));
    return () => {
      active = false;
    };
  }, [round]);
  const isErasing = state.kind === 'ready' && state.data.state === 'erasing';
  useEffect(() => {
    if (!isErasing) return;
    let active = true;
    const look = (): void => {
      call('erasure', {})
        .then((data) => active && setState({ kind: 'ready', data, isStale: false }))
        // What was shown a moment ago stays: the next look comes soon.
        .catch(() => undefined);
    };
    const timer = window.setInterval(look, POLL_SECONDS * 1_000);
    return () => {
      active = false;
      window.clearInterval(timer);
    };
  }, [isErasing]);
  return [state, again];
}
