/** The messages of the two queues: ids only, with a version, since a message may outlive the code that sent it. */
import { Queue } from '@forge/events';
import { z } from 'zod';

const version = z.literal(1);
const workspaceUuid = z.string().min(1);
const repository = z.string().min(1);

export const liveMessage = z.discriminatedUnion('kind', [
  z.object({
    version,
    kind: z.literal('refresh-pull-request'),
    workspaceUuid,
    repository,
    pullRequest: z.number().int().positive(),
    /** When it was asked for: what was read later need not be read again. */
    requestedAt: z.number().int(),
  }),
  z.object({ version, kind: z.literal('refresh-repository'), workspaceUuid, repository }),
  z.object({ version, kind: z.literal('remove-repository'), workspaceUuid, repository }),
  /** Of one that an admin left out: without effect where it was taken back in meanwhile. */
  z.object({ version, kind: z.literal('remove-left-out'), workspaceUuid, repository }),
  z.object({ version, kind: z.literal('refresh-pipelines'), workspaceUuid, repository }),
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
export const LONGEST_DELAY_SECONDS = 900;

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
