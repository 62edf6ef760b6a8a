/** Works through what is due, the most urgent first, until nothing is left, the budget is spent, or time is up. */
import { z } from 'zod';
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BudgetSpent,
} from '../bitbucket/errors';
import type { Caller } from '../bitbucket/requests';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { describeError, log } from '../runtime/log';
import { StorageConflict, StorageError } from '../storage/errors';
import { withBraces } from '../storage/keys';
import { readRepositoryRecord, removeTasks } from '../storage/repositories';
import {
  WORK_QUEUES,
  dueTasks,
  leaseTask,
  type Lease,
  type Task,
  type TaskName,
  type WorkQueue,
} from '../storage/tasks';
import { budgetedCaller, type BudgetedCaller } from './budgeted-caller';
import { openDeliveryImport } from './delivery/delivery-import';
import { isCollecting } from './erasure/collecting';
import { openPullRequestImport } from './import/pull-request-import';
import { openReconciliation } from './reconcile/reconciliation';
import { openRecount } from './recount/recount-run';
import { forgetRepository, isGone } from './repository-record';
import { openSizes } from './sizes/sizes-run';
import type { HoldUp, OpenTask, TaskRun } from './task-run';
import { troubleOf } from './trouble-of';

/** Looks so far down a queue for a task that no other runner has; mostly the first is free. */
const CANDIDATES = 20;

/** So many repositories are compared at the same time: a function is paid while it waits, for one as for several. */
const SIDE_BY_SIDE = 4;

/**
 * So many in a minute of a run at most: those that come due together, as a day after the installation, have their turn
 * later, so that a minute has read units for everything else (one takes some 25 of 4,000). A run every five minutes
 * compares 6,912 a day so.
 */
const MOST_COMPARED_A_MINUTE = 24;

const MINUTE_SECONDS = 60;

/**
 * Older history waits while another run reads some: one run asks as much as Bitbucket's largest limit allows, and two that
 * store what large repositories hold would use up the read units of a minute.
 */
const ONE_RUN_AT_A_TIME: WorkQueue = 'history';

/**
 * After so long a turn of one task, or so many steps, something more urgent may have its turn. Not sooner: who goes on with
 * an import reads more than a hundred kept pages first.
 */
const TURN_SECONDS = 60;
const STEPS_IN_A_ROW = 1_000;

/** A step takes a few seconds; with less time than this none is begun. */
const TIME_FOR_ONE_STEP_MILLISECONDS = 30_000;

const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 6 * 3_600;

/** A missing permission is looked for again, but not every few seconds. */
const FORBIDDEN_DELAY_SECONDS = 300;

/** The permissions of a new installation can take some minutes: so long they are looked for every minute or two. */
const FRESH_SECONDS = 1_800;
const FIRST_FRESH_DELAY_SECONDS = 60;
const FRESH_DELAY_SECONDS = 120;

const begun = z.object({ startedAt: z.number().int() });

const OPEN: Readonly<Record<TaskName, OpenTask>> = {
  'pull-requests': openPullRequestImport,
  deployments: openDeliveryImport,
  pipelines: openDeliveryImport,
  sizes: openSizes,
  reconciliation: openReconciliation,
  recount: openRecount,
};

const OTHER_QUEUES = WORK_QUEUES.filter((queue) => queue !== 'reconciliation');

export interface WorkContext {
  readonly workspaceUuid: string;
  /** Names this run and its repetitions, so that they know their own leases. */
  readonly holder: string;
  readonly now: () => EpochSeconds;
  /** Milliseconds until Forge ends the run. */
  readonly timeLeft: () => number;
}

/** Why a run ended: nothing is due, the budget is spent, or there was no time for another step. */
export type Ending = 'nothing-due' | 'budget-spent' | 'no-time';

export interface RunResult {
  readonly ending: Ending;
  /** Seconds until a permission is looked for again, sooner than the schedule comes; `null` where none is awaited. */
  readonly lookAgainAfter: number | null;
}

