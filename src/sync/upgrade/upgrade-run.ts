/** Rewrites what earlier releases stored, a page of rows after the other, so slowly that nobody notices. */
import { ZodError } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { describeError, log } from '../../runtime/log';
import { markStore } from '../../storage/connection';
import { StorageConflict } from '../../storage/errors';
import { rowsAfter } from '../../storage/forge-storage';
import { NEVER_DUE, type JobLease, type JobSave } from '../../storage/jobs';
import { UnreadableLedger } from '../../storage/ledger-codec';
import { UnreadableText } from '../../storage/packed';
import { unitsOf } from '../../storage/units';
import { releaseJob, type JobHoldUp, type JobRun } from '../jobs/job-run';
import type { UpgradeStep } from './upgrade-steps';
import { stepsOf, upgradeState, type UpgradeState } from './upgrade-state';

/** A usual ledger takes 20 KB: a page of them is a twentieth of what Forge answers at most. */
const ROWS_A_STEP = 10;

/** Opens the leased job. */
export function openUpgrade(lease: JobLease): Promise<JobRun> {
  return Promise.resolve(new UpgradeRun(lease, upgradeState.parse(lease.job.state)));
}

class UpgradeRun implements JobRun {
  units = 0;
  private isMarked = false;

  constructor(
    private readonly lease: JobLease,
    private state: UpgradeState,
  ) {}

  /** One page of rows. A run that is killed repeats it: what is rewritten already is then the present form. */
  async step(now: EpochSeconds): Promise<'more' | 'over'> {
    // Before anything is written that an earlier release could not read.
    if (!this.isMarked) await markStore();
    this.isMarked = true;
    const { stepsDone, after, rewritten } = this.state;
    const step = stepsOf(this.state)[stepsDone];
    if (step === undefined) {
      await this.save(now, { endedAt: now }, { dueAt: NEVER_DUE, release: true });
      log.info('everything stored has the present form', { version: this.state.to, rewritten });
      return 'over';
    }
    const rows = await rowsAfter(step.entityName, after, ROWS_A_STEP);
    const last = rows.at(-1);
    if (last === undefined) {
      await this.save(now, { stepsDone: stepsDone + 1, after: null });
      return 'more';
    }
    let { unreadable } = this.state;
    let more = 0;
    for (const row of rows) {
      const outcome = await rewriting(step, row);
      more += Number(outcome === 'rewritten');
      unreadable += Number(outcome === 'unreadable');
      // A rewriting reads the row once more, and writes it.
      this.units += unitsOf([row.value]) * (outcome === 'rewritten' ? 3 : 1);
    }
    await this.save(now, { after: last.key, rewritten: rewritten + more, unreadable });
    return 'more';
  }

  release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void> {
    return releaseJob(this.lease, this.state, now, heldUp);
  }

  private async save(
    now: EpochSeconds,
    change: Partial<UpgradeState>,
    more: Pick<JobSave, 'dueAt' | 'release'> = {},
  ): Promise<void> {
    const state = { ...this.state, ...change };
    await this.lease.save({ state, now, ...more });
    this.state = state;
  }
}

const UNREADABLE = [UnreadableLedger, UnreadableText, ZodError] as const;

async function rewriting(
  { rewrite }: UpgradeStep,
  row: { readonly key: string; readonly value: unknown },
): Promise<'rewritten' | 'present' | 'unreadable'> {
  try {
    return (await rewrite(row)) ? 'rewritten' : 'present';
  } catch (error) {
    // Whoever wrote it meanwhile wrote it as this release does.
    if (error instanceof StorageConflict) return 'present';
    if (!UNREADABLE.some((cause) => error instanceof cause)) throw error;
    log.warn('a stored row stays as it is', describeError(error));
    return 'unreadable';
  }
}
