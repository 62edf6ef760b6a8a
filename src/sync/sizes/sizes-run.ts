/**
 * Reads how large the recent pull requests are, one after the other and after everything else: a diffstat costs a
 * request, and no list tells it. Older ones stay without.
 */
import { BitbucketForbidden, BitbucketNotFound } from '../../bitbucket/errors';
import { readDiffstat, readDiffstatLinks } from '../../bitbucket/pull-requests';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { sizesOf } from '../../facts/derive-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { withBraces } from '../../storage/keys';
import { readPullRequests, savePullRequests } from '../../storage/pull-requests';
import { readRepositoryView } from '../../storage/repository-view';
import type { Lease } from '../../storage/tasks';
import { RECENT_SECONDS } from '../import/import-state';
import type { WorkKind } from '../request-budget';
import type { HoldUp, TaskRun } from '../task-run';
import { sizesState, type SizesState } from './sizes-state';

/** Opens the leased reading of sizes. */
export function openSizes(lease: Lease, workspaceUuid: string): Promise<TaskRun> {
  const address = { workspaceUuid, repositoryUuid: withBraces(lease.repository) };
  return Promise.resolve(new SizesRun(lease, address, sizesState.parse(lease.task.state)));
}

/** As many as one transaction of facts holds beside their ledgers. */
const WRITTEN_AT_ONCE = 20;

/** Where the diffstats are is asked for so many pull requests together. */
const LINKED_AT_ONCE = 50;

/** What was read is saved so often: of a run that is killed so many at most are asked for again. */
const SAVED_EVERY = 5;

/** So many refusals, and no answer, tell that diffstats are refused altogether. */
const REFUSALS_TO_TELL = 3;

class SizesRun implements TaskRun {
  readonly kind: WorkKind = 'history';
  /** Where diffstats are; kept for this run only. */
  private links: ReadonlyMap<number, string | null> = new Map();
  private sentBefore = 0;
  private unsaved = 0;

  constructor(
    private readonly lease: Lease,
    private readonly address: RepositoryAddress,
    private state: SizesState,
  ) {}

  async step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const left = this.state.left ?? (await this.lookUp(now));
    const [id, ...rest] = left;
    if (id === undefined) {
      await this.write(now);
      await this.lease.save({ state: this.state, queue: 'idle', now, release: true });
      return 'over';
    }
    this.sentBefore = caller.sent;
    const diffstat = await this.read(caller, id, await this.linkOf(caller, left, id));
    if (diffstat instanceof BitbucketForbidden) return this.putBack(id, rest, diffstat, caller, now);
    const { linesAdded, linesRemoved, filesChanged } = sizesOf(diffstat);
    const isRead = linesAdded !== null && linesRemoved !== null && filesChanged !== null;
    this.state = {
      ...this.state,
      left: rest,
      read: isRead ? [...this.state.read, { id, linesAdded, linesRemoved, filesChanged }] : this.state.read,
      requests: this.state.requests + caller.sent - this.sentBefore,
      isAnswered: this.state.isAnswered || diffstat !== null,
    };
    this.unsaved += 1;
    if (this.state.read.length >= WRITTEN_AT_ONCE) await this.write(now);
    else if (this.unsaved >= SAVED_EVERY) await this.save(now, this.state);
    return 'more';
  }

  release(now: EpochSeconds, heldUp?: HoldUp): Promise<void> {
    return this.lease.save({
      state: this.state,
      queue: 'sizes',
      now,
      release: true,
      ...(heldUp === undefined ? {} : { heldUp, rank: heldUp.until }),
    });
  }

  /**
   * Before any was answered, a refusal may be of this one alone or of all: others are asked first. Throws the refusal
   * where it is of all, so that the task is held up; which are left is then looked up anew.
   */
  private async putBack(
    id: number,
    rest: readonly number[],
    refusal: BitbucketForbidden,
    caller: Caller,
    now: EpochSeconds,
  ): Promise<'more'> {
    const refusals = this.state.refusals + 1;
    const isOfAll = refusals >= Math.min(REFUSALS_TO_TELL, rest.length + 1);
    const left = isOfAll ? null : [...rest, id];
    const requests = this.state.requests + caller.sent - this.sentBefore;
    await this.save(now, { ...this.state, left, refusals, requests });
    if (isOfAll) throw refusal;
    return 'more';
  }

  /** Adds what was read to the facts as they are now. */
  private async write(now: EpochSeconds): Promise<void> {
    const { read } = this.state;
    if (read.length === 0) return;
    const known = await readPullRequests(
      this.lease.repository,
      read.map(({ id }) => id),
    );
    const changed = read.flatMap(({ id, ...sizes }) => {
      const before = known.get(id);
      if (before === undefined || before.facts.coverage.diffstat) return [];
      const coverage = { ...before.facts.coverage, diffstat: true };
      return { ...before, facts: { ...before.facts, ...sizes, coverage } };
    });
    await savePullRequests(this.lease.repository, changed);
    await this.save(now, { ...this.state, read: [] });
  }

  private async save(now: EpochSeconds, state: SizesState): Promise<void> {
    await this.lease.save({ state, queue: 'sizes', now });
    this.state = state;
    this.unsaved = 0;
  }

  /** `null` where Bitbucket names none, or the pull request is gone. */
  private async linkOf(caller: Caller, left: readonly number[], id: number): Promise<string | null> {
    if (!this.links.has(id)) {
      const ids = left.slice(0, LINKED_AT_ONCE);
      const links = await readDiffstatLinks(caller, this.address, ids);
      this.links = new Map(ids.map((each) => [each, links.get(each) ?? null]));
    }
    return this.links.get(id) ?? null;
  }

  private async lookUp(now: EpochSeconds): Promise<readonly number[]> {
    const since = this.state.startedAt - RECENT_SECONDS;
    const { facts } = await readRepositoryView(this.lease.repository, since, now);
    const left = facts
      .filter(({ coverage, state, closedAt }) => {
        if (coverage.diffstat) return false;
        return state === 'OPEN' || (state === 'MERGED' && closedAt !== null && closedAt >= since);
      })
      .sort((a, b) => (b.closedAt ?? Infinity) - (a.closedAt ?? Infinity) || b.id - a.id)
      .map(({ id }) => id);
    this.state = { ...this.state, left, total: left.length };
    return left;
  }

  /** `null` where Bitbucket no longer has it or does not show it, as for a deleted fork; a refusal before any answer. */
  private async read(
    caller: Caller,
    id: number,
    link: string | null,
  ): Promise<
    readonly { readonly linesAdded: number; readonly linesRemoved: number }[] | BitbucketForbidden | null
  > {
    try {
      const { values, cut } = await readDiffstat(caller, this.address, id, link);
      return cut ? null : values;
    } catch (error) {
      if (error instanceof BitbucketNotFound) return null;
      if (!(error instanceof BitbucketForbidden) || error.status !== 403) throw error;
      return this.state.isAnswered ? null : error;
    }
  }
}