/** Runs until one of the endings. Failures of a task hold up that task only. */
export async function runWork(context: WorkContext): Promise<RunResult> {
  const callers = Array.from({ length: SIDE_BY_SIDE }, () => budgetedCaller('open'));
  let lookAgainAfter: number | null = null;
  let isShareSpent = false;
  let compared = { minute: 0, count: 0 };
  try {
    for (;;) {
      const minute = Math.floor(context.now() / MINUTE_SECONDS);
      if (minute !== compared.minute) compared = { minute, count: 0 };
      const mayCompare = !isShareSpent && compared.count < MOST_COMPARED_A_MINUTE;
      const leases = await nextTasks(context, mayCompare ? WORK_QUEUES : OTHER_QUEUES);
      if (leases.length === 0) return { ending: 'nothing-due', lookAgainAfter };
      const outcomes = await allEnded(
        callers.flatMap((caller, place) => {
          const lease = leases[place];
          return lease === undefined ? [] : [workOn(lease, context, caller)];
        }),
      );
      for (const outcome of outcomes) {
        if (typeof outcome === 'string' || outcome?.trouble.cause !== 'permission-awaited') continue;
        lookAgainAfter = Math.max(lookAgainAfter ?? 0, outcome.until - context.now());
      }
      if (outcomes.includes('no-time')) return { ending: 'no-time', lookAgainAfter };
      const isComparing = leases[0]?.task.queue === 'reconciliation';
      if (isComparing) compared.count += leases.length;
      if (!outcomes.includes('budget-spent')) continue;
      if (!isComparing) return { ending: 'budget-spent', lookAgainAfter };
      // It has a share of the requests of its own: that it is spent says nothing of the others'.
      isShareSpent = true;
    }
  } finally {
    for (const caller of callers) await caller.close();
  }
}

/** The next task, leased; of reconciliation several, which mostly wait for an answer and need little memory. */
async function nextTasks(
  { holder, now }: WorkContext,
  queues: readonly WorkQueue[],
): Promise<readonly Lease[]> {
  // An admin may have everything erased while this runs.
  if (!(await isCollecting())) return [];
  const firsts = await allEnded(
    queues.map((queue) => dueTasks(queue, now(), queue === 'reconciliation' ? SIDE_BY_SIDE : 1)),
  );
  for (const [place, queue] of queues.entries()) {
    const first = firsts[place] ?? [];
    if (first.length === 0) continue;
    const most = queue === 'reconciliation' ? SIDE_BY_SIDE : 1;
    const leases = await leaseFree(first, most, queue, holder, now());
    if (leases.length > 0) return leases;
    const further = await dueTasks(queue, now(), CANDIDATES);
    const others = await leaseFree(further, most, queue, holder, now());
    if (others.length > 0) return others;
  }
  return [];
}

/** The first of them that no other runner has, so many at most. */
async function leaseFree(
  tasks: Awaited<ReturnType<typeof dueTasks>>,
  most: number,
  queue: WorkQueue,
  holder: string,
  now: EpochSeconds,
): Promise<readonly Lease[]> {
  const leases: Lease[] = [];
  for (const { repository, name } of tasks) {
    if (leases.length === most) break;
    const lease = await leaseTask(repository, name, queue, holder, now);
    if (lease === 'taken' && queue === ONE_RUN_AT_A_TIME) break;
    if (lease !== null && lease !== 'taken') leases.push(lease);
  }
  return leases;
}

/**
 * Works on one task until it is over for now, or something more urgent may be due; tells whether the run must end, or
 * what holds the task up.
 */
