/** What the workspace's page shows, and how it is asked for. */
import type { EpochSeconds } from '../../facts/pull-request-facts';

export type WorkspacePayload = Readonly<Record<string, never>>;

export interface WorkspaceReport {
  readonly asOf: EpochSeconds;
}
