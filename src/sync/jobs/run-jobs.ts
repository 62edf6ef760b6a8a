/**
 * Works on the jobs of the whole workspace that are due: the rewriting of what an earlier release stored, the report of
 * personal data, and retention. They ask Bitbucket for nothing, so neither the request budget nor the licence holds them up.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { describeError, log } from '../../runtime/log';
import { StorageConflict, StorageError } from '../../storage/errors';
import {
  createJob,
  JOB_NAMES,
  leaseJob,
  readJobs,
  restartJob,
  type Job,
  type JobLease,
  type JobName,
} from '../../storage/jobs';
import { ReportLimited } from '../personal-data/report-accounts';
import { openPersonalData } from '../personal-data/personal-data-run';
import { personalDataBeginning } from '../personal-data/personal-data-state';
import { openRetention } from '../retention/retention-run';
import { retentionBeginning } from '../retention/retention-state';
import type { WorkContext } from '../run-work';
import { openUpgrade } from '../upgrade/upgrade-run';
import { upgradeAfter, upgradeBeginning } from '../upgrade/upgrade-state';
import type { JobRun, OpenJob } from './job-run';

/**
 * A step reads up to a hundred rows. So many a run, and a run every five minutes, leave Forge's storage limits to the
 * screens. Measured: the account ids of five thousand repositories of two years take 6,000 requests of 4 units of 10 KB,
 * so five hours at least; asking Atlassian about 5,000 accounts takes 56 requests more.
 */
const STEPS_A_RUN = 100;

/** Of all jobs together, of the 4,000 units that Forge reads and writes in a minute; a step takes up to 400 more. */
const UNITS_A_RUN = 500;

const MINUTE_SECONDS = 60;

/** A step takes a few seconds; with less time than this none is begun. */
const TIME_FOR_ONE_STEP_MILLISECONDS = 30_000;

const FIRST_DELAY_SECONDS = 60;
const LONGEST_DELAY_SECONDS = 6 * 3_600;

/** A new installation has nothing yet that a job could be about; and they do not begin together. */
const FIRST_DUE_SECONDS: Readonly<Record<JobName, number>> = {
  upgrade: 0,
  'personal-data': 24 * 3_600,
  retention: 36 * 3_600,
};

const OPEN: Readonly<Record<JobName, OpenJob>> = {
  upgrade: openUpgrade,
  'personal-data': openPersonalData,
  retention: openRetention,
};

const BEGINNING: Readonly<Record<JobName, () => object>> = {
  upgrade: upgradeBeginning,
  'personal-data': personalDataBeginning,
  retention: retentionBeginning,
};

/** Creates the jobs that are missing, begins the upgrade of an earlier release's store, and tells whether one is due. */
export async function ensureJobs(jobs: ReadonlyMap<JobName, Job>, now: EpochSeconds): Promise<boolean> {
  for (const name of JOB_NAMES) {
    if (jobs.has(name)) continue;
    // A store without the job may be older than it.
    await createJob(name, now + FIRST_DUE_SECONDS[name], BEGINNING[name]());
  }
  const done = jobs.get('upgrade');
  const upgrade = done === undefined ? null : upgradeAfter(done.state);
  if (upgrade !== null) await restartJob('upgrade', now, upgrade);
  return upgrade !== null || [...jobs.values()].some(({ dueAt }) => dueAt <= now);
}

/**
 * Goes on with the jobs that are due, unless a run did so within this minute; one that somebody has just asked for begins
 * all the same. A job that fails is tried again later, the others go on.
 */
export async function runJobs(context: WorkContext): Promise<void> {
  const { jobs } = await readJobs();
  const lastAt = Math.max(...[...jobs.values()].map(({ workedAt }) => workedAt ?? 0));
  const isEarly = context.now() - lastAt < MINUTE_SECONDS;
  // Whoever has waited longest first: another may take all that a run may.
  const inOrder = [...jobs].sort(([, one], [, other]) => one.dueAt - other.dueAt);
  let units = 0;
  for (const [name, { dueAt, workedAt }] of inOrder) {
    if (dueAt > context.now() || units >= UNITS_A_RUN || (isEarly && workedAt !== null)) continue;
    const lease = await leaseJob(name, context.holder, context.now());
    if (lease !== null) units += await workOn(lease, context, UNITS_A_RUN - units);
  }
}

/** Answers what was read and written, in units. */
async function workOn(
  lease: JobLease,
  { now, timeLeft, workspaceUuid }: WorkContext,
  most: number,
): Promise<number> {
  let run: JobRun | null = null;
  try {
    run = await OPEN[lease.name](lease, workspaceUuid);
    for (let steps = 0; steps < STEPS_A_RUN && run.units < most; steps += 1) {
      if (timeLeft() < TIME_FOR_ONE_STEP_MILLISECONDS) break;
      if ((await run.step(now())) === 'over') return run.units;
    }
    await run.release(now());
    return run.units;
  } catch (error) {
    if (error instanceof StorageConflict) {
      log.info('another run took over', { job: lease.name });
      return run?.units ?? 0;
    }
    if (run === null) {
      if (error instanceof StorageError) throw error;
      // What is stored of it cannot be read: everything else goes on, and this one is tried again when its lease ends.
      log.error('job cannot be opened', { job: lease.name, ...describeError(error) });
      return 0;
    }
    const failures = lease.job.failures + 1;
    const until = now() + delayOf(error, failures);
    log.warn('job is held up', { job: lease.name, ...describeError(error), failures });
    await run.release(now(), { until, failures, error });
    return run.units;
  }
}

function delayOf(error: unknown, failures: number): number {
  if (error instanceof ReportLimited && error.retryAfterSeconds !== null) {
    return Math.min(LONGEST_DELAY_SECONDS, error.retryAfterSeconds);
  }
  return Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.min(20, failures - 1));
}
