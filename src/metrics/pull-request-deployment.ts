/** When one merged pull request reached production (METRICS 6). */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { DeliveryFacts } from './delivery/delivery-facts';
import type { DeliverySettings, DeploymentSourceKind } from './delivery/delivery-settings';
import { deployedAt, deploymentsOf } from './delivery/deployments';
import type { DeliveryInstant } from './delivery/explained';
import type { FigureOptions, MergedFacts } from './population';

/**
 * `other-branch`: merged into a branch that is not deployed; `no-main-branch`: nothing tells which one is; `waiting`: no
 * deployment has carried it yet; `first-known`: it came with the first deployment that is known, or earlier.
 */
export type PullRequestDeployment =
  | {
      readonly kind: 'deployed';
      /** What counts as a deployment here. */
      readonly source: DeploymentSourceKind;
      readonly at: EpochSeconds;
      readonly atSource: DeliveryInstant['source'];
    }
  | { readonly kind: 'other-branch' | 'no-main-branch' | 'waiting' | 'first-known' };

/** The first deployment that carried it; `delivery` holds at least what happened from 90 days before the merge on. */
export function deploymentOf(
  facts: MergedFacts,
  delivery: DeliveryFacts,
  settings: DeliverySettings,
  options: FigureOptions,
): PullRequestDeployment {
  if (options.defaultBranch === null) return { kind: 'no-main-branch' };
  if (facts.targetBranch !== options.defaultBranch) return { kind: 'other-branch' };
  const { source, deployments } = deploymentsOf(delivery, settings, { ...options, includeBots: true });
  const carrier = deployments.find(({ pullRequests }) => pullRequests.some(({ id }) => id === facts.id));
  if (carrier !== undefined) {
    const { at, source: atSource } = deployedAt(carrier);
    return { kind: 'deployed', source, at, atSource };
  }
  const isPerhapsCarried = deployments.some(({ heldUpTo }) => heldUpTo >= facts.mergedAt);
  return { kind: isPerhapsCarried ? 'first-known' : 'waiting' };
}
