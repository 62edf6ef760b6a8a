/** Makes the report of the panel on a pull request. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { RepositoryId } from '../storage/keys';
import type { PullRequestReport } from './reports/pull-request-report';

/** `null` where nothing is stored of the pull request. */
export function pullRequestOf(
  _place: { readonly repository: RepositoryId; readonly pullRequest: number },
  now: EpochSeconds,
): Promise<PullRequestReport | null> {
  return Promise.resolve({ asOf: now });
}
