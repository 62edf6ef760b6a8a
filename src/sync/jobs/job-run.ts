/** What every job of the whole workspace has in common: it is leased, goes on in small steps, and lets go. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { JobLease } from '../../storage/jobs';

/** Until when a job that failed is left alone (epoch seconds), how often in a row it failed, and why. */
export interface JobHoldUp {
  readonly until: EpochSeconds;
  readonly failures: number;
  readonly error: unknown;
}

/**
 * A job of which enough was done for one run waits so long: other runs come at any time, and must not go on with it in
 * the same minute; the next tick, five minutes later, finds it due.
 */
const PAUSE_SECONDS = 200;

/** One job that this run works on. */
export interface JobRun {
  /** What this run has read and written by now, about, in Forge's units of 10 KB. */
  readonly units: number;
  /** Makes one step and saves it; `over` where nothing more is to be done now. The job is released then. */
  step(now: EpochSeconds): Promise<'more' | 'over'>;
  /** Lets a later run have the job, after a pause or when it is due again. */
  release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void>;
}

/** Lets go of a job whose state is all that is to be saved. */
export function releaseJob(
  lease: JobLease,
  state: object,
  now: EpochSeconds,
  heldUp?: JobHoldUp,
): Promise<void> {
  const next =
    heldUp === undefined
      ? { dueAt: now + PAUSE_SECONDS }
      : { dueAt: heldUp.until, failures: heldUp.failures };
  return lease.save({ state, now, release: true, ...next });
}

/** Begins to work on a leased job. */
export type OpenJob = (lease: JobLease, workspaceUuid: string) => Promise<JobRun>;