async function workOn(
  lease: Lease,
  context: WorkContext,
  caller: BudgetedCaller,
): Promise<Ending | HoldUp | null> {
  const { now, timeLeft, workspaceUuid } = context;
  let run: TaskRun | null = null;
  try {
    if ((await readRepositoryRecord(lease.repository)) === 'left-out') {
      await removeTasks(lease.repository);
      return null;
    }
    run = await OPEN[lease.name](lease, workspaceUuid);
    const end = now() + TURN_SECONDS;
    for (let steps = 0; steps < STEPS_IN_A_ROW && now() <= end; steps += 1) {
      if (timeLeft() < TIME_FOR_ONE_STEP_MILLISECONDS) {
        await run.release(now());
        return 'no-time';
      }
      await caller.workOn(run.kind);
      if ((await run.step(caller, now())) === 'over') return null;
    }
    await run.release(now());
    return null;
  } catch (error) {
    if (error instanceof StorageConflict) {
      log.info('another runner took over', { task: lease.name });
      return null;
    }
    if (error instanceof BudgetSpent || error instanceof BitbucketRateLimited) {
      await run?.release(now());
      return 'budget-spent';
    }
    if (run === null) return holdUpUnopened(error, lease, now());
    if (error instanceof BitbucketNotFound && (await isGoneWith(lease, context, caller))) return null;
    const heldUp = holdUpOf(error, lease, now());
    await run.release(now(), heldUp);
    return heldUp;
  }
}

/** Where the repository itself is gone too, removes all of it; without it there is nothing to hold up. */
async function isGoneWith(
  { repository, name }: Lease,
  { workspaceUuid, now }: WorkContext,
  caller: Caller,
): Promise<boolean> {
  if (!(await isGone(caller, { workspaceUuid, repositoryUuid: withBraces(repository) }))) return false;
  log.info('repository is gone from the workspace', { repository, task: name });
  await forgetRepository(workspaceUuid, repository, now());
  // Now, so that no other task of it asks.
  await removeTasks(repository);
  return true;
}

/** What is stored of the task cannot be read: it is held up as it is, so that others have their turn. */
async function holdUpUnopened(error: unknown, lease: Lease, now: EpochSeconds): Promise<HoldUp> {
  if (error instanceof StorageError) throw error;
  const heldUp = holdUpOf(error, lease, now);
  const { queue, state } = lease.task;
  await lease.save({ state, queue, now, rank: heldUp.until, release: true, heldUp });
  return heldUp;
}

/** Held up longer with each failure in a row; never given up, since what holds it up may be mended years later. */
function holdUpOf(error: unknown, { name, task }: Lease, now: EpochSeconds): HoldUp {
  const { cause, reason } = describeError(error);
  const isAwaited = error instanceof BitbucketForbidden && isFresh(task, now);
  // What is awaited has not failed yet: the growing delays begin afterwards.
  const failures = isAwaited ? 1 : task.failures + 1;
  const delay = isAwaited ? freshDelay(task) : delayAfter(error, failures);
  log.warn('task is held up', { task: name, cause, reason, failures, delay });
  const trouble = troubleOf(error);
  return {
    failures,
    reason,
    trouble: isAwaited ? { ...trouble, cause: 'permission-awaited' } : trouble,
    until: now + delay,
  };
}

/** Tasks are created with the installation; one that does not say when it began is no part of it. */
function isFresh({ state }: Task, now: EpochSeconds): boolean {
  const known = begun.safeParse(state);
  return known.success && now - known.data.startedAt < FRESH_SECONDS;
}

function freshDelay({ failures }: Task): number {
  return failures === 0 ? FIRST_FRESH_DELAY_SECONDS : FRESH_DELAY_SECONDS;
}

function delayAfter(error: unknown, failures: number): number {
  const forbidden = error instanceof BitbucketForbidden || error instanceof BitbucketNotFound;
  const first = forbidden ? FORBIDDEN_DELAY_SECONDS : FIRST_DELAY_SECONDS;
  return Math.min(LONGEST_DELAY_SECONDS, first * 2 ** Math.min(20, failures - 1));
}
