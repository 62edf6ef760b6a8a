/** Loads the settings of a place, and changes them: what comes back is what is shown. */
import { useCallback, useEffect, useState } from 'react';
import type { SettingsAnswer, SettingsOutcome } from '../../src/views/reports/settings-report';
import { failureOf } from '../api';
import type { AnswerState } from '../shared/use-answer';

/** The calls of a place; the same object at each drawing. */
export interface SettingsCalls<Report, Change> {
  readonly read: () => Promise<Report>;
  readonly change: (change: Change) => Promise<SettingsAnswer<Report>>;
}

/** Rejects with CallError where the change was refused or nobody answered. */
export type SaveSettings<Change> = (change: Change) => Promise<SettingsOutcome>;

/** The state, a function that asks again, and one that makes a change. */
export function useSettings<Report, Change>({
  read,
  change,
}: SettingsCalls<Report, Change>): readonly [AnswerState<Report>, () => void, SaveSettings<Change>] {
  const [state, setState] = useState<AnswerState<Report>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setState({ kind: 'loading' });
    setRound((current) => current + 1);
  }, []);
  useEffect(() => {
    let active = true;
    read()
      .then((data) => active && setState({ kind: 'ready', data, isStale: false }))
      .catch((error: unknown) => active && setState({ kind: 'failed', cause: failureOf(error) }));
    return () => {
      active = false;
    };
  }, [read, round]);
  const save = useCallback(
    async (wanted: Change): Promise<SettingsOutcome> => {
      const { outcome, report } = await change(wanted);
      setState({ kind: 'ready', data: report, isStale: false });
      return outcome;
    },
    [change],
  );
  return [state, again, save];
}
