/** Whether anything is collected, and how collecting ends and begins again. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { auditWrite, WORKSPACE_SCOPE } from '../../storage/audit';
import {
  changeConnection,
  connectedAgain,
  erasureBeginning,
  readConnection,
  type Connection,
} from '../../storage/connection';
import { describeError, log } from '../../runtime/log';
import { retryLater, type Outcome } from '../consume';
import { sendWork } from '../messages';

/** What is asked here first is storage: it failed, or was over its limit. */
const RETRY_SECONDS = 60;

/** Asked once by each function that begins, so that after the mark nothing new is collected. One request. */
export async function isCollecting(): Promise<boolean> {
  return (await readConnection()).state === 'connected';
}

/**
 * Runs a consumer while anything is collected; while everything is being erased it does `erase` instead, and after that
 * nothing: not even a message that cannot be read leaves a trace.
 */
export async function whileCollecting(
  run: () => Promise<Outcome>,
  erase: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Outcome> {
  try {
    const { state } = await readConnection();
    if (state === 'erasing') await erase();
    if (state !== 'connected') return undefined;
  } catch (error) {
    log.warn('not begun', describeError(error));
    return retryLater(RETRY_SECONDS, false);
  }
  return run();
}

/**
 * Begins to erase everything, unless that is under way or done; returns how far it is. Who asked for it is not kept:
 * nothing is.
 */
export async function beginErasure(workspaceUuid: string, now: EpochSeconds): Promise<Connection> {
  const connection = await changeConnection((before) => {
    const detail = before.state === 'connected' ? erasureBeginning(now) : before;
    return { detail, result: detail };
  });
  if (connection.state === 'erasing') await sendWork({ version: 1, kind: 'run', workspaceUuid });
  return connection;
}

/** Collects again after an erasure has ended; `by` is the account that asked for it, `null` of an installation. */
export async function collectAgain(
  workspaceUuid: string,
  by: string | null,
  now: EpochSeconds,
): Promise<Connection> {
  const connection = await changeConnection((before) => {
    if (before.state !== 'disconnected') return { detail: before, result: before };
    const detail = connectedAgain();
    const entry = { at: now, by, what: 'connect', before: before.state, after: detail.state };
    const also = by === null ? [] : [auditWrite(WORKSPACE_SCOPE, entry)];
    return { detail, result: detail, also };
  });
  // Also where it collects already: the message of whoever was first may have been lost.
  if (connection.state === 'connected') {
    await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0 });
  }
  return connection;
}
