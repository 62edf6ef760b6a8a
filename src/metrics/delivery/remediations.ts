/** What was done because a deployment had failed (METRICS 6). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { carrierAmong } from './carrier';
import { mergedToDefault, type DefaultBranchPush, type DeliveryFacts } from './delivery-facts';
import type { DeliverySettings, RemediationKind } from './delivery-settings';
import { deployedAt, productionDeployments, type Deployment, type Deployments } from './deployments';
import type { DeliveryInstant } from './explained';
import { countUpTo } from './in-order';

export interface Remediation {
  readonly kind: RemediationKind;
  /** A pull request's number, a push's commit, a deployment's uuid. */
  readonly id: string;
  /** The merge, the push, or the end of the failed deployment or the rollback. */
  readonly remediated: DeliveryInstant;
  /** The deployment that brought it to production; `null` while none has, and for a push that needed none. */
  readonly deploymentId: string | null;
  /** When it was in production; `null` while it is not. */
  readonly deployed: DeliveryInstant | null;
  /** What it undid; `null` for what is no rollback. */
  readonly undid: UndoneRange | null;
}

/** The deployments that a rollback undid: those to its environment since that had the commit it went back to. */
export interface UndoneRange {
  readonly environmentId: string | null;
  /** `null` where the environment never had that commit, and another one did. */
  readonly after: EpochSeconds | null;
}

/**
 * Every remediation of the kinds in the settings over all known history, ascending. Where merges stand for deployments,
 * so does a direct push reach production as it is made. Bitbucket's deployments tell something only where they count.
 */
export function remediationsOf(
  facts: DeliveryFacts,
  deployments: Deployments,
  settings: DeliverySettings,
  options: FigureOptions,
): readonly Remediation[] {
  const ofKind: Readonly<Record<RemediationKind, () => readonly Remediation[]>> = {
    'pull-request': () => mergedRemedies(facts, deployments, settings, options),
    'direct-push': () => directPushes(facts, deployments),
    'failed-deployment': () => failedAttempts(facts, deployments, settings),
    rollback: () => rollbacks(deployments),
  };
  return settings.remediationKinds
    .flatMap((kind) => ofKind[kind]())
    .toSorted((a, b) => a.remediated.at - b.remediated.at || (a.id < b.id ? -1 : 1));
}

/** The name of a push in evidence. */
export function pushId({ commit, at }: DefaultBranchPush): string {
  return commit ?? String(at);
}

function mergedRemedies(
  { pullRequests }: DeliveryFacts,
  { deployments }: Deployments,
  { remediationBranchKinds }: DeliverySettings,
  options: FigureOptions,
): readonly Remediation[] {
  const carriers = new Map(
    deployments.flatMap((each) => each.pullRequests.map(({ id }) => [id, each] as const)),
  );
  return mergedToDefault(pullRequests, options)
    .filter(({ branchKind }) => remediationBranchKinds.includes(branchKind))
    .map((each) => ({
      kind: 'pull-request',
      id: String(each.id),
      remediated: remediatedAt(each.mergedAt, each.mergedAtSource ?? 'activity'),
      ...broughtBy(carriers.get(each.id) ?? null),
      undid: null,
    }));
}

function directPushes(
  { pushes }: DeliveryFacts,
  { source, deployments }: Deployments,
): readonly Remediation[] {
  const carrierOf = carrierAmong(deployments);
  return pushes
    .filter(({ origin }) => origin === 'direct')
    .map((push) => ({
      kind: 'direct-push',
      id: pushId(push),
      remediated: remediatedAt(push.at, 'push'),
      ...(source === 'merge'
        ? { deploymentId: null, deployed: { name: 'deployedAt', at: push.at, source: 'push' } }
        : broughtBy(carrierOf(push))),
      undid: null,
    }));
}

/** A deployment that failed to reach production is mended by the next one that does. */
function failedAttempts(
  facts: DeliveryFacts,
  { source, deployments }: Deployments,
  settings: DeliverySettings,
): readonly Remediation[] {
  if (source !== 'pipeline') return [];
  return productionDeployments(facts, settings, 'FAILED').map(({ id, completedAt }) => ({
    kind: 'failed-deployment',
    id,
    remediated: remediatedAt(completedAt, 'deployment'),
    ...broughtBy(deployments[countUpTo(deployments, completedAt)] ?? null),
    undid: null,
  }));
}

function rollbacks({ deployments }: Deployments): readonly Remediation[] {
  return deployments
    .filter(({ effect }) => effect === 'rollback')
    .map((each) => ({
      kind: 'rollback',
      id: each.id,
      remediated: remediatedAt(each.at, each.atSource),
      ...broughtBy(each),
      undid: { environmentId: each.environmentId, after: each.previousAt },
    }));
}

function remediatedAt(at: EpochSeconds, source: DeliveryInstant['source']): DeliveryInstant {
  return { name: 'remediatedAt', at, source };
}

function broughtBy(deployment: Deployment | null): Pick<Remediation, 'deploymentId' | 'deployed'> {
  return { deploymentId: deployment?.id ?? null, deployed: deployment && deployedAt(deployment) };
}
