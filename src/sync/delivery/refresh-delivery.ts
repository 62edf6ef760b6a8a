/** Reads pipelines and deployments again because an event spoke of them. */
import { readDeployment } from '../../bitbucket/repositories';
import type { Caller } from '../../bitbucket/requests';
import { deriveDeployment } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { saveDelivery } from '../../storage/delivery-months';
import { withdrawPipelinesRefresh } from '../../storage/inbox';
import { withBraces, type RepositoryId } from '../../storage/keys';
import { isRecord, saveLastEvent } from '../../storage/repositories';
import { knownRepository } from '../repository-record';
import { readDeliveryPage } from './read-delivery';

/** The hundred newest pipelines as they are now. */
export async function refreshPipelines(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<void> {
  await withdrawPipelinesRefresh(repository);
  const record = await knownRepository(caller, workspaceUuid, repository, now);
  if (!isRecord(record)) return;
  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  await readDeliveryPage(caller, 'pipelines', address, record.defaultBranch, null, now);
  await saveLastEvent(repository, now);
}

/** One deployment as it is now. */
export async function refreshDeployment(
  caller: Caller,
  workspaceUuid: string,
  repository: RepositoryId,
  deployment: string,
  now: EpochSeconds,
): Promise<void> {
  if (!isRecord(await knownRepository(caller, workspaceUuid, repository, now))) return;
  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  const facts = deriveDeployment(await readDeployment(caller, address, withBraces(deployment)));
  if (facts !== null) await saveDelivery(repository, { pipelines: [], deployments: [facts] });
  await saveLastEvent(repository, now);
}
