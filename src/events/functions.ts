/** The Forge functions behind the triggers: they read the clock, and turn a failure into a request for redelivery. */
import type { InvocationError } from '@forge/events';
import { z } from 'zod';
import { nowInSeconds } from '../runtime/clock';
import { isLicensed, workspaceOf } from '../runtime/installation';
import { describeError, log } from '../runtime/log';
import { retryLater } from '../sync/consume';
import { collectAgain, isCollecting } from '../sync/erasure/collecting';
import { noteLicence } from '../sync/licence';
import { sendWork } from '../sync/messages';
import { decide } from '../sync/retry-policy';
import { receiveEvent } from './on-event';

const retried = z.object({ retryContext: z.object({ retryCount: z.number() }).optional() });

const installation = z.object({ eventType: z.literal('avi:forge:installed:app') });

/** Every `avi:bitbucket:*` event. */
export function onEvent(payload: unknown): Promise<InvocationError | undefined> {
  return orRetry(payload, () => receiveEvent(payload, nowInSeconds()));
}

/**
 * Installation and major upgrades: (re)discover the workspace's repositories; known ones are not read again. Where an
 * admin had everything erased, only an installation begins anew.
 */
export function onLifecycle(payload: unknown, context: unknown): Promise<InvocationError | undefined> {
  return orRetry(payload, async () => {
    const workspaceUuid = workspaceOf(context);
    const now = nowInSeconds();
    const begins = isInstallation(payload);
    if (!begins && !(await isCollecting())) return;
    // Before the first message: without a licence nothing of it is to be imported.
    await noteLicence(isLicensed(context), workspaceUuid, now);
    if (begins) await collectAgain(workspaceUuid, null, now);
    else await sendWork({ version: 1, kind: 'discover', workspaceUuid, next: null, found: 0 });
  });
}

function isInstallation(payload: unknown): boolean {
  return installation.safeParse(payload).success;
}

/** Forge retries a trigger only when it asks, at most four times; after that reconciliation must find what was missed. */
async function orRetry(payload: unknown, run: () => Promise<void>): Promise<InvocationError | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    const earlier = retried.safeParse(payload);
    const attempts = ((earlier.success ? earlier.data.retryContext?.retryCount : undefined) ?? 0) + 1;
    const decision = decide(error, attempts);
    log.error('event not taken', { ...describeError(error), attempts });
    if (decision.kind !== 'retry') throw error;
    return retryLater(decision.afterSeconds, decision.rateLimited);
  }
}
