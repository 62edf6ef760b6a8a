/** How late a deployed commit can be: hashes alone do not tell what a commit contains, but its age bounds it. */
import type { DeploymentFacts } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { mergedToDefault, shortHash, type DeliveryFacts } from './delivery-facts';

/** By short hash. */
export interface CommitAges {
  /** When the default branch came to the commit: a merge of a pull request, or a push. */
  readonly cameToBranchAt: ReadonlyMap<string, EpochSeconds>;
  /** When a deployment of the commit first began, to whichever environment and however it ended, or it was tagged. */
  readonly firstStartedAt: ReadonlyMap<string, EpochSeconds>;
}

/** Both from everything known: what bots merged, and what was deployed to a test environment, tells an age too. */
export function commitAges(facts: DeliveryFacts, options: FigureOptions): CommitAges {
  const merged = mergedToDefault(facts.pullRequests, { ...options, includeBots: true });
  return {
    // A push is seen shortly after its merge: the merge's own instant prevails.
    cameToBranchAt: new Map([
      ...earliest(facts.pushes),
      ...earliest(merged.map(({ mergeCommit, mergedAt }) => ({ commit: mergeCommit, at: mergedAt }))),
    ]),
    firstStartedAt: earliest([
      ...facts.deployments.map(({ commit, startedAt }) => ({ commit, at: startedAt })),
      ...facts.tags,
    ]),
  };
}

/**
 * The latest moment of the default branch that a deployment can hold: when the branch came to its commit, as far as that
 * is known, and no later than any deployment of the commit began. A commit does not change after it is made: one that
 * waited in staging while another pull request was merged does not contain it.
 */
export function heldUpTo(
  { commit, startedAt }: Pick<DeploymentFacts, 'commit' | 'startedAt'>,
  ages: CommitAges,
): EpochSeconds {
  if (commit === null) return startedAt;
  const hash = shortHash(commit);
  return Math.min(
    ages.firstStartedAt.get(hash) ?? startedAt,
    ages.cameToBranchAt.get(hash) ?? Number.POSITIVE_INFINITY,
  );
}

interface Sighting {
  readonly commit: string | null;
  readonly at: EpochSeconds;
}

function earliest(sightings: readonly Sighting[]): ReadonlyMap<string, EpochSeconds> {
  const found = new Map<string, EpochSeconds>();
  for (const { commit, at } of sightings) {
    if (commit === null) continue;
    const hash = shortHash(commit);
    found.set(hash, Math.min(found.get(hash) ?? at, at));
  }
  return found;
}
