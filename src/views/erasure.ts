/** Erases everything on demand, tells how far that is, and begins anew. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { WorkspacePlace } from './places';
import type { ErasureReport } from './reports/connection-report';
import { RequestRefused } from './request-refused';

export function eraseAllOf(
  _place: WorkspacePlace,
  _confirmation: string,
  _now: EpochSeconds,
): Promise<ErasureReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function erasureOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<ErasureReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function connectAgainOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<ErasureReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
