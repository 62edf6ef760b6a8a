/** Works through what is due, the most urgent first, until nothing is left, the budget is spent, or time is up. */
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BudgetSpent,
} from '../bitbucket/errors';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { describeError, log } from '../runtime/log';
import { StorageConflict } from '../storage/errors';
import {
  WORK_QUEUES,
  dueTasks,
  leaseTask,
  type Lease,
  type TaskName,
  type WorkQueue,
} from '../storage/tasks';
import { budgetedCaller, type BudgetedCaller } from './budgeted-caller';
import { openDeliveryImport } from './delivery/delivery-import';
import { openPullRequestImport } from './import/pull-request-import';
import { openReconciliation } from './reconcile/reconciliation';
import { openRecount } from './recount/recount-run';
import { openSizes } from './sizes/sizes-run';
import type { OpenTask, TaskRun, Trouble } from './task-run';

/** Looks so far down a queue for a task that no other runner has. */
const CANDIDATES = 20;

/** After so many steps of one task, something more urgent may have its turn. */
const STEPS_IN_A_ROW = 25;

/** A step takes a few seconds; with less time than this none is begun. */
const TIME_FOR_ONE_STEP_MILLISECONDS = 30_000;

const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 6 * 3_600;

/** A missing permission is looked for again, but not every few seconds. */
const FORBIDDEN_DELAY_SECONDS = 300;

const OPEN: Readonly<Record<TaskName, OpenTask>> = {
  'pull-requests': openPullRequestImport,
  deployments: openDeliveryImport,
  pipelines: openDeliveryImport,
  sizes: openSizes,
  reconciliation: openReconciliation,
  recount: openRecount,
};

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

/** Runs until one of the endings. Failures of a task hold up that task only. */
export async function runWork(context: WorkContext): Promise<Ending> {
  const caller = budgetedCaller('open');
  try {
    for (;;) {
      const lease = await nextTask(context);
      if (lease === null) return 'nothing-due';
      const ending = await workOn(lease, context, caller);
      if (ending !== null) return ending;
    }
  } finally {
    await caller.close();
  }
}

async function nextTask({ holder, now }: WorkContext): Promise<Lease | null> {
  for (const queue of WORK_QUEUES) {
    const lease = await nextOf(queue, holder, now());
    if (lease !== null) return lease;
  }
  return null;
}

async function nextOf(queue: WorkQueue, holder: string, now: EpochSeconds): Promise<Lease | null> {
  for (const { repository, name } of await dueTasks(queue, now, CANDIDATES)) {
    const lease = await leaseTask(repository, name, queue, holder, now);
    if (lease !== null) return lease;
  }
  return null;
}

/** Works on one task until it is over for now, or something more urgent may be due; tells whether the run must end. */
async function workOn(lease: Lease, context: WorkContext, caller: BudgetedCaller): Promise<Ending | null> {
  const { now, timeLeft, workspaceUuid } = context;
  let run: TaskRun | null = null;
  try {
    run = await OPEN[lease.name](lease, workspaceUuid);
    for (let steps = 0; steps < STEPS_IN_A_ROW; steps += 1) {
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
    if (run === null) throw error;
    await run.release(now(), troubleOf(error, lease, now()));
    return null;
  }
}

/** Held up longer with each failure in a row; never given up, since what holds it up may be mended years later. */
function troubleOf(error: unknown, lease: Lease, now: EpochSeconds): Trouble {
  const { cause, reason } = describeError(error);
  const failures = lease.task.failures + 1;
  const forbidden = error instanceof BitbucketForbidden || error instanceof BitbucketNotFound;
  const first = forbidden ? FORBIDDEN_DELAY_SECONDS : FIRST_DELAY_SECONDS;
  const delay = Math.min(LONGEST_DELAY_SECONDS, first * 2 ** Math.min(20, failures - 1));
  log.warn('task is held up', { task: lease.name, cause, reason, failures, delay });
  return { failures, reason, until: now + delay };
}
