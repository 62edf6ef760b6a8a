/** What the workspace's page shows, and how it is asked for. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { RepositorySummary } from '../../storage/repository-summaries';

/** The list comes in parts of up to 200 repositories. */
export interface WorkspacePayload {
  /** Which part, counted from 1. */
  readonly page: number;
}

/** One repository that Bitbucket shows to the viewer. */
export interface WorkspaceRepository {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string | null;
  /** `null` while nothing is summarised of it. */
  readonly summary: RepositorySummary | null;
}

export interface WorkspaceReport {
  readonly asOf: EpochSeconds;
  /** The length in days of the windows that summaries compare. */
  readonly days: number;
  readonly repositories: readonly WorkspaceRepository[];
  /** Repositories of this part that Bitbucket shows to the viewer and Throughline has not found yet. */
  readonly unknown: number;
  /** How many repositories all parts have together; `null` where Bitbucket did not say. */
  readonly total: number | null;
  readonly nextPage: number | null;
  /** With the first part only. */
  readonly importing: WorkspaceImport | null;
}

/** What the import of the whole workspace still takes: of repositories that the viewer does not see, not even a count. */
export interface WorkspaceImport {
  /** Within the present request budget; `null` when it is done or not yet known. */
  readonly remainingSeconds: number | null;
  /** Bitbucket asked to wait until then; `null` where it did not. */
  readonly pausedUntil: EpochSeconds | null;
}
