/** Bitbucket's deployments that have ended. */
import type { DeploymentFacts } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';

export type EndedDeployment = DeploymentFacts & { readonly completedAt: EpochSeconds };

/** Those whose end Bitbucket dates, ascending by it: one that nothing dates is in no window, like an undated merge. */
export function endedDeployments(facts: readonly DeploymentFacts[]): readonly EndedDeployment[] {
  return facts
    .filter((each): each is EndedDeployment => each.isCompleted && each.completedAt !== null)
    .toSorted((a, b) => a.completedAt - b.completedAt || (a.id < b.id ? -1 : 1));
}
