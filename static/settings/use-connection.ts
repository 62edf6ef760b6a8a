/** Loads how the connection is, again while it changes, and anew after a check of the permissions. */
import { useCallback, useEffect, useState } from 'react';
import type { ConnectionReport } from '../../src/views/reports/connection-report';
import { call, failureOf, type Failure } from '../api';
import { POLL_SECONDS } from '../page/use-progress';
import { isChanging } from '../view-model/connection';

export type ConnectionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | {
      readonly kind: 'ready';
      readonly report: ConnectionReport;
      /** Why the last look failed, after one that did not; `null` where it succeeded. */
      readonly trouble: Failure | null;
    };

/** The state, a function that asks again, and one that shows what another call said of the connection. */
export function useConnection(): readonly [ConnectionState, () => void, (report: ConnectionReport) => void] {
  const [state, setState] = useState<ConnectionState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((current) => current + 1), []);
  const show = useCallback(
    (report: ConnectionReport) => setState({ kind: 'ready', report, trouble: null }),
    [],
  );
  useEffect(() => {
    let active = true;
    let timer: number | undefined;
    let seen: ConnectionReport | null = null;
    const ask = async (): Promise<void> => {
      let trouble: Failure | null = null;
      try {
        // The first look also asks which permissions are granted, which Bitbucket tells every five minutes at most.
        seen = await call(seen === null ? 'checkPermissions' : 'connection', {});
      } catch (error) {
        trouble = failureOf(error);
      }
      if (!active) return;
      if (seen === null) {
        setState({ kind: 'failed', cause: trouble ?? 'unreachable' });
        return;
      }
      setState({ kind: 'ready', report: seen, trouble });
      if (isChanging(seen)) timer = window.setTimeout(() => void ask(), POLL_SECONDS * 1_000);
    };
    void ask();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [round]);
  return [state, again, show];
}
