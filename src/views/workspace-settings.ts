/** The settings of the workspace, and how whoever administers it changes them. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { WorkspacePlace } from './places';
import type {
  AuditReport,
  SettingsAnswer,
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from './reports/settings-report';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from './reports/teams-report';
import { RequestRefused } from './request-refused';

export function workspaceSettingsOf(
  _place: WorkspacePlace,
  _now: EpochSeconds,
): Promise<WorkspaceSettingsReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function changeWorkspaceSettingsOf(
  _place: WorkspacePlace,
  _change: WorkspaceSettingsChange,
  _now: EpochSeconds,
): Promise<SettingsAnswer<WorkspaceSettingsReport>> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function workspaceAuditOf(_place: WorkspacePlace, _now: EpochSeconds): Promise<AuditReport> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function workspaceTeamsOf(
  _place: WorkspacePlace,
  _repositoryUuid: string,
  _now: EpochSeconds,
): Promise<TeamsReport | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}

export function saveWorkspaceTeamsOf(
  _place: WorkspacePlace,
  _wanted: { readonly repositoryUuid: string; readonly change: TeamChange },
  _now: EpochSeconds,
): Promise<SaveTeamsAnswer | null> {
  return Promise.reject(new RequestRefused('unavailable', 'Not built yet.'));
}
