/** How far the import is, for the screen: this repository part by part, and the workspace in numbers only. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import { inactiveSince, readLicence } from '../storage/licence';
import { readLastEvent } from '../storage/repositories';
import { readTasks, type Task } from '../storage/tasks';
import { deliveryProgress } from '../sync/delivery/delivery-state';
import { importProgress } from '../sync/import/import-progress';
import { reconciliationProgress } from '../sync/reconcile/reconciliation-state';
import { remainingSeconds } from '../sync/remaining-time';
import { sizesProgress } from '../sync/sizes/sizes-state';
import { workspaceProgress } from '../sync/workspace-progress';
import type { PartProgress, ProgressReport } from './contract';

/** `null` where nothing is stored of the repository. */
export async function progressOf(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<ProgressReport | null> {
  const tasks = await readTasks(repository);
  const pullRequests = tasks.get('pull-requests');
  if (pullRequests === undefined) return null;
  const imported = importProgress(pullRequests);
  const reconciliation = tasks.get('reconciliation');
  const reconciled = reconciliation === undefined ? null : reconciliationProgress(reconciliation);
  const parts = [
    { part: 'pull-requests' as const, ...imported },
    ...part('deployments', tasks.get('deployments'), deliveryProgress),
    ...part('pipelines', tasks.get('pipelines'), deliveryProgress),
    ...part('sizes', tasks.get('sizes'), sizesProgress),
  ];
  return {
    asOf: now,
    licenceInactiveSince: inactiveSince(await readLicence()),
    repository: {
      parts: parts.map((each): PartProgress => ({
        part: each.part,
        state: each.state,
        done: each.done,
        expected: each.expected,
        trouble: each.trouble,
      })),
      remainingSeconds: remainingSeconds(imported),
      lastEventAt: await readLastEvent(repository),
      lastReconciledAt: reconciled?.lastAt ?? null,
      nextReconciliationAt: reconciled?.nextAt ?? null,
      healed: reconciled?.healed ?? 0,
      requests: parts.reduce((sum, each) => sum + each.requests, reconciled?.requests ?? 0),
    },
    workspace: await workspaceProgress(now),
  };
}

function part<P extends PartProgress['part'], T>(
  name: P,
  task: Task | undefined,
  read: (task: Task) => T,
): readonly (T & { readonly part: P })[] {
  return task === undefined ? [] : [{ part: name, ...read(task) }];
}
