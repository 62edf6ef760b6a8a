/** The Forge functions behind the queues and the schedule. */
import { getAppContext } from '@forge/api';
import type { AsyncEvent } from '@forge/events';
import { nowInSeconds } from '../runtime/clock';
import { workspaceOf } from '../runtime/installation';
import { spending } from './budgeted-caller';
import { consume, type Outcome } from './consume';
import { refreshDeployment, refreshPipelines } from './delivery/refresh-delivery';
import { discoverRepositories } from './discover';
import { liveMessage, sendWork, workMessage } from './messages';
import { refreshPullRequest } from './refresh';
import { refreshRepository, removeRepository } from './repository-record';
import { runWork } from './run-work';
import { handOutWork } from './tick';

/** Work that events asked for. */
export function live(event: AsyncEvent): Promise<Outcome> {
  const now = nowInSeconds();
  return consume(event, liveMessage, now, (message) =>
    spending('live', async (caller) => {
      const { workspaceUuid, repository } = message;
      switch (message.kind) {
        case 'refresh-pull-request':
          return refreshPullRequest(caller, message, now);
        case 'refresh-repository':
          await refreshRepository(caller, workspaceUuid, repository, now);
          return;
        case 'remove-repository':
          return removeRepository(repository);
        case 'refresh-pipelines':
          return refreshPipelines(caller, workspaceUuid, repository, now);
        case 'refresh-deployment':
          return refreshDeployment(caller, workspaceUuid, repository, message.deployment, now);
      }
    }),
  );
}

/** Work that nobody waits for, as much as the budget and the time of one run allow. */
export function work(event: AsyncEvent): Promise<Outcome> {
  return consume(event, workMessage, nowInSeconds(), async (message) => {
    const { workspaceUuid } = message;
    if (message.kind === 'discover') {
      return spending('open', (caller) =>
        discoverRepositories(caller, workspaceUuid, message, nowInSeconds()),
      );
    }
    const ending = await runWork({
      workspaceUuid,
      // The same for each delivery of one message: a run that failed finds its leases again.
      holder: event.jobId,
      now: nowInSeconds,
      timeLeft: () => getAppContext().invocationRemainingTimeInMillis(),
    });
    if (ending === 'no-time') await sendWork(message);
  });
}

/** Every five minutes: whatever is due goes on. Forge does not repeat a failed run; the next one does. */
export async function tick(_request: unknown, context: unknown): Promise<void> {
  await handOutWork(workspaceOf(context), nowInSeconds());
}
