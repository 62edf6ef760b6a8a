/** What every kind of work in steps has in common: it is leased, goes on by one request at a time, and lets go. */
import type { Caller } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { Lease } from '../storage/tasks';
import type { WorkKind } from './request-budget';
import type { Trouble } from './trouble';

/** How often in a row a task failed, why, and until when it is left alone (epoch seconds). */
export interface HoldUp {
  readonly failures: number;
  /** In a sentence, for the log. */
  readonly reason: string;
  readonly trouble: Trouble;
  readonly until: EpochSeconds;
}

/** One task that this runner works on. */
export interface TaskRun {
  /** On whose account the next request goes. */
  readonly kind: WorkKind;
  /** Makes one request and saves what it gave; `over` where nothing more is to be done now. The task is released then. */
  step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'>;
  /** Saves what is done and lets the next runner have the task, at once or when it is due again. */
  release(now: EpochSeconds, heldUp?: HoldUp): Promise<void>;
}

/** Begins to work on a leased task. */
export type OpenTask = (lease: Lease, workspaceUuid: string) => Promise<TaskRun>;
