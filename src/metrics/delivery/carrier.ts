/** Finds the deployment that first brought something from the default branch to production. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { shortHash } from './delivery-facts';
import type { Deployment } from './deployments';
import { firstPlace } from './in-order';

/** What came to the default branch: a merge or a direct push. */
export interface Landing {
  /** The commit that the branch then ended in; `null` where nothing tells it. */
  readonly commit: string | null;
  readonly at: EpochSeconds;
}

/**
 * Tells of a landing which of the deployments carried it: the first of its own commit, or the first that began at or
 * after it with a commit that is not known to be older; `null` while there is none.
 *
 * Of the first known deployment only its own commit is certain: what else it held may have been in production for years
 * before deployments were recorded, so nothing more is ascribed to it (DevLake likewise asks for a deployment before).
 */
export function carrierAmong(deployments: readonly Deployment[]): (landing: Landing) => Deployment | null {
  const placeOfCommit = new Map(
    // Reversed, so that the first of a commit is what remains.
    deployments.flatMap(({ commit }, place) => (commit === null ? [] : [[commit, place] as const])).reverse(),
  );
  // The latest moment that each or any before it can hold: ascending, unlike its own.
  const heldUpTo: EpochSeconds[] = [];
  for (const each of deployments) {
    heldUpTo.push(Math.max(heldUpTo.at(-1) ?? Number.NEGATIVE_INFINITY, each.heldUpTo));
  }
  return ({ commit, at }) => {
    const placeOfOwn = commit === null ? undefined : placeOfCommit.get(shortHash(commit));
    const placeOfLater = firstPlace(heldUpTo.length, (place) => (heldUpTo[place] ?? at) >= at);
    const place = Math.min(placeOfOwn ?? deployments.length, placeOfLater);
    return place === 0 && placeOfOwn !== 0 ? null : (deployments[place] ?? null);
  };
}
