/** Which deployments failed, told by what was done about them (METRICS 6). */
import type { DeliverySettings } from './delivery-settings';
import type { Deployment, Deployments } from './deployments';
import type { DeliveryInstant } from './explained';
import { countBefore } from './in-order';
import type { Remediation } from './remediations';

export interface FailedDeployment {
  readonly deployment: Deployment;
  /** All that followed it, ascending. */
  readonly remediations: readonly [Remediation, ...Remediation[]];
  /** When the first of them was in production; `null` while none is, and the failure is open. */
  readonly restored: DeliveryInstant | null;
}

/**
 * The deployments that a remediation followed, before the next deployment or within the failure window (a setting can
 * leave out the latter), ascending. A deployment fails once, however much was done about it.
 */
export function failedDeployments(
  { deployments }: Deployments,
  remediations: readonly Remediation[],
  settings: DeliverySettings,
): readonly FailedDeployment[] {
  const answers = new Map<Deployment, Remediation[]>();
  for (const remediation of remediations) {
    for (const deployment of answeredBy(remediation, deployments, settings)) {
      const known = answers.get(deployment);
      if (known === undefined) answers.set(deployment, [remediation]);
      else known.push(remediation);
    }
  }
  return deployments.flatMap((deployment) => {
    const [first, ...others] = answers.get(deployment) ?? [];
    if (first === undefined) return [];
    return { deployment, remediations: [first, ...others], restored: firstDeployed([first, ...others]) };
  });
}

/** The deployments that a remediation shows to have failed. */
function answeredBy(
  remediation: Remediation,
  deployments: readonly Deployment[],
  { failureScope, failureWindowSeconds }: DeliverySettings,
): readonly Deployment[] {
  const isAnswered = (each: Deployment | undefined): boolean =>
    each !== undefined && canAnswer(remediation, each);
  const { at } = remediation.remediated;
  let last = countBefore(deployments, at) - 1;
  while (last >= 0 && !isAnswered(deployments[last])) last -= 1;
  const first = failureScope === 'last' ? last : countBefore(deployments, at - failureWindowSeconds);
  return deployments.slice(Math.min(first, last), last + 1).filter(isAnswered);
}

/** Neither what carries the remediation fails by it, nor what a rollback went back to. */
function canAnswer({ remediated, deployed, undid }: Remediation, { at, environmentId }: Deployment): boolean {
  // A fix may be deployed from its branch before it is merged: what came after that was not mended by it.
  if (at >= remediated.at || (deployed !== null && at >= deployed.at)) return false;
  if (undid === null) return true;
  return environmentId === undid.environmentId && (undid.after === null || at > undid.after);
}

function firstDeployed(remediations: readonly Remediation[]): DeliveryInstant | null {
  return remediations
    .flatMap(({ deployed }) => deployed ?? [])
    .reduce<DeliveryInstant | null>(
      (first, each) => (first === null || each.at < first.at ? each : first),
      null,
    );
}
