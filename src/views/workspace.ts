/** Makes the report of the workspace's page. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { WorkspacePayload, WorkspaceReport } from './reports/workspace-report';

/** `null` where nothing is stored of the workspace. */
export function workspaceOf(
  _place: { readonly workspaceUuid: string; readonly accountId: string | null },
  _payload: WorkspacePayload,
  now: EpochSeconds,
): Promise<WorkspaceReport | null> {
  return Promise.resolve({ asOf: now });
}
