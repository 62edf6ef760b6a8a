/** Loads the workspace's repositories part after part, and shows each part as it comes. */
import { useCallback, useEffect, useState } from 'react';
import { call, failureOf, type Failure } from '../api';
import { withPart, type LoadedWorkspace } from '../view-model/workspace-rows';

export interface WorkspaceState {
  /** `null` until the first part is there. */
  readonly loaded: LoadedWorkspace | null;
  readonly isLoading: boolean;
  /** Why the next part did not come; what was loaded before stays. */
  readonly failure: Failure | null;
}

const BEGINNING: WorkspaceState = { loaded: null, isLoading: true, failure: null };

/** The state, a function that loads everything anew, and one that goes on with the part that did not come. */
export function useWorkspace(): readonly [WorkspaceState, () => void, () => void] {
  const [state, setState] = useState<WorkspaceState>(BEGINNING);
  // An object of its own for each beginning, so that the effect sees it.
  const [from, setFrom] = useState<{ readonly loaded: LoadedWorkspace | null }>({ loaded: null });

  useEffect(() => {
    let active = true;
    const load = async (): Promise<void> => {
      let { loaded } = from;
      let page: number | null = loaded === null ? 1 : loaded.nextPage;
      while (page !== null) {
        try {
          loaded = withPart(loaded, await call('workspace', { page }));
        } catch (error) {
          if (active) setState({ loaded, isLoading: false, failure: failureOf(error) });
          return;
        }
        // The reader may have left, or begun anew.
        if (!active) return;
        page = loaded.nextPage;
        setState({ loaded, isLoading: page !== null, failure: null });
      }
    };
    void load();
    return () => {
      active = false;
    };
  }, [from]);

  const begin = useCallback((loaded: LoadedWorkspace | null) => {
    setState({ loaded, isLoading: true, failure: null });
    setFrom({ loaded });
  }, []);
  const { loaded } = state;
  return [state, useCallback(() => begin(null), [begin]), useCallback(() => begin(loaded), [begin, loaded])];
}
