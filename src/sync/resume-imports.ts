/** Starts again whatever part of the history import lost its message. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { isDiscovered, readImport, unfinishedImports } from '../storage/repositories';
import { sendImport, type ImportMessage } from './messages';

/** A page is saved at least every minute or two; an import silent for this long has no message under way. */
const SILENCE_SECONDS = 30 * 60;

/** Sent at once: the next tick brings more, and Forge takes 500 events a minute. */
const MOST_MESSAGES = 100;

/**
 * Asks for the list of repositories where it was never completed, and for every import that fell silent. Two runs at
 * once do no harm: an import reads each page at its saved cursor, one at a time for each repository.
 */
export async function resumeImports(workspaceUuid: string, now: EpochSeconds): Promise<void> {
  const messages: ImportMessage[] = [];
  if (!(await isDiscovered())) messages.push({ version: 1, kind: 'discover', workspaceUuid, next: null });
  for (const repository of await unfinishedImports()) {
    if (messages.length === MOST_MESSAGES) break;
    const task = await readImport(repository);
    if (task?.state === 'complete' || task?.state === 'failed') continue;
    if (task && now - task.updatedAt < SILENCE_SECONDS) continue;
    messages.push({ version: 1, kind: 'import-repository', workspaceUuid, repository });
  }
  if (messages.length > 0) await sendImport(messages);
}
