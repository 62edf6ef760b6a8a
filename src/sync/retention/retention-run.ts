/**
 * Daily, and when the retention was changed: removes what ended longer ago, and has imported again what is missing since
 * more is to be kept.
 */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { JobLease, JobSave } from '../../storage/jobs';
import type { RepositoryId } from '../../storage/keys';
import { removeOlder } from '../../storage/remove-old';
import { storedRepositories } from '../../storage/repositories';
import { keptSince } from '../../storage/retention';
import { changeTaskState, readTask } from '../../storage/tasks';
import { readSettings } from '../../storage/workspace-settings';
import { importMissing } from '../create-tasks';
import { importState } from '../import/import-state';
import { releaseJob, type JobHoldUp, type JobRun } from '../jobs/job-run';
import { sendWork } from '../messages';
import { retentionBeginning, retentionState, type RetentionState } from './retention-state';

const DAY_SECONDS = 86_400;

/** An import that began a moment before a look has read back to another instant than the look's own. */
const SLACK_SECONDS = DAY_SECONDS;

const DIGITS = 256;

/** Four or five requests to storage each, where there is nothing to remove. */
const LOOKED_AT_ONCE = 20;

/** Opens the leased look. */
export function openRetention(lease: JobLease, workspaceUuid: string): Promise<JobRun> {
  return Promise.resolve(new RetentionRun(lease, workspaceUuid, retentionState.parse(lease.job.state)));
}

class RetentionRun implements JobRun {
  private since: EpochSeconds | null = null;

  constructor(
    private readonly lease: JobLease,
    private readonly workspaceUuid: string,
    private state: RetentionState,
  ) {}

  /** Some repositories, by two digits after the other. One with much to remove takes several steps. */
  async step(now: EpochSeconds): Promise<'more' | 'over'> {
    const { place } = this.state;
    if (place === null) return this.save(now, { ...retentionBeginning(), startedAt: now, place: 0 });
    if (place >= DIGITS) {
      await this.save(
        now,
        { place: null },
        { dueAt: Math.max(this.state.startedAt + DAY_SECONDS, now), release: true },
      );
      return 'over';
    }
    // Once a run: a change of the settings makes the job due again.
    this.since ??= keptSince(await readSettings(), now);
    let { removed } = this.state;
    let looked = 0;
    let next = place;
    for (let isDone = true; isDone && next < DIGITS && looked < LOOKED_AT_ONCE; next += Number(isDone)) {
      for (const repository of await storedRepositories(next.toString(16).padStart(2, '0'))) {
        const removal = await this.lookAt(repository, this.since, now);
        removed += removal.removed;
        isDone &&= removal.isDone;
        looked += 1;
      }
    }
    return this.save(now, { removed, place: next });
  }

  release(now: EpochSeconds, heldUp?: JobHoldUp): Promise<void> {
    return releaseJob(this.lease, this.state, now, heldUp);
  }

  private async lookAt(
    repository: RepositoryId,
    since: EpochSeconds,
    now: EpochSeconds,
  ): Promise<{ readonly removed: number; readonly isDone: boolean }> {
    const removal = since === 0 ? { removed: 0, isDone: true } : await removeOlder(repository, since);
    const task = await readTask(repository, 'pull-requests');
    if (task === null) return removal;
    const { phase, readSince } = importState.parse(task.state);
    if (phase !== 'complete') return removal;
    if (readSince !== null && readSince > since + SLACK_SECONDS) {
      await importMissing(repository, readSince, now);
      await sendWork({ version: 1, kind: 'run', workspaceUuid: this.workspaceUuid });
    } else if (removal.removed > 0) {
      await changeTaskState(repository, 'pull-requests', (raw) => {
        const state = importState.parse(raw);
        return state.phase === 'complete' ? { ...state, readSince: since } : null;
      });
    }
    return removal;
  }

  private async save(
    now: EpochSeconds,
    change: Partial<RetentionState>,
    more: Pick<JobSave, 'dueAt' | 'release'> = {},
  ): Promise<'more'> {
    const state = { ...this.state, ...change };
    await this.lease.save({ state, now, ...more });
    this.state = state;
    return 'more';
  }
}
