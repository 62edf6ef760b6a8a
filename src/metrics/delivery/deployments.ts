/** What counts as a deployment, and which pull requests each one brought to production first (METRICS 6). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FigureOptions, MergedFacts } from '../population';
import { carrierAmong } from './carrier';
import { commitAges, heldUpTo } from './commit-age';
import { mergedToDefault, shortHash, type DeliveryFacts } from './delivery-facts';
import type { DeliverySettings, DeploymentSourceKind } from './delivery-settings';
import { withEffects, type DeploymentEffect } from './deployment-effect';
import { endedDeployments, type EndedDeployment } from './ended-deployments';
import type { DeliveryInstant, Evidence } from './explained';

export interface Deployment extends DeploymentEffect {
  readonly kind: Extract<Evidence['kind'], 'pull-request' | 'deployment'>;
  /** Bitbucket's uuid of the deployment, or the number of the pull request whose merge stands for one. */
  readonly id: string;
  /** When production had it: the deployment's completion, or the merge. */
  readonly at: EpochSeconds;
  readonly atSource: DeliveryInstant['source'];
  /** First 12 digits; `null` where Bitbucket does not say. */
  readonly commit: string | null;
  /** The latest moment of the default branch that it can hold: what was merged later is not in it. */
  readonly heldUpTo: EpochSeconds;
  /** `null` where Bitbucket does not say, and for merges. */
  readonly environmentId: string | null;
  /** Those whose first deployment it is, ascending by merge. */
  readonly pullRequests: readonly MergedFacts[];
}

export interface Deployments {
  /** Named on every chart. */
  readonly source: DeploymentSourceKind;
  /** False where merges stand for deployments and nothing tells the default branch: the list is then not to be counted. */
  readonly areKnown: boolean;
  /** Over all known history, ascending. */
  readonly deployments: readonly Deployment[];
}

/**
 * The deployments by the setting's source. Bitbucket's deployments count when they completed `SUCCESSFUL` in a production
 * environment.
 */
export function deploymentsOf(
  facts: DeliveryFacts,
  settings: DeliverySettings,
  options: FigureOptions,
): Deployments {
  const successful = productionDeployments(facts, settings, 'SUCCESSFUL');
  const { deploymentSource } = settings;
  const automatic = successful.length > 0 ? 'pipeline' : 'merge';
  const source = deploymentSource === 'automatic' ? automatic : deploymentSource;
  const merged = mergedToDefault(facts.pullRequests, options);
  return source === 'merge'
    ? { source, areKnown: options.defaultBranch !== null, deployments: merged.map(ofMerge) }
    : {
        source,
        areKnown: true,
        deployments: withPullRequests(ofPipelines(successful, facts, options), merged),
      };
}

/** Deployments to production that ended so, ascending by their end. */
export function productionDeployments(
  { deployments }: DeliveryFacts,
  { productionEnvironmentTypes, productionEnvironmentIds }: DeliverySettings,
  status: 'SUCCESSFUL' | 'FAILED',
): readonly EndedDeployment[] {
  return endedDeployments(deployments)
    .filter((each) => each.status === status)
    .filter(
      ({ environmentType, environmentId }) =>
        (environmentType !== null && productionEnvironmentTypes.includes(environmentType)) ||
        (environmentId !== null && productionEnvironmentIds.includes(environmentId)),
    );
}

/** The instant of a deployment, as evidence names it. */
export function deployedAt({ at, atSource }: Deployment): DeliveryInstant {
  return { name: 'deployedAt', at, source: atSource };
}

/** Pulse's rule: a merge into the default branch is a deployment, and its own commits are the changes. */
function ofMerge(facts: MergedFacts): Deployment {
  return {
    kind: 'pull-request',
    id: String(facts.id),
    at: facts.mergedAt,
    atSource: facts.mergedAtSource ?? 'activity',
    commit: facts.mergeCommit === null ? null : shortHash(facts.mergeCommit),
    heldUpTo: facts.mergedAt,
    environmentId: null,
    effect: 'change',
    previousAt: null,
    pullRequests: [facts],
  };
}

function ofPipelines(
  successful: readonly EndedDeployment[],
  facts: DeliveryFacts,
  options: FigureOptions,
): readonly Deployment[] {
  const ages = commitAges(facts, options);
  return withEffects(successful).map((each) => ({
    kind: 'deployment',
    id: each.id,
    at: each.completedAt,
    atSource: 'deployment',
    commit: each.commit === null ? null : shortHash(each.commit),
    heldUpTo: heldUpTo(each, ages),
    environmentId: each.environmentId,
    effect: each.effect,
    previousAt: each.previousAt,
    pullRequests: [],
  }));
}

function withPullRequests(
  deployments: readonly Deployment[],
  merged: readonly MergedFacts[],
): readonly Deployment[] {
  const brought = new Map<string, MergedFacts[]>();
  const carrierOf = carrierAmong(deployments);
  for (const each of merged) {
    const carrier = carrierOf({ commit: each.mergeCommit, at: each.mergedAt });
    if (carrier === null) continue;
    const known = brought.get(carrier.id);
    if (known === undefined) brought.set(carrier.id, [each]);
    else known.push(each);
  }
  return deployments.map((each) => ({ ...each, pullRequests: brought.get(each.id) ?? [] }));
}
