/** Looks at a report, and again for as long as it changes by itself. */
import { useCallback, useEffect, useState } from 'react';
import { failureOf, type Failure } from '../api';

/** Reports count what a whole workspace does: they move slower than the figures. */
export const POLL_SECONDS = 10;

export type ReportState<Report> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly cause: Failure }
  | {
      readonly kind: 'ready';
      readonly report: Report;
      /** Why the last look failed, after one that did not; `null` where it succeeded. */
      readonly trouble: Failure | null;
    };

export interface ReportLooks<Report> {
  /** What was seen stays while later looks fail. */
  readonly state: ReportState<Report>;
  /** Asks from the beginning, as if nothing had been seen. */
  readonly again: () => void;
  /** Asks now; what is seen stays until the answer comes. */
  readonly look: () => void;
  /** Shows what another call said. */
  readonly show: (report: Report) => void;
}

/** Both functions must be the same at each drawing; `isFirst` until a look has succeeded. */
export function useReport<Report>(
  ask: (isFirst: boolean) => Promise<Report>,
  isChanging: (report: Report) => boolean,
): ReportLooks<Report> {
  const [state, setState] = useState<ReportState<Report>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const look = useCallback(() => setRound((current) => current + 1), []);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    look();
  }, [look]);
  const show = useCallback((report: Report) => setState({ kind: 'ready', report, trouble: null }), []);

  useEffect(() => {
    let active = true;
    let timer: number | undefined;
    let seen: Report | null = null;
    const lookOnce = async (): Promise<void> => {
      let trouble: Failure | null = null;
      try {
        seen = await ask(seen === null);
      } catch (error) {
        trouble = failureOf(error);
      }
      if (!active) return;
      if (seen === null) {
        setState({ kind: 'failed', cause: trouble ?? 'unreachable' });
        return;
      }
      setState({ kind: 'ready', report: seen, trouble });
      if (isChanging(seen)) timer = window.setTimeout(() => void lookOnce(), POLL_SECONDS * 1_000);
    };
    void lookOnce();
    return () => {
      active = false;
      window.clearTimeout(timer);
    };
  }, [ask, isChanging, round]);

  return { state, again, look, show };
}
