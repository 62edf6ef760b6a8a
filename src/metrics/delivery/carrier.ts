/** Finds the deployment that first brought something from the default branch to production. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { shortHash } from './delivery-facts';
import type { Deployment } from './deployments';

/** What came to the default branch: a merge or a direct push. */
export interface Landing {
  /** The commit that the branch then ended in; `null` where nothing tells it. */
  readonly commit: string | null;
  readonly at: EpochSeconds;
}

/**
 * The first deployment of the landing's own commit, or the first that began at or after it with a commit that is not
 * known to be older; `null` while there is none.
 *
 * Of the first known deployment only its own commit is certain: what else it held may have been in production for years
 * before deployments were recorded, so nothing more is ascribed to it (DevLake likewise asks for a deployment before).
 */
export function carrierOf(landing: Landing, deployments: readonly Deployment[]): Deployment | null {
  const hash = landing.commit === null ? null : shortHash(landing.commit);
  const isOfItsCommit = ({ commit }: Deployment): boolean => commit !== null && commit === hash;
  const place = deployments.findIndex((each) => isOfItsCommit(each) || each.heldUpTo >= landing.at);
  const carrier = deployments[place];
  if (carrier === undefined) return null;
  return place === 0 && !isOfItsCommit(carrier) ? null : carrier;
}
