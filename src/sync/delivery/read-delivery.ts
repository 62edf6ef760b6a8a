/** Reads a page of pipelines or deployments and stores what it tells: for the import, reconciliation and events. */
import { readDeploymentPage, readPipelinePage } from '../../bitbucket/repositories';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { deriveDeployment, derivePipeline } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { saveDelivery } from '../../storage/delivery-months';
import { withoutBraces, type RepositoryId } from '../../storage/keys';
import { keptSince } from '../../storage/retention';
import { createTask, readTask, restartTask } from '../../storage/tasks';
import { readSettings } from '../../storage/workspace-settings';
import { deliveryBeginning } from './delivery-state';

/** What a page held; instants in epoch seconds. */
export interface DeliveryPage {
  readonly count: number;
  /** Of these, new or different from what was stored. */
  readonly changed: number;
  /** `null` also where what follows is older than what is kept. */
  readonly next: string | null;
  readonly size: number | null;
  /** The beginning of the oldest one; `null` on an empty page. */
  readonly oldest: EpochSeconds | null;
}

export type DeliveryPart = 'pipelines' | 'deployments';

export async function readDeliveryPage(
  caller: Caller,
  part: DeliveryPart,
  address: RepositoryAddress,
  defaultBranch: string | null,
  next: string | null,
  now: EpochSeconds,
): Promise<DeliveryPage> {
  const repository = withoutBraces(address.repositoryUuid);
  const since = keptSince(await readSettings(), now);
  if (part === 'pipelines') {
    const page = await readPipelinePage(caller, address, next);
    const pipelines = page.values.map((each) => derivePipeline(each, defaultBranch));
    const kept = pipelines.filter(({ createdAt }) => createdAt >= since);
    const changed = await saveDelivery(repository, { pipelines: kept, deployments: [] });
    if (pipelines.length > 0) await beginDeployments(repository, now);
    return summary(page, { changed, since, oldest: earliest(pipelines.map(({ createdAt }) => createdAt)) });
  }
  const page = await readDeploymentPage(caller, address, next);
  const deployments = page.values.flatMap((each) => deriveDeployment(each) ?? []);
  const kept = deployments.filter(({ startedAt }) => startedAt >= since);
  const changed = await saveDelivery(repository, { pipelines: [], deployments: kept });
  return summary(page, { changed, since, oldest: earliest(deployments.map(({ startedAt }) => startedAt)) });
}

/** Begins the import of a part anew where it had come to its end. */
export async function readAgain(
  repository: RepositoryId,
  part: DeliveryPart,
  now: EpochSeconds,
): Promise<void> {
  const task = await readTask(repository, part);
  if (task?.queue !== 'idle') return;
  await restartTask(repository, part, { queue: 'recent', rank: -now }, deliveryBeginning(now));
}

/** Deployments come out of pipelines: where there are none, nobody asks for them. */
async function beginDeployments(repository: RepositoryId, now: EpochSeconds): Promise<void> {
  await createTask(repository, 'deployments', { queue: 'recent', rank: -now }, deliveryBeginning(now));
}

function summary(
  page: { readonly values: readonly unknown[]; readonly next: string | null; readonly size: number | null },
  stored: Pick<DeliveryPage, 'changed' | 'oldest'> & { readonly since: EpochSeconds },
): DeliveryPage {
  const { changed, oldest, since } = stored;
  const isPast = oldest !== null && oldest < since;
  return { count: page.values.length, changed, next: isPast ? null : page.next, size: page.size, oldest };
}

function earliest(instants: readonly EpochSeconds[]): EpochSeconds | null {
  return instants.length === 0 ? null : Math.min(...instants);
}
