/** The Forge functions behind the queues and the schedule. */
import { getAppContext } from '@forge/api';
import type { AsyncEvent } from '@forge/events';
import { nowInSeconds } from '../runtime/clock';
import { workspaceOf } from '../runtime/installation';
import { consume, type Outcome } from './consume';
import { discoverRepositories, failImport, importPage } from './import-history';
import { importMessage, liveMessage, sendImport } from './messages';
import { refreshPullRequest } from './refresh';
import { refreshRepository, removeRepository } from './repository-record';
import { resumeImports } from './resume-imports';

/** A page of fifty pull requests takes under half a minute; with less time left the next page gets its own run. */
const TIME_FOR_ONE_PAGE_MILLISECONDS = 120_000;

/** Work that events asked for. */
export function live(event: AsyncEvent): Promise<Outcome> {
  const now = nowInSeconds();
  return consume(event, liveMessage, now, async (message) => {
    const { workspaceUuid, repository } = message;
    switch (message.kind) {
      case 'refresh-pull-request':
        return refreshPullRequest(message, now);
      case 'refresh-repository':
        await refreshRepository(workspaceUuid, repository, now);
        return;
      case 'remove-repository':
        return removeRepository(repository);
    }
  });
}

/** Work of the history import: as many pages as the run has time for, then a message to go on. */
export function importHistory(event: AsyncEvent): Promise<Outcome> {
  return consume(
    event,
    importMessage,
    nowInSeconds(),
    async (message) => {
      const { workspaceUuid } = message;
      if (message.kind === 'discover')
        return discoverRepositories(workspaceUuid, message.next, nowInSeconds());
      let step = await importPage(workspaceUuid, message.repository, nowInSeconds());
      while (step === 'more' && timeLeft() > TIME_FOR_ONE_PAGE_MILLISECONDS) {
        step = await importPage(workspaceUuid, message.repository, nowInSeconds());
      }
      if (step === 'more') await sendImport([message]);
    },
    async (message, reason) => {
      if (message.kind === 'import-repository') await failImport(message.repository, reason, nowInSeconds());
    },
  );
}

/** Every five minutes: whatever lost its message goes on. Forge does not repeat a failed run; the next one does. */
export async function tick(_request: unknown, context: unknown): Promise<void> {
  await resumeImports(workspaceOf(context), nowInSeconds());
}

function timeLeft(): number {
  return getAppContext().invocationRemainingTimeInMillis();
}
