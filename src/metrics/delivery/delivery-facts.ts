/** The facts that delivery figures are made of, and which of them count (METRICS 2 and 6). */
import type { DeploymentFacts } from '../../facts/delivery-facts';
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import { counted, type FigureOptions, type MergedFacts } from '../population';

/** A push to the repository's default branch. */
export interface DefaultBranchPush {
  readonly at: EpochSeconds;
  /** `merge`: of a merged pull request; `direct`: of none; `unknown`: not yet compared with Bitbucket. */
  readonly origin: 'merge' | 'direct' | 'unknown';
  /** The commit that the branch then ended in; `null` where nothing tells it. */
  readonly commit: string | null;
}

/** A tag that was pushed. */
export interface TagPush {
  readonly at: EpochSeconds;
  /** `null` where nothing tells it. */
  readonly commit: string | null;
  /** Digests of the words of its name, which is not stored. */
  readonly words: readonly number[];
}

/** All that is known of one repository, not of one window: which deployment came first depends on what was before. */
export interface DeliveryFacts {
  readonly pullRequests: readonly PullRequestFacts[];
  readonly deployments: readonly DeploymentFacts[];
  readonly pushes: readonly DefaultBranchPush[];
  /** Read where tags count as deployments; known since Throughline watches the repository. */
  readonly tags: readonly TagPush[];
}

const HASH_LENGTH = 12;

/** The part of a commit's hash that Bitbucket's answers have in common: merges and deployments come with 12 digits. */
export function shortHash(commit: string): string {
  return commit.slice(0, HASH_LENGTH);
}

/**
 * The pull requests merged into the default branch, ascending by merge. None where the default branch or the instant of
 * the merge is not known; bots' are left out unless the options say otherwise.
 */
export function mergedToDefault(
  facts: readonly PullRequestFacts[],
  options: FigureOptions,
): readonly MergedFacts[] {
  return counted(facts, options)
    .filter(
      (each): each is MergedFacts =>
        each.state === 'MERGED' && each.mergedAt !== null && each.targetBranch === options.defaultBranch,
    )
    .toSorted((a, b) => a.mergedAt - b.mergedAt || a.id - b.id);
}

/** The earliest sign of life: an opened pull request, a deployment, a push or a tag; `null` where there is none. */
export function firstActivityAt({
  pullRequests,
  deployments,
  pushes,
  tags,
}: DeliveryFacts): EpochSeconds | null {
  const instants = [
    ...pullRequests.map(({ openedAt }) => openedAt),
    ...deployments.map(({ startedAt }) => startedAt),
    ...pushes.map(({ at }) => at),
    ...tags.map(({ at }) => at),
  ];
  // Not `Math.min(...instants)`: a long history has more of them than a call takes arguments.
  return instants.reduce<EpochSeconds | null>((first, at) => Math.min(first ?? at, at), null);
}
