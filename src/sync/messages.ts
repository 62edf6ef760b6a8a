/** The messages of the two queues: ids only, with a version, since a message may outlive the code that sent it. */
import { Queue, type PushEvent } from '@forge/events';
import { z } from 'zod';

const version = z.literal(1);
const workspaceUuid = z.string().min(1);
const repository = z.string().min(1);

export const liveMessage = z.discriminatedUnion('kind', [
  z.object({ version, kind: z.literal('refresh-pull-request'), workspaceUuid, repository, pullRequest: z.number().int().positive() }),
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

/** Forge: a push holds at most 50 events. */
const MOST_EVENTS_A_PUSH = 50;

/** One writer a repository: its ledgers are shared by all its pull requests. */
function oneAtATime(message: LiveMessage | ImportMessage): { concurrency?: { key: string; limit: number } } {
  return 'repository' in message ? { concurrency: { key: `repository-${message.repository}`, limit: 1 } } : {};
}

export async function sendLive(message: LiveMessage, delayInSeconds = 0): Promise<void> {
  await new Queue({ key: 'live' }).push({
    body: message,
    ...oneAtATime(message),
    ...(delayInSeconds > 0 ? { delayInSeconds } : {}),
  });
}

export async function sendImport(messages: readonly ImportMessage[]): Promise<void> {
  const queue = new Queue({ key: 'import' });
  for (let first = 0; first < messages.length; first += MOST_EVENTS_A_PUSH) {
    const events: PushEvent[] = messages
      .slice(first, first + MOST_EVENTS_A_PUSH)
      .map((body) => ({ body, ...oneAtATime(body) }));
    await queue.push(events);
  }
}
