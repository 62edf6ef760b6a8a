/**
 * Compares what is stored of a repository with Bitbucket, and heals what events missed: pull requests by last update
 * and by the newest entries of the activity log, pushes of the main branch, pipelines and deployments.
 */
import { BitbucketForbidden, isNotServed } from '../../bitbucket/errors';
import { readActivityLogPage, readPullRequestPage } from '../../bitbucket/pull-requests';
import { readBranchPage } from '../../bitbucket/repositories';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { parseInstant, toIso } from '../../facts/instant';
import { allEnded } from '../../concurrency/all-ended';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { log } from '../../runtime/log';
import type { TransactionSet } from '../../storage/forge-storage';
import { withBraces } from '../../storage/keys';
import { readLeftRequests, withdrawRefreshRequest } from '../../storage/inbox';
import { readBudget } from '../../storage/budget';
import { isReadSince, readPullRequests } from '../../storage/pull-requests';
import { isRecord, readDiscovery, readLastEvent, readRepositoryRecord } from '../../storage/repositories';
import { readTask, type Lease } from '../../storage/tasks';
import { readAgain, readDeliveryPage, type DeliveryPart } from '../delivery/read-delivery';
import { importState } from '../import/import-state';
import { refreshStale } from '../refresh';
import { UNSPENT_BUDGET, type WorkKind } from '../request-budget';
import { renewedSummary } from '../summarise';
import type { HoldUp, TaskRun } from '../task-run';
import {
  comparisonDue,
  dueAfter,
  firstInterval,
  nextTurn,
  purposeOf,
  shortestInterval,
} from './comparison-due';
import { recordPushes } from './record-pushes';
import {
  reconciliationState,
  type ReconciliationState,
  type ReconciliationStep,
} from './reconciliation-state';

const DAY_SECONDS = 86_400;

/** Events are up to minutes late, and their refresh waits for others: what is younger is not missing yet. */
export const EVENTS_MAY_COME_SECONDS = 600;

/** Clocks differ, and pages overlap a little. */
const OVERLAP_SECONDS = 300;

/** A deployment may take hours; what began so long before the watermark is looked at again. */
const RUNNING_SECONDS = DAY_SECONDS;

/** Where nothing else happened, pushes, pipelines and deployments are looked for so often. */
const EVERYTHING_INTERVAL_SECONDS = 7 * DAY_SECONDS;

/** After so many pages a step gives up and says so: the import of a repository reads thousands better. */
const MOST_PAGES = 60;

/**
 * The log first: where it tells of nothing new, the list is asked for only now and then. Pull requests before pushes:
 * which of these were merges is known only then.
 */
const NEXT_STEP: Readonly<Record<ReconciliationStep, ReconciliationStep>> = {
  idle: 'log',
  log: 'list',
  list: 'refresh',
  refresh: 'branch',
  branch: 'pipelines',
  pipelines: 'deployments',
  deployments: 'idle',
};

/** Opens a leased reconciliation. */
export async function openReconciliation(lease: Lease, workspaceUuid: string): Promise<TaskRun> {
  const [record, discovery, budget] = await allEnded([
    readRepositoryRecord(lease.repository),
    readDiscovery(),
    readBudget(UNSPENT_BUDGET),
  ]);
  const defaultBranch = isRecord(record) ? record.defaultBranch : null;
  const address = { workspaceUuid, repositoryUuid: withBraces(lease.repository) };
  const state = reconciliationState.parse(lease.task.state);
  const usual = shortestInterval(discovery?.repositories ?? 1, budget.limit);
  const shortest = state.lastAt === null ? firstInterval(usual, lease.repository) : usual;
  return new Reconciliation(lease, address, defaultBranch, shortest, state);
}

class Reconciliation implements TaskRun {
  readonly kind: WorkKind = 'reconciliation';
  private caller: Caller | null = null;
  private sentBefore = 0;

