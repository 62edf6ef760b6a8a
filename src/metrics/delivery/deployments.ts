/** What counts as a deployment, and which pull requests each one brought to production first (METRICS 6). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FigureOptions, MergedFacts } from '../population';
import { carrierAmong } from './carrier';
import { commitAges, heldUpTo, type CommitAges } from './commit-age';
import { mergedToDefault, shortHash, type DeliveryFacts } from './delivery-facts';
import type { DeliverySettings, DeploymentSourceKind } from './delivery-settings';
import { withEffects, type DeploymentEffect } from './deployment-effect';
import { endedDeployments, type EndedDeployment } from './ended-deployments';
import type { DeliveryInstant, Evidence } from './explained';
import { taggedDeployments, type TaggedDeployment } from './tagged-deployments';

export interface Deployment extends DeploymentEffect {
  readonly kind: Extract<Evidence['kind'], 'pull-request' | 'deployment' | 'tag'>;
  /** As evidence names it: Bitbucket's deployment, the merged pull request or the tag. */
  readonly id: string;
  /** When production had it: the deployment's completion, the merge, or the push of the tag. */
  readonly at: EpochSeconds;
  readonly atSource: DeliveryInstant['source'];
  /** First 12 digits; `null` where Bitbucket does not say. */
  readonly commit: string | null;
  /** The latest moment of the default branch that it can hold: what was merged later is not in it. */
  readonly heldUpTo: EpochSeconds;
  /** `null` where Bitbucket does not say, and for merges and tags. */
  readonly environmentId: string | null;
  /** Those whose first deployment it is, ascending by merge. */
  readonly pullRequests: readonly MergedFacts[];
}

export interface Deployments {
  /** Named on every chart. */
  readonly source: DeploymentSourceKind;
  /**
   * False where merges stand for deployments and nothing tells the default branch, and where tags do and none is known:
   * the list is then not to be counted.
   */
  readonly areKnown: boolean;
  /** Since when they are known, where that is not as long as the repository itself. */
  readonly knownSince: EpochSeconds | null;
  /** Over all known history, ascending. */
  readonly deployments: readonly Deployment[];
}

/**
 * The deployments by the setting's source. Bitbucket's deployments count when they completed `SUCCESSFUL` in a production
 * environment, tags when they were pushed.
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
  const ended = (those: readonly TaggedDeployment[], kind: 'deployment' | 'tag'): readonly Deployment[] =>
    withPullRequests(ofEnded(those, kind, commitAges(facts, options)), merged);
  switch (source) {
    case 'merge':
      return {
        source,
        areKnown: options.defaultBranch !== null,
        knownSince: null,
        deployments: merged.map(ofMerge),
      };
    case 'pipeline':
      return {
        source,
        areKnown: true,
        knownSince: null,
        deployments: ended(successful, 'deployment'),
      };
    case 'tag': {
      const { since, deployments } = taggedDeployments(facts.tags, settings.tagPattern);
      return {
        source,
        areKnown: since !== null,
        knownSince: since,
        deployments: ended(deployments, 'tag'),
      };
    }
  }
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
        productionEnvironmentTypes.some((type) => type === environmentType) ||
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

/** Bitbucket's deployments, or tags, ascending by their end. */
function ofEnded(
  successful: readonly TaggedDeployment[],
  kind: 'deployment' | 'tag',
  ages: CommitAges,
): readonly Deployment[] {
  return withEffects(successful).map((each) => ({
    kind,
    id: each.id,
    at: each.completedAt,
    atSource: kind === 'tag' ? 'push' : 'deployment',
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
