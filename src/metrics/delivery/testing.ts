/** For tests: deployments, pushes and merges in one line each, and any delivery facts. */
import fc from 'fast-check';
import type { DeploymentFacts } from '../../facts/delivery-facts';
import { wordsOf } from '../../facts/branch-words';
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { aPullRequest, HOUR, OPENED_AT, severalFacts } from '../../facts/testing';
import type { DefaultBranchPush, DeliveryFacts, TagPush } from './delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS, type DeliverySettings } from './delivery-settings';
import { deploymentsOf, type Deployments } from './deployments';
import { failedDeployments, type FailedDeployment } from './failures';
import { remediationsOf, type Remediation } from './remediations';

export const OPTIONS = { defaultBranch: 'main' };

/** The instant a number of hours after Monday, 2026-06-01T09:00:00Z. */
export function at(hours: number): number {
  return OPENED_AT + hours * HOUR;
}

/** Merged so many hours after that Monday, from a commit two hours before. */
export function aMerge(
  id: number,
  hours: number,
  overrides: Partial<PullRequestFacts> = {},
): PullRequestFacts {
  return aPullRequest({
    id,
    openedAt: at(hours - 1),
    mergedAt: at(hours),
    commitAuthoredAt: [at(hours - 2)],
    ...overrides,
  });
}

/** A successful deployment to production that ended so many hours after that Monday, after a quarter of an hour. */
export function aDeployment(
  commit: string | null,
  hours: number,
  overrides: Partial<DeploymentFacts> = {},
): DeploymentFacts {
  return {
    id: `d${hours}`,
    environmentType: 'PRODUCTION',
    environmentId: 'production',
    startedAt: at(hours - 0.25),
    completedAt: at(hours),
    status: 'SUCCESSFUL',
    isCompleted: true,
    commit,
    pipelineId: null,
    ...overrides,
  };
}

export function aDirectPush(hours: number, commit: string | null = null): DefaultBranchPush {
  return { at: at(hours), origin: 'direct', commit };
}

/** A tag pushed so many hours after that Monday. */
export function aTag(commit: string | null, hours: number, name = 'v1'): TagPush {
  return { at: at(hours), commit, words: wordsOf(name, { shortest: 1 }) };
}

export interface Delivered {
  readonly deployments: Deployments;
  readonly remediations: readonly Remediation[];
  readonly failures: readonly FailedDeployment[];
}

/** What the figures are made of. */
export function delivered(
  facts: Partial<DeliveryFacts>,
  settings: Partial<DeliverySettings> = {},
): Delivered {
  const all = { pullRequests: [], deployments: [], pushes: [], tags: [], ...facts };
  const allSettings = { ...DEFAULT_DELIVERY_SETTINGS, ...settings };
  const deployments = deploymentsOf(all, allSettings, OPTIONS);
  const remediations = remediationsOf(all, deployments, allSettings, OPTIONS);
  return { deployments, remediations, failures: failedDeployments(deployments, remediations, allSettings) };
}

const commit = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f').map((letter) => letter.repeat(12)));
const hour = fc.integer({ min: -60 * 24, max: 150 * 24 });

const anyDeployment: fc.Arbitrary<DeploymentFacts> = fc
  .record({
    id: fc.uuid(),
    environmentType: fc.constantFrom('PRODUCTION', 'PRODUCTION', 'STAGING', null),
    environmentId: fc.constantFrom('one', 'another', null),
    startedAt: hour.map(at),
    took: fc.option(fc.nat(3 * HOUR), { freq: 10 }),
    status: fc.constantFrom('SUCCESSFUL', 'SUCCESSFUL', 'SUCCESSFUL', 'FAILED', 'STOPPED', null),
    commit,
  })
  .map(({ took, ...rest }) => ({
    ...rest,
    completedAt: took === null ? null : rest.startedAt + took,
    isCompleted: took !== null,
    pipelineId: null,
  }));

const anyPush: fc.Arbitrary<DefaultBranchPush> = fc.record({
  at: hour.map(at),
  origin: fc.constantFrom('merge', 'direct', 'unknown'),
  commit,
});

const anyTag: fc.Arbitrary<TagPush> = fc.record({
  at: hour.map(at),
  commit,
  words: fc.constantFrom('v1', 'release-2', '3').map((name) => wordsOf(name, { shortest: 1 })),
});

/** Any facts of one repository, with commits that pull requests, pushes and deployments share. */
export const anyDeliveryFacts: fc.Arbitrary<DeliveryFacts> = fc
  .record({
    pullRequests: severalFacts(),
    mergeCommits: fc.array(commit, { minLength: 25, maxLength: 25 }),
    deployments: fc.uniqueArray(anyDeployment, { selector: ({ id }) => id, maxLength: 12 }),
    pushes: fc.array(anyPush, { maxLength: 8 }),
    tags: fc.array(anyTag, { maxLength: 8 }),
  })
  .map(({ pullRequests, mergeCommits, ...rest }) => ({
    ...rest,
    pullRequests: pullRequests.map((each, place) => ({
      ...each,
      mergeCommit: each.state === 'MERGED' ? (mergeCommits[place] ?? null) : null,
    })),
  }));

export const anySettings: fc.Arbitrary<DeliverySettings> = fc
  .record({
    deploymentSource: fc.constantFrom('automatic', 'merge', 'pipeline', 'tag'),
    tagPattern: fc.constantFrom(null, 'v', 'release'),
    failureScope: fc.constantFrom('window', 'last'),
    failureWindowSeconds: fc.constantFrom(0, HOUR, 24 * HOUR, 30 * 24 * HOUR),
  } as const)
  .map((chosen) => ({ ...DEFAULT_DELIVERY_SETTINGS, ...chosen }));
