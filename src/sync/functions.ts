/** The Forge functions behind the queues and the schedule. */
import { getAppContext } from '@forge/api';
import type { AsyncEvent } from '@forge/events';
import { BudgetSpent } from '../bitbucket/errors';
import type { Caller } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { nowInSeconds } from '../runtime/clock';
import { isLicensed, workspaceOf } from '../runtime/installation';
import { spending } from './budgeted-caller';
import { consume, type Outcome } from './consume';
import { refreshDeployment, refreshPipelines } from './delivery/refresh-delivery';
import { discoverRepositories } from './discover';
import { catchUp, isLicenceInactive, leaveUndone, noteLicence } from './licence';
import { leaveToComparison } from './leave-to-comparison';
import { removeLeftOut } from './leaving-out';
import { removeBeforeUninstallation } from './erasure/before-uninstallation';
import { whileCollecting } from './erasure/collecting';
import { ERASURE_PAUSE_SECONDS, runErasure, type ErasureContext } from './erasure/erasure-run';
import { runJobs } from './jobs/run-jobs';
import {
  liveMessage,
  LONGEST_DELAY_SECONDS,
  sendLive,
  sendWork,
  workMessage,
  type LiveMessage,
} from './messages';
import { refreshPullRequest } from './refresh';
import { refreshRepository, REMOVAL_DELAY_SECONDS, removeRepository } from './repository-record';
import { runWork } from './run-work';
import { handOutWork, isCollectingNow } from './tick';

/** Work that events asked for. */
export function live(event: AsyncEvent): Promise<Outcome> {
  return whileCollecting(() => liveWork(event, nowInSeconds()));
}

function liveWork(event: AsyncEvent, now: EpochSeconds): Promise<Outcome> {
  return consume(event, liveMessage, now, async (message) => {
    // What was deleted or left out is removed all the same.
    if (!isRemoval(message) && (await isLicenceInactive())) {
      return leaveUndone(message, now);
    }
    try {
      await spending('live', (caller) => serve(message, caller, now));
    } catch (error) {
      if (!(error instanceof BudgetSpent) || error.isPause) throw error;
      if (!(await leaveToComparison(message, LONGEST_DELAY_SECONDS, now))) throw error;
    }
  });
}

async function serve(message: LiveMessage, caller: Caller, now: EpochSeconds): Promise<void> {
  const { workspaceUuid, repository } = message;
  switch (message.kind) {
    case 'refresh-pull-request':
      return refreshPullRequest(caller, message, now);
    case 'refresh-repository':
      await refreshRepository(caller, workspaceUuid, repository, now);
      return;
    case 'remove-repository':
      if (!(await removeRepository(repository))) await sendLive(message, REMOVAL_DELAY_SECONDS);
      return;
    case 'remove-left-out':
      if (!(await removeLeftOut(repository))) await sendLive(message, REMOVAL_DELAY_SECONDS);
      return;
    case 'refresh-pipelines':
      return refreshPipelines(caller, workspaceUuid, repository, now);
    case 'refresh-deployment':
      return refreshDeployment(caller, workspaceUuid, repository, message.deployment, now);
  }
}

function isRemoval({ kind }: LiveMessage): boolean {
  return kind === 'remove-repository' || kind === 'remove-left-out';
}

/** Work that nobody waits for, as much as the budget and the time of one run allow. */
export function work(event: AsyncEvent): Promise<Outcome> {
  const context = {
    // The same for each delivery of one message: a run that failed finds its leases again.
    holder: event.jobId,
    now: nowInSeconds,
    timeLeft: (): number => getAppContext().invocationRemainingTimeInMillis(),
  };
  return whileCollecting(
    () => backgroundWork(event, context),
    () => erasure(event, context),
  );
}

/** Of an erasure that was not finished in time, or of which the message cannot be read, the next tick sends again. */
async function erasure(event: AsyncEvent, context: ErasureContext): Promise<void> {
  if ((await runErasure(context)) !== 'paused') return;
  const message = workMessage.safeParse(event.body);
  if (!message.success) return;
  const { workspaceUuid } = message.data;
  await sendWork({ version: 1, kind: 'run', workspaceUuid }, ERASURE_PAUSE_SECONDS);
}

function backgroundWork(event: AsyncEvent, context: ErasureContext): Promise<Outcome> {
  return consume(event, workMessage, nowInSeconds(), async (message) => {
    const { workspaceUuid } = message;
    if (message.kind === 'catch-up') return catchUp(workspaceUuid, nowInSeconds());
    if (message.kind === 'run') await runJobs({ ...context, workspaceUuid });
    if (await isLicenceInactive()) return;
    if (message.kind === 'discover') {
      return spending('open', (caller) =>
        discoverRepositories(caller, workspaceUuid, message, nowInSeconds()),
      );
    }
    const { ending, lookAgainAfter } = await runWork({ ...context, workspaceUuid });
    if (ending === 'no-time') await sendWork(message);
    else if (lookAgainAfter !== null) await sendWork(message, lookAgainAfter);
  });
}

/** Before the app is uninstalled. Forge waits 55 seconds at most, and for no result. */
export async function beforeUninstallation(): Promise<void> {
  await removeBeforeUninstallation(nowInSeconds(), () => getAppContext().invocationRemainingTimeInMillis());
}

/** Every five minutes: whatever is due goes on. Forge does not repeat a failed run; the next one does. */
export async function tick(_request: unknown, context: unknown): Promise<void> {
  const now = nowInSeconds();
  const workspaceUuid = workspaceOf(context);
  if (!(await isCollectingNow(workspaceUuid, now))) return;
  const isActive = isLicensed(context);
  await noteLicence(isActive, workspaceUuid, now);
  if (isActive) await handOutWork(workspaceUuid, now);
}
