/** Loads the figures of delivery of a window. */
import { useCallback, useEffect, useState } from 'react';
import type { DeliveryReport, WindowDays } from '../../src/views/contract';
import { call } from '../api';

export type DeliveryState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly report: DeliveryReport };

/** The state, and a function that asks again. */
export function useDelivery(days: WindowDays): readonly [DeliveryState, () => void] {
  const [state, setState] = useState<DeliveryState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  useEffect(() => {
    let active = true;
    call('delivery', { days })
      .then((report) => active && setState({ kind: 'ready', report }))
      .catch((error: unknown) => {
        if (!active) return;
        const message = error instanceof Error ? error.message : 'The figures could not be loaded.';
        setState({ kind: 'failed', message });
      });
    return () => {
      active = false;
    };
  }, [days, round]);
  return [state, again];
}
