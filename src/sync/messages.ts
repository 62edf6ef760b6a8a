/** The messages of the two queues: ids only, with a version, since a message may outlive the code that sent it. */
import { Queue, type PushEvent } from '@forge/events';
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
]);

/** Work that an event asked for. */
export type LiveMessage = z.output<typeof liveMessage>;

export const importMessage = z.discriminatedUnion('kind', [
  z.object({ version, kind: z.literal('discover'), workspaceUuid, next: z.string().nullable() }),
  z.object({ version, kind: z.literal('import-repository'), workspaceUuid, repository }),
]);

/** Work of the history import. */
export type ImportMessage = z.output<typeof importMessage>;

/**
 * Events on one pull request come in bursts (a push, its build, two comments): the refresh waits this long, so that
 * one reading serves them all.
 */
export const REFRESH_DELAY_SECONDS = 15;

/** History waits its turn, so that a workspace of thousands neither crowds out live events nor fills the queue. */
const REPOSITORIES_AT_ONCE = 2;

/** Forge: a push holds at most 50 events. */
const MOST_EVENTS_A_PUSH = 50;

export async function sendLive(message: LiveMessage, delayInSeconds = 0): Promise<void> {
  await new Queue({ key: 'live' }).push({
    body: message,
    // One refresh of a repository at a time: its pull requests share ledgers, and waiting is cheaper than a conflict.
    concurrency: { key: `repository-${message.repository}`, limit: 1 },
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  });
}

export async function sendImport(messages: readonly ImportMessage[]): Promise<void> {
  const queue = new Queue({ key: 'import' });
  for (let first = 0; first < messages.length; first += MOST_EVENTS_A_PUSH) {
    const events: PushEvent[] = messages
      .slice(first, first + MOST_EVENTS_A_PUSH)
      .map((body) => ({ body, concurrency: { key: 'import', limit: REPOSITORIES_AT_ONCE } }));
    await queue.push(events);
  }
}
