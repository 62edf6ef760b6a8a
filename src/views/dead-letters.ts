/** Work that was given up: shown to those who administer the workspace, and sent again. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { WorkspacePlace } from './places';
import type { DeadLettersReport, ReplayAnswer } from './reports/connection-report';
import { RequestRefused } from './request-refused';

export function deadLettersOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<DeadLettersReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function replayDeadLettersOf(
  _place: WorkspacePlace,
  _ids: readonly string[] | 'all',
  _now: EpochSeconds,
): Promise<ReplayAnswer> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
