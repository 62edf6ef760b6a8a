/**
 * Reports weekly to Atlassian whose account ids are stored, and takes those that are closed out of every place.
 *
 * They do not come back by themselves: what is read from Bitbucket later names them only if Bitbucket still does, and
 * then the next report finds them again.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { log } from '../../runtime/log';
import type { TransactionSet } from '../../storage/forge-storage';
import type { JobLease, JobSave } from '../../storage/jobs';
import {
  accountWrites,
  readReportedAccounts,
  removeReportedAccounts,
  reportDoneWrite,
  reportFailedWrite,
  type ReportOutcome,
} from '../../storage/personal-data';
import { ACCOUNT_PLACES, accountsAfter, eraseAfter, REPORTED_PLACES } from '../../storage/stored-accounts';
import { QUIET_SECONDS } from '../erasure/erasure-run';
import { releaseJob, type JobHoldUp, type JobRun } from '../jobs/job-run';
import { personalDataBeginning, personalDataState, type PersonalDataState } from './personal-data-state';
import { ACCOUNTS_A_REQUEST, reportAccounts, ReportLimited, ReportRefused } from './report-accounts';

/** Atlassian asks for seven days at most; a report takes hours in a large workspace, and a day may be lost. */
const CYCLE_SECONDS = 6 * 86_400;

/** So many closed accounts are erased before further ones are asked about: the job's row must stay small. */
const MOST_CLOSED = 500;

/** Opens the leased report with the account ids that it has found so far. */
export async function openPersonalData(lease: JobLease): Promise<JobRun> {
  const state = personalDataState.parse(lease.job.state);
  return new PersonalDataRun(lease, state, await readReportedAccounts(state.accounts));
}

class PersonalDataRun implements JobRun {
  units = 0;

  constructor(
    private readonly lease: JobLease,
    private state: PersonalDataState,
    private accounts: readonly string[],
  ) {}

  step(now: EpochSeconds): Promise<'more' | 'over'> {
    switch (this.state.step) {
      case 'idle':
        return this.save(now, {
          ...personalDataBeginning(),
          step: 'gather',
          startedAt: now,
          place: REPORTED_PLACES[0],
        });
      case 'gather':
        return this.gather(now);
      case 'report':
        return this.report(now);
      case 'erase':
        return this.erase(now);
      case 'forget':
        return this.forget(now);
    }
  }

  async release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void> {
    const { state } = this;
    if (heldUp === undefined) return releaseJob(this.lease, state, now);
    const { until, failures, error } = heldUp;
    const also = [await reportFailedWrite(outcomeOf(error), now)];
    return this.lease.save({ state, now, release: true, dueAt: until, failures, also });
  }

  private async gather(now: EpochSeconds): Promise<'more' | 'over'> {
    const { after, accounts } = this.state;
    const place = REPORTED_PLACES.find((each) => each === this.state.place);
    if (place === undefined) return this.save(now, { step: 'report', place: null, after: null });
    const { ids, next, units } = await accountsAfter(place, after);
    this.units += units;
    const known = new Set(this.accounts);
    const all = [...this.accounts, ...ids.filter((id) => !known.has(id))];
    const following = next === null ? (REPORTED_PLACES[REPORTED_PLACES.indexOf(place) + 1] ?? null) : place;
    const also = all.length === accounts ? [] : accountWrites(all, accounts);
    await this.save(now, { place: following, after: next, accounts: all.length }, { also });
    this.accounts = all;
    return 'more';
  }

  private async report(now: EpochSeconds): Promise<'more' | 'over'> {
    const { reported, closed, closedCount, startedAt } = this.state;
    const some = this.accounts.slice(reported, reported + ACCOUNTS_A_REQUEST);
    if (some.length === 0 && closed.length === 0) return this.save(now, { step: 'forget' });
    if (some.length === 0 || closed.length >= MOST_CLOSED) {
      const walk = { place: ACCOUNT_PLACES[0], after: null, firstWalkAt: now, walkAt: now, erasedInWalk: 0 };
      return this.save(now, { step: 'erase', ...walk });
    }
    const found = await reportAccounts(some, startedAt);
    const asked = new Set(some);
    const fresh = found.filter((id) => asked.has(id) && !closed.includes(id));
    return this.save(now, {
      reported: reported + some.length,
      closed: [...closed, ...fresh],
      closedCount: closedCount + fresh.length,
    });
  }

  /** One page of a walk over every place. Only a walk that found nothing ends it, and none that began too early. */
  private async erase(now: EpochSeconds): Promise<'more' | 'over'> {
    const { place, after, closed, firstWalkAt, walkAt } = this.state;
    if (place === null) return this.endWalk(now);
    const { erased, next, units } = await eraseAfter(place, after, new Set(closed));
    this.units += units;
    const following = next === null ? (ACCOUNT_PLACES[ACCOUNT_PLACES.indexOf(place) + 1] ?? null) : place;
    const erasedInWalk = this.state.erasedInWalk + erased;
    return this.save(now, { place: following, after: next, erasedInWalk, firstWalkAt, walkAt });
  }

  /**
   * Whoever read the store, or Bitbucket, before the first walk may write what it read for some minutes: the walk that
   * counts begins after that.
   */
  private async endWalk(now: EpochSeconds): Promise<'more' | 'over'> {
    const { firstWalkAt, walkAt, erasedInWalk, closed } = this.state;
    const quietAt = (firstWalkAt ?? now) + QUIET_SECONDS;
    const isErased = erasedInWalk === 0 && walkAt !== null && walkAt >= quietAt;
    if (isErased) {
      log.info('closed accounts are erased', { accounts: closed.length });
      return this.save(now, { step: 'report', closed: [], firstWalkAt: null, walkAt: null });
    }
    const isEarly = erasedInWalk === 0 && now < quietAt;
    const next = { place: ACCOUNT_PLACES[0], after: null, erasedInWalk: 0, walkAt: isEarly ? quietAt : now };
    return this.save(now, next, isEarly ? { dueAt: quietAt, release: true } : {});
  }

  private async forget(now: EpochSeconds): Promise<'more' | 'over'> {
    const { accounts, closedCount, startedAt } = this.state;
    await removeReportedAccounts(accounts);
    return this.save(now, personalDataBeginning(), {
      dueAt: startedAt + CYCLE_SECONDS,
      release: true,
      also: [reportDoneWrite(accounts, closedCount, now)],
    });
  }

  private async save(
    now: EpochSeconds,
    change: Partial<PersonalDataState>,
    more: Pick<JobSave, 'dueAt' | 'release'> & { readonly also?: readonly TransactionSet[] } = {},
  ): Promise<'more' | 'over'> {
    const state = { ...this.state, ...change };
    await this.lease.save({ state, now, ...more });
    this.state = state;
    return more.release === true ? 'over' : 'more';
  }
}

function outcomeOf(error: unknown): Exclude<ReportOutcome, 'done'> {
  if (error instanceof ReportLimited) return 'limited';
  return error instanceof ReportRefused ? 'refused' : 'failed';
}
