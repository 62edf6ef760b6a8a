/** What every job of the whole workspace has in common: it is leased, goes on in small steps, and lets go. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { JobLease } from '../../storage/jobs';

/** Until when a job that failed is left alone (epoch seconds), how often in a row it failed, and why. */
export interface JobHoldUp {
  readonly until: EpochSeconds;
  readonly failures: number;
  readonly error: unknown;
}

/** One job that this run works on. */
export interface JobRun {
  /** Makes one step and saves it; `over` where nothing more is to be done now. The job is released then. */
  step(now: EpochSeconds): Promise<'more' | 'over'>;
  /** Lets the next run have the job, at once or when it is due again. */
  release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void>;
}

/** Lets go of a job whose state is all that is to be saved. */
export function releaseJob(
  lease: JobLease,
  state: object,
  now: EpochSeconds,
  heldUp: JobHoldUp | undefined,
): Promise<void> {
  const until = heldUp === undefined ? {} : { dueAt: heldUp.until, failures: heldUp.failures };
  return lease.save({ state, now, release: true, ...until });
}

/** Begins to work on a leased job. */
export type OpenJob = (lease: JobLease, workspaceUuid: string) => Promise<JobRun>;
