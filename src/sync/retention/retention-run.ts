/**
 * Daily, and when the retention was changed: removes what ended longer ago, and has imported again what is missing since
 * more is to be kept.
 */
import { allEnded } from '../../concurrency/all-ended';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { getMany } from '../../storage/forge-storage';
import type { JobLease, JobSave } from '../../storage/jobs';
import type { RepositoryId } from '../../storage/keys';
import { removeOlder, type Removal } from '../../storage/remove-old';
import { readDiscovery, storedRepositories } from '../../storage/repositories';
import { keptSince } from '../../storage/retention';
import { changeTaskState, parseTask, taskItem, type Task } from '../../storage/tasks';
import { unitsOf } from '../../storage/units';
import { readSettings } from '../../storage/workspace-settings';
import { importMissing } from '../create-tasks';
import { importState } from '../import/import-state';
import { releaseJob, type JobHoldUp, type JobRun } from '../jobs/job-run';
import { sendWork } from '../messages';
import { retentionBeginning, retentionState, type RetentionState } from './retention-state';

const DAY_SECONDS = 86_400;

/** An import that began a moment before a look has read back to another instant than the look's own. */
const SLACK_SECONDS = DAY_SECONDS;

/** Repositories are looked at by the first digits of their ids; the place in that order is counted in 256ths. */
const PLACES = 256;
const DIGIT = 16;

/** So many by one query, at the most and about. */
const REPOSITORIES_AT_ONCE = 100;

/** A step that has removed so many, two rows each and their ledgers, ends. */
const REMOVED_AT_ONCE = 500;

/** Where a retention is set: four queries that find nothing, and three units for each that is removed. */
const UNITS_OF_A_LOOK = 6;
const UNITS_OF_A_REMOVAL = 3;

/** Opens the leased look. */
export function openRetention(lease: JobLease, workspaceUuid: string): Promise<JobRun> {
  return Promise.resolve(new RetentionRun(lease, workspaceUuid, retentionState.parse(lease.job.state)));
}

class RetentionRun implements JobRun {
  units = 0;
  /** Of this run: a change of the settings makes the job due again. */
  private plan: { readonly since: EpochSeconds; readonly digits: number } | null = null;

  constructor(
    private readonly lease: JobLease,
    private readonly workspaceUuid: string,
    private state: RetentionState,
  ) {}

  /** The repositories of one place. One with much to remove takes several steps. */
  async step(now: EpochSeconds): Promise<'more' | 'over'> {
    const { place, removed } = this.state;
    if (place === null) return this.save(now, { ...retentionBeginning(), startedAt: now, place: 0 });
    if (place >= PLACES) {
      const dueAt = Math.max(this.state.startedAt + DAY_SECONDS, now);
      return this.save(now, { place: null }, { dueAt, release: true });
    }
    this.plan ??= await planOf(now);
    const { since, digits } = this.plan;
    const width = PLACES / DIGIT ** digits;
    const number = Math.floor(place / width);
    const prefix = digits === 0 ? '' : number.toString(DIGIT).padStart(digits, '0');
    const repositories = await storedRepositories(prefix);
    const { removed: more, isDone } = await this.lookAt(repositories, since, now);
    return this.save(now, { removed: removed + more, place: isDone ? (number + 1) * width : place });
  }

  release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void> {
    return releaseJob(this.lease, this.state, now, heldUp);
  }

  private async lookAt(
    repositories: readonly RepositoryId[],
    since: EpochSeconds,
    now: EpochSeconds,
  ): Promise<Removal> {
    const rows = await getMany(repositories.map((each) => taskItem(each, 'pull-requests')));
    this.units += 1 + unitsOf([...rows.values()]);
    let removed = 0;
    for (const repository of repositories) {
      if (since > 0) {
        const removal = await this.removeFrom(repository, since);
        removed += removal.removed;
        if (!removal.isDone || removed >= REMOVED_AT_ONCE) return { removed, isDone: false };
      }
      const task = parseTask(rows.get(taskItem(repository, 'pull-requests').key));
      await this.importWhatIsMissing(task, since, now);
    }
    return { removed, isDone: true };
  }

  private async removeFrom(repository: RepositoryId, since: EpochSeconds): Promise<Removal> {
    const removal = await removeOlder(repository, since, () => noteCut(repository, since));
    if (removal.removed > 0) await noteCut(repository, since);
    this.units += UNITS_OF_A_LOOK + removal.removed * UNITS_OF_A_REMOVAL;
    return removal;
  }

  private async importWhatIsMissing(
    task: Task | null,
    since: EpochSeconds,
    now: EpochSeconds,
  ): Promise<void> {
    if (task === null) return;
    const { phase, readSince } = importState.parse(task.state);
    if (phase !== 'complete' || readSince === null || readSince <= since + SLACK_SECONDS) return;
    await importMissing(task.repository, readSince, now);
    await sendWork({ version: 1, kind: 'run', workspaceUuid: this.workspaceUuid });
  }

  private async save(
    now: EpochSeconds,
    change: Partial<RetentionState>,
    more: Pick<JobSave, 'dueAt' | 'release'> = {},
  ): Promise<'more' | 'over'> {
    const state = { ...this.state, ...change };
    await this.lease.save({ state, now, ...more });
    this.state = state;
    return more.release === true ? 'over' : 'more';
  }
}

async function planOf(now: EpochSeconds): Promise<{ readonly since: EpochSeconds; readonly digits: number }> {
  const [settings, discovery] = await allEnded([readSettings(), readDiscovery()]);
  const repositories = discovery?.repositories ?? 1;
  const digits = [0, 1].find((each) => repositories <= REPOSITORIES_AT_ONCE * DIGIT ** each) ?? 2;
  return { since: keptSince(settings, now), digits };
}

/** What the screens call whole begins later now. Before anything goes: a run that is killed must not leave them wrong. */
function noteCut(repository: RepositoryId, since: EpochSeconds): Promise<void> {
  return changeTaskState(repository, 'pull-requests', (raw) => {
    const state = importState.parse(raw);
    const isTold = state.readSince !== null && state.readSince >= since;
    return state.phase === 'complete' && !isTold ? { ...state, readSince: since } : null;
  });
}
