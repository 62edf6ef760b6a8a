/** Loads how the connection is, again while it changes, and anew after a check of the permissions. */
import type { ConnectionReport } from '../../src/views/reports/connection-report';
import { call } from '../api';
import { useReport, type ReportState } from '../shared/use-report';
import { isChanging } from '../view-model/connection';

/** The first look also asks which permissions are granted, which Bitbucket tells every five minutes at most. */
const askForConnection = (isFirst: boolean): Promise<ConnectionReport> =>
  call(isFirst ? 'checkPermissions' : 'connection', {});

/** The state, a function that asks again, and one that shows what another call said of the connection. */
export function useConnection(): readonly [
  ReportState<ConnectionReport>,
  () => void,
  (report: ConnectionReport) => void,
] {
  const { state, look, show } = useReport(askForConnection, isChanging);
  return [state, look, show];
}
