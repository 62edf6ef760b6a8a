/** The messages of the two queues: ids only, with a version, since a message may outlive the code that sent it. */
import { Queue } from '@forge/events';
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';

const version = z.literal(1);
const workspaceUuid = z.string().min(1);
const repository = z.string().min(1);
/** Epoch seconds; for a wait that is longer than Forge delays a message. */
const notBefore = z.number().int().optional();

export const liveMessage = z.discriminatedUnion('kind', [
  z.object({
    version,
    kind: z.literal('refresh-pull-request'),
    workspaceUuid,
    repository,
    pullRequest: z.number().int().positive(),
    /** When it was asked for: what was read later need not be read again. */
    requestedAt: z.number().int(),
    notBefore,
  }),
  z.object({ version, kind: z.literal('refresh-repository'), workspaceUuid, repository }),
  z.object({ version, kind: z.literal('remove-repository'), workspaceUuid, repository }),
  /** Of one that an admin left out: without effect where it was taken back in meanwhile. */
  z.object({ version, kind: z.literal('remove-left-out'), workspaceUuid, repository }),
  z.object({ version, kind: z.literal('refresh-pipelines'), workspaceUuid, repository, notBefore }),
  z.object({
    version,
    kind: z.literal('refresh-deployment'),
    workspaceUuid,
    repository,
    deployment: z.string().min(1),
  }),
]);

/** Work that an event asked for. */
export type LiveMessage = z.output<typeof liveMessage>;

export const workMessage = z.discriminatedUnion('kind', [
  z.object({
    version,
    kind: z.literal('discover'),
    workspaceUuid,
    next: z.string().nullable(),
    /** Repositories on the pages before. */
    found: z.number().int(),
    /** Imports that began before this instant (epoch seconds) begin anew: somebody asked for it. */
    again: z.number().int().optional(),
  }),
  /** After a time without a licence: everything is compared with Bitbucket. */
  z.object({ version, kind: z.literal('catch-up'), workspaceUuid }),
  /** What is to be done stands in the store, not here: two runs, or a lost one, do no harm. */
  z.object({ version, kind: z.literal('run'), workspaceUuid }),
]);

/** Work that nobody waits for: finding repositories, history, reconciliation. */
export type WorkMessage = z.output<typeof workMessage>;

/**
 * Events on one pull request come in bursts (a push, its build, two comments): the refresh waits at least this long, so
 * that one reading serves them all.
 */
export const REFRESH_DELAY_SECONDS = 15;

/** A pipeline reports its build several times, and many end together. */
export const PIPELINES_DELAY_SECONDS = 120;

/** A second run begins while the first still works; leases keep them apart, the budget is the same. */
const RUNS_AT_ONCE = 2;

/** Forge delays no message longer. */
const LONGEST_DELAY_SECONDS = 900;

/** How long a message that came too early is still to wait, as Forge allows it at once; 0 where its time has come. */
export function waitOf(message: LiveMessage, now: EpochSeconds): number {
  const wait = 'notBefore' in message && message.notBefore !== undefined ? message.notBefore - now : 0;
  return Math.max(0, Math.min(LONGEST_DELAY_SECONDS, wait));
}

/** Asks for work that may wait so many seconds for further events on the same thing. */
export function sendLiveAfter(
  message: Extract<LiveMessage, { readonly notBefore?: unknown }>,
  delay: number,
  now: EpochSeconds,
): Promise<void> {
  if (delay <= LONGEST_DELAY_SECONDS) return sendLive(message, delay);
  return sendLive({ ...message, notBefore: now + delay }, LONGEST_DELAY_SECONDS);
}

export async function sendLive(message: LiveMessage, delayInSeconds = 0): Promise<void> {
  await new Queue({ key: 'live' }).push({
    body: message,
    // One refresh of a repository at a time: its pull requests share ledgers, and waiting is cheaper than a conflict.
    concurrency: { key: `repository-${message.repository}`, limit: 1 },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  });
}

export async function sendWork(message: WorkMessage, delayInSeconds = 0): Promise<void> {
  await new Queue({ key: 'work' }).push({
    body: message,
    // A run may take a quarter of an hour: finding repositories does not wait for it.
    concurrency:
      message.kind === 'discover' ? { key: 'discover', limit: 1 } : { key: 'work', limit: RUNS_AT_ONCE },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  });
}
