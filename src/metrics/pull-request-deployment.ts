/** When one merged pull request reached production (METRICS 6). */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { DeliveryFacts } from './delivery/delivery-facts';
import type { DeliverySettings, DeploymentSourceKind } from './delivery/delivery-settings';
import { deployedAt, deploymentsOf } from './delivery/deployments';
import type { DeliveryInstant } from './delivery/explained';
import type { FigureOptions, MergedFacts } from './population';

/**
 * `other-branch`: merged into a branch that is not deployed; `no-main-branch`: nothing tells which one is; `waiting`: no
 * deployment has carried it yet; `first-known`: it came with the first deployment that is known, or earlier;
 * `before-tags`: tags count as deployments, and it was merged before the first that is known.
 */
export type PullRequestDeployment =
  | {
      readonly kind: 'deployed';
      /** What counts as a deployment here. */
      readonly source: DeploymentSourceKind;
      /** Whether an admin chose that; else it is found out from what there is. */
      readonly isSourceChosen: boolean;
      readonly at: EpochSeconds;
      readonly atSource: DeliveryInstant['source'];
    }
  | { readonly kind: 'other-branch' | 'no-main-branch' | 'waiting' | 'first-known' | 'before-tags' };

/** The first deployment that carried it; `delivery` holds at least what happened from 90 days before the merge on. */
export function deploymentOf(
  facts: MergedFacts,
  delivery: DeliveryFacts,
  settings: DeliverySettings,
  options: FigureOptions,
): PullRequestDeployment {
  if (options.defaultBranch === null) return { kind: 'no-main-branch' };
  if (facts.targetBranch !== options.defaultBranch) return { kind: 'other-branch' };
  const everybodys = { ...options, includeBots: true };
  const { source, knownSince, deployments } = deploymentsOf(delivery, settings, everybodys);
  const carrier = deployments.find(({ pullRequests }) => pullRequests.some(({ id }) => id === facts.id));
  if (carrier !== undefined) {
    const { at, source: atSource } = deployedAt(carrier);
    return {
      kind: 'deployed',
      source,
      isSourceChosen: settings.deploymentSource !== 'automatic',
      at,
      atSource,
    };
  }
  if (source === 'tag' && (knownSince === null || facts.mergedAt < knownSince)) {
    return { kind: 'before-tags' };
  }
  const isPerhapsCarried = deployments.some(({ heldUpTo }) => heldUpTo >= facts.mergedAt);
  return { kind: isPerhapsCarried ? 'first-known' : 'waiting' };
}
