/** Loads how far the latest recount is, again while it goes on, and begins one. */
import { useCallback, useEffect, useState } from 'react';
import type { RecountAnswer, RecountReport } from '../../../src/views/reports/recount-report';
import { call, failureOf, type Failure } from '../../api';
import { useQuery } from '../../shared/query';
import { isRecounting } from '../../view-model/recount';
import { POLL_SECONDS } from '../../shared/use-report';

export type RecountState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | { readonly kind: 'ready'; readonly report: RecountReport };

/** What the last press came to; `null` where there was none, or it is not answered yet. */
export type RecountOutcome =
  | { readonly kind: 'answered'; readonly outcome: RecountAnswer['outcome'] }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | null;

export interface RecountControl {
  readonly state: RecountState;
  readonly outcome: RecountOutcome;
  readonly isAsking: boolean;
  readonly begin: () => void;
  readonly look: () => void;
}

export function useRecount(): RecountControl {
  const query = useQuery();
  const [state, setState] = useState<RecountState>({ kind: 'loading' });
  const [outcome, setOutcome] = useState<RecountOutcome>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [round, setRound] = useState(0);
  const look = useCallback(() => setRound((current) => current + 1), []);

  useEffect(() => {
    let active = true;
    let timer: number | undefined;
    const ask = async (): Promise<void> => {
      try {
        const report = await call('recountProgress', {});
        if (!active) return;
        setState({ kind: 'ready', report });
        if (isRecounting(report)) timer = window.setTimeout(() => void ask(), POLL_SECONDS * 1_000);
      } catch (error) {
        if (active) setState({ kind: 'failed', cause: failureOf(error) });
      }
    };
    void ask();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [round]);

  const begin = async (): Promise<void> => {
    setIsAsking(true);
    setOutcome(null);
    try {
      const answer = await call('recount', { query });
      setOutcome({ kind: 'answered', outcome: answer.outcome });
      look();
    } catch (error) {
      setOutcome({ kind: 'failed', cause: failureOf(error) });
    }
    setIsAsking(false);
  };

  return { state, outcome, isAsking, begin: () => void begin(), look };
}
