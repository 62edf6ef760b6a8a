/** Makes the report of the tab. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import type { PipelinesReport } from './reports/pipelines-report';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function pipelinesOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<PipelinesReport | null> {
  const selection = await select(repository, query, now);
  return selection === null ? null : { asOf: now, window: selection.window };
}
