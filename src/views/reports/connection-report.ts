/** What the settings pages show of the connection with Bitbucket: how it is, why, and what was given up. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Trouble } from '../../sync/trouble';

/** The permissions that the manifest asks for. */
export const SCOPES = [
  'storage:app',
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'read:pipeline:bitbucket',
  'report:personal-data',
] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * `importing`: all is well and history comes in; `degraded`: something is held up, `reasons` say what; `erasing`,
 * `disconnected`: an admin had everything erased, nothing is collected.
 */
export type ConnectionState = 'connected' | 'importing' | 'degraded' | 'erasing' | 'disconnected';

/** Why a connection is degraded. */
export type ConnectionReason =
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly repositories: number }
  | { readonly kind: 'rate-limited'; readonly until: EpochSeconds }
  | { readonly kind: 'licence-inactive'; readonly since: EpochSeconds }
  | { readonly kind: 'dead-letters'; readonly count: number }
  | { readonly kind: 'missing-scope'; readonly scope: Scope };

export interface ConnectionReport {
  readonly asOf: EpochSeconds;
  /** When all repositories were last counted; the more there are, the less often. */
  readonly countedAt: EpochSeconds;
  readonly state: ConnectionState;
  readonly reasons: readonly ConnectionReason[];
  readonly repositories: number;
  /** Repositories whose last 90 days are read, and those whose whole history is. */
  readonly recentComplete: number;
  readonly complete: number;
  readonly remainingSeconds: number | null;
  readonly requestsThisHour: number;
  readonly requestsPerHour: number;
  /** Over all repositories; `null` where never. */
  readonly lastEventAt: EpochSeconds | null;
  readonly lastReconciledAt: EpochSeconds | null;
  /**
   * Events that did not fit their schema in the last 90 days, counted up to 1,000; each is recorded with the field that
   * was wrong.
   */
  readonly refusedEvents: number;
  /** Counted up to 1,000. */
  readonly deadLetters: number;
  /**
   * How much of what an earlier release stored has the present form, from 0 to 1; `null` where all of it has, or it is
   * not known yet.
   */
  readonly rewritten: number | null;
  /** As the last check found them; a check asks Bitbucket at most every five minutes. */
  readonly scopes: readonly ScopeState[];
}

/** `unknown`: nothing tells, since no repository could be asked about. */
export interface ScopeState {
  readonly scope: Scope;
  readonly granted: 'granted' | 'missing' | 'unknown';
  readonly checkedAt: EpochSeconds | null;
}

/** A piece of work that was given up. */
export interface DeadLetterLine {
  readonly id: string;
  readonly at: EpochSeconds;
  /** What was to be done, such as `refresh-pull-request`; `null` of a message that could not be read. */
  readonly kind: string | null;
  /** With braces; `null` where the message names none. */
  readonly repositoryUuid: string | null;
  readonly pullRequest: number | null;
  readonly cause: string;
  readonly reason: string;
  readonly attempts: number;
}

export interface DeadLettersReport {
  readonly asOf: EpochSeconds;
  /** The latest first, at most 100. */
  readonly letters: readonly DeadLetterLine[];
  /** Counted up to 1,000. */
  readonly total: number;
}

export interface ReplayAnswer {
  /** Sent again; what cannot be (a message of an unknown form) stays. */
  readonly replayed: number;
  readonly report: DeadLettersReport;
}

/** How far the erasure of everything is. */
export interface ErasureReport {
  readonly asOf: EpochSeconds;
  readonly state: 'none' | 'erasing' | 'erased';
  readonly startedAt: EpochSeconds | null;
  readonly endedAt: EpochSeconds | null;
  /** Rows removed so far. */
  readonly removed: number;
  /** Repositories left, and how many there were; `null` where nothing is being erased. */
  readonly repositoriesLeft: number | null;
  readonly repositories: number | null;
  /** Rows that a last look over the whole store found; 0 once it is verified, `null` before that look. */
  readonly found: number | null;
}
