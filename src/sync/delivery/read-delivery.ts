/** Reads a page of pipelines or deployments and stores what it tells: for the import, reconciliation and events. */
import { readDeploymentPage, readPipelinePage } from '../../bitbucket/repositories';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { deriveDeployment, derivePipeline } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { saveDelivery } from '../../storage/delivery-months';
import { withoutBraces, type RepositoryId } from '../../storage/keys';
import { createTask } from '../../storage/tasks';
import { deliveryBeginning } from './delivery-state';

/** What a page held; instants in epoch seconds. */
export interface DeliveryPage {
  readonly count: number;
  /** Of these, new or different from what was stored. */
  readonly changed: number;
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
  if (part === 'pipelines') {
    const page = await readPipelinePage(caller, address, next);
    const pipelines = page.values.map((each) => derivePipeline(each, defaultBranch));
    const changed = await saveDelivery(repository, { pipelines, deployments: [] });
    if (pipelines.length > 0) await beginDeployments(repository, now);
    return { ...summary(page, changed), oldest: earliest(pipelines.map(({ createdAt }) => createdAt)) };
  }
  const page = await readDeploymentPage(caller, address, next);
  const deployments = page.values.flatMap((each) => deriveDeployment(each) ?? []);
  const changed = await saveDelivery(repository, { pipelines: [], deployments });
  return { ...summary(page, changed), oldest: earliest(deployments.map(({ startedAt }) => startedAt)) };
}

/** Deployments come out of pipelines: where there are none, nobody asks for them. */
async function beginDeployments(repository: RepositoryId, now: EpochSeconds): Promise<void> {
  await createTask(repository, 'deployments', { queue: 'recent', rank: -now }, deliveryBeginning(now));
}

function summary(
  page: { readonly values: readonly unknown[]; readonly next: string | null; readonly size: number | null },
  changed: number,
): Omit<DeliveryPage, 'oldest'> {
  return { count: page.values.length, changed, next: page.next, size: page.size };
}

function earliest(instants: readonly EpochSeconds[]): EpochSeconds | null {
  return instants.length === 0 ? null : Math.min(...instants);
}
