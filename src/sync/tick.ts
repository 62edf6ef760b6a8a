/** What the five-minute schedule does: looks for new repositories daily, and starts a run where something is due. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { readBudget } from '../storage/budget';
import { readJobs } from '../storage/jobs';
import { noteDiscovery, readDiscoveryState, type DiscoveryState } from '../storage/repositories';
import { WORK_QUEUES, dueTasks } from '../storage/tasks';
import { ensureJobs } from './jobs/run-jobs';
import { sendWork } from './messages';
import { take, UNSPENT_BUDGET } from './request-budget';

/** A repository whose events were all lost is found by the list. */
const DISCOVERY_SECONDS = 24 * 3_600;

/** A listing that was not heard of for so long was lost: its next page waits for a message only. */
const LOST_SECONDS = 1_800;

/**
 * Whether anything is collected. Jobs of the whole workspace that are due go on, and while an admin has everything
 * erased, that goes on instead of all else.
 */
export async function isCollectingNow(workspaceUuid: string, now: EpochSeconds): Promise<boolean> {
  const { connection, jobs } = await readJobs();
  if (connection.state === 'disconnected') return false;
  const isErasing = connection.state === 'erasing';
  if (isErasing || (await ensureJobs(jobs, now))) await sendWork({ version: 1, kind: 'run', workspaceUuid });
  return !isErasing;
}

/**
 * Hands out this tick's share: a run takes what is left of the hour for work of its kind, so a tick that was lost
 * leaves its share to the next, and a doubled one finds it taken.
 */
export async function handOutWork(workspaceUuid: string, now: EpochSeconds): Promise<void> {
  // Side by side: a tick is paid for by the time it waits, 288 times a day in every workspace.
  const [budget, discovery, due] = await allEnded([
    readBudget(UNSPENT_BUDGET),
    readDiscoveryState(),
    allEnded(WORK_QUEUES.map((queue) => dueTasks(queue, now, 1))),
  ]);
  if (take(budget, 'open', 1, now).result.count === 0) return;
  if (isDiscoveryDue(discovery, now)) {
    await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0 });
    await noteDiscovery(discovery, now);
  } else if (due.some((tasks) => tasks.length > 0)) {
    await sendWork({ version: 1, kind: 'run', workspaceUuid });
  }
}

/** A second listing beside one that goes on would ask for the same. */
function isDiscoveryDue({ last, goesOnAt }: DiscoveryState, now: EpochSeconds): boolean {
  if (goesOnAt !== null && now - goesOnAt < LOST_SECONDS) return false;
  return last === null || now - last.at >= DISCOVERY_SECONDS;
}
