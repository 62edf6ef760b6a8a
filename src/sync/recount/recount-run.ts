/**
 * Reads a window's pull requests again from Bitbucket, one after the other, lists every fact that differs from what the
 * store held, and repairs it (METRICS 8, "Recount").
 */
import { BitbucketNotFound } from '../../bitbucket/errors';
import { readPullRequestPage } from '../../bitbucket/pull-requests';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { toIso } from '../../facts/instant';
import { NOTHING_OBSERVED } from '../../facts/observations';
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import { recountDifferences, type RecountDifference } from '../../metrics/recount';
import { withBraces } from '../../storage/keys';
import { readObservations } from '../../storage/observations';
import { readPullRequests, savePullRequests, type ReadFacts } from '../../storage/pull-requests';
import type { Lease } from '../../storage/tasks';
import { readFacts } from '../read-facts';
import type { WorkKind } from '../request-budget';
import type { HoldUp, TaskRun } from '../task-run';
import { MOST_LISTED, recountState, storedDifference, type RecountState } from './recount-state';

/** Opens the leased recount. */
export function openRecount(lease: Lease, workspaceUuid: string): Promise<TaskRun> {
  const address = { workspaceUuid, repositoryUuid: withBraces(lease.repository) };
  return Promise.resolve(new RecountRun(lease, address, recountState.parse(lease.task.state)));
}

class RecountRun implements TaskRun {
  readonly kind: WorkKind = 'recent';
  private sentBefore = 0;

  constructor(
    private readonly lease: Lease,
    private readonly address: RepositoryAddress,
    private state: RecountState,
  ) {}

  async step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    this.sentBefore = caller.sent;
    if (this.state.step === 'list') return this.list(caller, now);
    const id = this.state.repairing ?? this.state.left[0];
    if (id === undefined) {
      await this.lease.save({ state: this.state, queue: 'idle', now, release: true });
      return 'over';
    }
    await this.recount(caller, id, now);
    return 'more';
  }

  release(now: EpochSeconds, heldUp?: HoldUp): Promise<void> {
    return this.lease.save({
      state: this.state,
      queue: 'recent',
      now,
      release: true,
      ...(heldUp === undefined ? {} : { heldUp, rank: heldUp.until }),
    });
  }

  /** Adds what was updated since the window began and the store does not know, a page at a time. */
  private async list(caller: Caller, now: EpochSeconds): Promise<'more'> {
    const { state } = this;
    const from = state.listFrom ?? toIso(state.window.from);
    const query = { filter: `updated_on >= ${from}`, sort: 'updated_on' } as const;
    const page = await readPullRequestPage(caller, this.address, query, state.next);
    const listed = page.values
      .filter(({ createdAt }) => createdAt < state.window.to * 1000)
      .map(({ id }) => id);
    const known = await readPullRequests(this.lease.repository, listed);
    const asked = new Set(state.left);
    const missing = [...new Set(listed)].filter((id) => !known.has(id) && !asked.has(id));
    const last = page.values.at(-1)?.updatedOn ?? from;
    // A whole page of one instant: only then Bitbucket's link is needed.
    const isStuck = page.next !== null && last === state.listFrom;
    return this.save(caller, now, {
      left: [...state.left, ...missing],
      total: state.total + missing.length,
      ...(page.next === null
        ? { step: 'read' as const, listFrom: null, next: null }
        : { listFrom: last, next: isStuck ? page.next : null }),
    });
  }

  /** Lists how one pull request differs, and only then repairs it: what is listed was there, however the run ends. */
  private async recount(caller: Caller, id: number, now: EpochSeconds): Promise<void> {
    const { repository } = this.lease;
    const before = (await readPullRequests(repository, [id])).get(id)?.facts ?? null;
    const after = await this.read(caller, id, now);
    const { state } = this;
    if (state.repairing !== id) {
      const differences = differencesBetween(before, after?.facts ?? null);
      const isCompleted = before !== null && after !== null && knowsMore(before, after.facts);
      await this.save(caller, now, {
        left: state.left.filter((each) => each !== id),
        repairing: id,
        differences: [...state.differences, ...differences.map(storedDifference)].slice(0, MOST_LISTED),
        found: state.found + differences.length,
        completed: state.completed + Number(isCompleted),
        gone: state.gone + Number(after === null),
      });
    }
    if (after !== null) await savePullRequests(repository, [after]);
    // Stored with the next save: killed before, the repair is made once more.
    this.state = { ...this.state, repairing: null };
  }

  /** `null` where Bitbucket no longer has it. */
  private async read(caller: Caller, id: number, now: EpochSeconds): Promise<ReadFacts | null> {
    try {
      const observations = await readObservations(this.lease.repository, [id]);
      // What only events know stays: the facts are derived with them, as at every reading.
      const seen = observations.get(id) ?? NOTHING_OBSERVED;
      // Nothing that is stored is taken for granted: that is what a recount is for.
      const reading = { observations: seen, now, stored: null };
      return await readFacts(caller, this.address, id, reading);
    } catch (error) {
      if (error instanceof BitbucketNotFound) return null;
      throw error;
    }
  }

  private async save(caller: Caller, now: EpochSeconds, change: Partial<RecountState>): Promise<'more'> {
    const requests = this.state.requests + caller.sent - this.sentBefore;
    this.state = { ...this.state, ...change, updatedAt: now, requests };
    await this.lease.save({ state: this.state, queue: 'recent', now });
    return 'more';
  }
}

/** One that neither reading has does not differ. What the store had not read is no difference: it was not held. */
function differencesBetween(
  before: PullRequestFacts | null,
  after: PullRequestFacts | null,
): readonly RecountDifference[] {
  const held = before === null ? [] : [before];
  if (before === null || after === null) return recountDifferences(held, after === null ? [] : [after]);
  const coverage = {
    activity: before.coverage.activity && after.coverage.activity,
    commits: before.coverage.commits && after.coverage.commits,
    diffstat: before.coverage.diffstat && after.coverage.diffstat,
  };
  return recountDifferences(held, [{ ...after, coverage }]);
}

function knowsMore({ coverage: before }: PullRequestFacts, { coverage: after }: PullRequestFacts): boolean {
  return (
    (after.activity && !before.activity) ||
    (after.commits && !before.commits) ||
    (after.diffstat && !before.diffstat)
  );
}
