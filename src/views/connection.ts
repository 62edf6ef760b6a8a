/** How the connection with Bitbucket is, over the whole workspace, for those who administer it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { WorkspacePlace } from './places';
import type { ConnectionReport } from './reports/connection-report';
import { RequestRefused } from './request-refused';

export function connectionOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<ConnectionReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function checkPermissionsOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<ConnectionReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
