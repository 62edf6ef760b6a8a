/** The settings of one repository, and how whoever administers it changes them. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryPlace } from './places';
import type {
  AuditReport,
  RepositorySettingsChange,
  RepositorySettingsReport,
  SettingsAnswer,
} from './reports/settings-report';
import { RequestRefused } from './request-refused';

export function repositorySettingsOf(
  _place: RepositoryPlace,
  _now: EpochSeconds,
): Promise<RepositorySettingsReport | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function changeRepositorySettingsOf(
  _place: RepositoryPlace,
  _change: RepositorySettingsChange,
  _now: EpochSeconds,
): Promise<SettingsAnswer<RepositorySettingsReport> | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function repositoryAuditOf(_place: RepositoryPlace, _now: EpochSeconds): Promise<AuditReport | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
