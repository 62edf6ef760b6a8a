/** Makes the report of the tab. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import type { OpenWorkReport } from './reports/open-work-report';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function openWorkOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<OpenWorkReport | null> {
  const selection = await select(repository, query, now);
  return selection === null ? null : { asOf: now, window: selection.window };
}