  constructor(
    private readonly lease: Lease,
    private readonly address: RepositoryAddress,
    private readonly defaultBranch: string | null,
    /** Seconds until the next comparison at the least. */
    private readonly shortest: number,
    private state: ReconciliationState,
  ) {}

  async step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { state } = this;
    this.sentBefore = caller.sent;
    this.caller = caller;
    switch (state.step) {
      case 'idle':
        return this.begin(caller, now);
      case 'list':
        return this.compareList(caller, now);
      case 'log':
        return this.compareLog(caller, now);
      case 'branch':
        return this.comparePushes(caller, now);
      case 'pipelines':
      case 'deployments':
        return this.compareDelivery(caller, state.step, now);
      case 'refresh':
        return this.refreshNext(caller, now);
    }
  }

  release(now: EpochSeconds, heldUp?: HoldUp): Promise<void> {
    return this.lease.save({
      state: this.state,
      queue: 'reconciliation',
      now,
      release: true,
      rank: heldUp?.until ?? this.lease.task.rank,
      ...(heldUp === undefined ? {} : { heldUp }),
    });
  }

  private async begin(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { repository } = this.lease;
    const left = await readLeftRequests(repository, now);
    const purpose = purposeOf(this.state, left.length > 0, this.shortest, now);
    if (purpose.kind === 'nothing') return this.endTurn(now, purpose.at);
    if (purpose.kind === 'left') return this.readOnly(left, caller, now);
    const task = await readTask(repository, 'pull-requests');
    const doubtful = task === null ? [] : importState.parse(task.state).doubtful;
    const lastEvent = await readLastEvent(repository);
    const stale = [...this.state.stale, ...doubtful.slice(this.state.doubtfulTaken), ...left];
    return this.pass(caller, now, {
      until: now - EVENTS_MAY_COME_SECONDS,
      stale: [...new Set(stale)],
      asked: [...left],
      isOnlyLeft: false,
      doubtfulTaken: doubtful.length,
      hasMoved: lastEvent !== null && lastEvent >= this.state.watermark,
      isLogQuiet: true,
      healedBefore: this.state.healed,
      notice: null,
    });
  }

  /** The comparison is not due yet, and refreshes were left. */
  private readOnly(left: readonly number[], caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const stale = [...new Set([...this.state.stale, ...left])];
    this.state = { ...this.state, step: 'refresh', stale, asked: [...left], isOnlyLeft: true, pages: 0 };
    return this.step(caller, now);
  }

  /** Pull requests by last update, the oldest change first, from the watermark on. */
  private async compareList(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { state } = this;
    if (state.isLogQuiet && !this.looksAtAll(now)) return this.pass(caller, now);
    const from = state.listFrom ?? toIso(state.watermark - OVERLAP_SECONDS);
    const filter = `updated_on >= ${from} AND updated_on <= ${toIso(state.until)}`;
    const page = await readPullRequestPage(caller, this.address, { filter, sort: 'updated_on' }, state.next);
    const changes = page.values.map(({ id, updatedOn }) => ({ id, at: parseInstant(updatedOn) ?? 0 }));
    const stale = await this.staleOf(changes, now);
    const last = page.values.at(-1)?.updatedOn ?? from;
    // A whole page of one instant: only then Bitbucket's link is needed.
    const isStuck = page.next !== null && last === state.listFrom;
    const hasMoved = state.hasMoved || changes.some(({ at }) => at > state.watermark * 1000);
    const more = { stale, hasMoved, listFrom: last, next: isStuck ? page.next : null };
    return page.next === null || this.isCut('list') ? this.go(now, more) : this.stay(now, more);
  }

  /** The newest entries of everybody's activity, back to the watermark: approvals need not move `updated_on`. */
  private async compareLog(caller: Caller, now: EpochSeconds): Promise<'more'> {
    const { state } = this;
    const from = (state.watermark - OVERLAP_SECONDS) * 1000;
    try {
      const page = await readActivityLogPage(caller, this.address, state.next);
      const changes = page.values
        .map(({ pullRequest, entry }) => ({ id: pullRequest, at: entry.at }))
        .filter(({ at }) => at >= from && at <= state.until * 1000);
      const oldest = Math.min(...page.values.map(({ entry }) => entry.at));
      const stale = await this.staleOf(changes, now);
      const isOver = page.next === null || oldest < from || this.isCut('activity log');
      const isLogQuiet = state.isLogQuiet && changes.length === 0;
      const hasMoved = state.hasMoved || changes.some(({ at }) => at > state.watermark * 1000);
      const found = { stale, isLogQuiet, hasMoved };
      return await (isOver ? this.go(now, found) : this.stay(now, { ...found, next: page.next }));
    } catch (error) {
      if (isNotServed(error)) return this.go(now, { isLogQuiet: false });
      throw error;
    }
  }

  /** Reads one stale pull request again. */
  private async refreshNext(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { asked, healed, isOnlyLeft } = this.state;
    const [id, ...stale] = this.state.stale;
    if (id === undefined) {
      return isOnlyLeft
        ? this.endTurn(now, comparisonDue(this.state, this.shortest))
        : this.pass(caller, now);
    }
    // As a refresh does: an event that arrives from here on must ask again.
    await withdrawRefreshRequest(this.lease.repository, id);
    const changed = await refreshStale(caller, this.address, id, now);
    return this.stay(now, { stale, healed: healed + Number(changed && !asked.includes(id)) });
  }

  /** The commits that the main branch got since the last comparison. */
  private async comparePushes(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { defaultBranch, state, address } = this;
    if (defaultBranch === null || !this.looksAtAll(now)) return this.pass(caller, now);
    try {
      const page = await readBranchPage(caller, address, defaultBranch, state.head, state.next);
      const found = await recordPushes(this.lease.repository, page.values, {
        from: state.branchNext,
        head: state.head,
        since: state.watermark - OVERLAP_SECONDS,
        until: state.until,
      });
      const newHead = state.newHead ?? found.newest;
      const healed = state.healed + found.missed;
      const hasMore = found.next !== null && page.next !== null && !this.isCut('main branch');
      return await (hasMore
        ? this.stay(now, { newHead, healed, branchNext: found.next, next: page.next })
        : this.go(now, { head: newHead ?? state.head, newHead: null, branchNext: null, healed }));
    } catch (error) {
      // An empty repository has no branch; a forced push may have removed the known head.
      if (isNotServed(error)) return this.go(now, { head: null, newHead: null, branchNext: null });
      throw error;
    }
  }

  private async compareDelivery(
    caller: Caller,
    part: DeliveryPart,
    now: EpochSeconds,
  ): Promise<'more' | 'over'> {
    const { state, address, defaultBranch } = this;
    if (!this.looksAtAll(now)) return part === 'deployments' ? this.goOrEnd(now, {}) : this.pass(caller, now);
    try {
      const page = await readDeliveryPage(caller, part, address, defaultBranch, state.next, now);
      const healed = state.healed + page.changed;
      const from = state.watermark - RUNNING_SECONDS;
      const isOver = page.next === null || page.oldest === null || page.oldest < from || this.isCut(part);
      return await (isOver ? this.goOrEnd(now, { healed }) : this.stay(now, { healed, next: page.next }));
    } catch (error) {
      if (!isNotServed(error)) throw error;
      // What was allowed before and no longer is: it is read anew once it is allowed again, and shown until then.
      if (error instanceof BitbucketForbidden) await readAgain(this.lease.repository, part, now);
      return this.goOrEnd(now, {});
    }
  }

  /** A repository in which nothing happened is only asked for its pull requests, and weekly for the rest. */
  private looksAtAll(now: EpochSeconds): boolean {
    return this.state.hasMoved || now - this.state.allAt >= EVERYTHING_INTERVAL_SECONDS;
  }

  /** To the next step, or after the last to the end: the watermark moves. */
  private async goOrEnd(now: EpochSeconds, change: Partial<ReconciliationState>): Promise<'more' | 'over'> {
    if (NEXT_STEP[this.state.step] !== 'idle') return this.go(now, change);
    const allAt = this.looksAtAll(now) ? now : this.state.allAt;
    const ended: ReconciliationState = {
      ...this.state,
      ...change,
      movedAt: this.state.hasMoved ? now : this.state.movedAt,
      requests: this.state.requests + this.sentNow(),
      step: 'idle',
      pages: 0,
      watermark: this.state.until,
      listFrom: null,
      next: null,
      lastAt: now,
      allAt,
    };
    const dueAt = dueAfter(ended, this.shortest, now);
    this.state = { ...ended, dueAt };
    const reconciliation = { ...this.lease.task, rank: dueAt, state: this.state };
    const also = [await renewedSummary(this.lease.repository, now, { reconciliation })];
    return this.endTurn(now, dueAt, also);
  }

  /** Until `at`, or sooner where refreshes were left while this went on: those were not asked for here. */
  private async endTurn(
    now: EpochSeconds,
    at: EpochSeconds,
    also: readonly TransactionSet[] = [],
  ): Promise<'over'> {
    const isLeft = (await readLeftRequests(this.lease.repository, now)).length > 0;
    const rank = nextTurn(at, isLeft, now);
    const state = { ...this.state, step: 'idle', isOnlyLeft: false, pages: 0 } as const;
    await this.lease.save({ state, queue: 'reconciliation', rank, now, release: true, also });
    return 'over';
  }

  /** Those of the changed ones that were read before their change, beside those found already. */
  private async staleOf(
    changes: readonly { readonly id: number; readonly at: number }[],
    now: EpochSeconds,
  ): Promise<number[]> {
    const found = new Set(this.state.stale);
    const ids = [...new Set(changes.map(({ id }) => id))].filter((id) => !found.has(id));
    const stored = await readPullRequests(this.lease.repository, ids);
    for (const { id, at } of changes) {
      const readAt = stored.get(id)?.readAt;
      if (readAt === undefined || !isReadSince(at / 1000, readAt, now)) found.add(id);
    }
    return [...found];
  }

  private isCut(what: string): boolean {
    if (this.state.pages + 1 < MOST_PAGES) return false;
    log.warn('reconciliation reached its page limit', { what, pages: MOST_PAGES });
    this.state = { ...this.state, notice: { cause: 'cut-short', scope: null } };
    return true;
  }

  private stay(now: EpochSeconds, change: Partial<ReconciliationState>): Promise<'more'> {
    return this.save(now, { ...change, pages: this.state.pages + 1 });
  }

  private go(now: EpochSeconds, change: Partial<ReconciliationState>): Promise<'more'> {
    return this.save(now, this.nextStep(change));
  }

  /** To the next step where this one asked for nothing: there is nothing to save yet. */
  private pass(
    caller: Caller,
    now: EpochSeconds,
    change: Partial<ReconciliationState> = {},
  ): Promise<'more' | 'over'> {
    this.state = { ...this.state, ...this.nextStep(change) };
    return this.step(caller, now);
  }

  private nextStep(change: Partial<ReconciliationState>): Partial<ReconciliationState> {
    return { listFrom: null, next: null, ...change, step: NEXT_STEP[this.state.step], pages: 0 };
  }

  private sentNow(): number {
    return this.caller === null ? 0 : this.caller.sent - this.sentBefore;
  }

  private async save(now: EpochSeconds, change: Partial<ReconciliationState>): Promise<'more'> {
    this.state = { ...this.state, ...change, requests: this.state.requests + this.sentNow() };
    await this.lease.save({ state: this.state, queue: 'reconciliation', rank: this.lease.task.rank, now });
    return 'more';
  }
}
