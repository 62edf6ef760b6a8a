/** The deployments that a remediation shows to have failed (METRICS 6). */
import type { DeliverySettings } from './delivery-settings';
import type { Deployment } from './deployments';
import { countBefore, countUpTo } from './in-order';
import type { Range } from './ranges';
import type { Remediation } from './remediations';

/**
 * Tells of a remediation which deployments it answers: the last before it and, unless a setting leaves these out, all
 * others in the failure window before it. They are neighbours among all deployments, or, as a rollback tells of its own
 * environment alone, among those to one. `deployments` are ascending.
 *
 * Neither what carries the remediation fails by it, nor what a rollback went back to.
 */
export function answeredAmong(
  deployments: readonly Deployment[],
  { failureScope, failureWindowSeconds }: DeliverySettings,
): (remediation: Remediation) => Range<Deployment> {
  const toEnvironment = byEnvironment(deployments);
  return ({ remediated, deployed, undid }) => {
    const list = undid === null ? deployments : (toEnvironment.get(undid.environmentId) ?? []);
    // A fix may be deployed from its branch before it is merged: what came after that was not mended by it.
    const end = countBefore(list, Math.min(remediated.at, deployed?.at ?? remediated.at));
    const after = undid?.after ?? null;
    const earliest = after === null ? 0 : countUpTo(list, after);
    if (end <= earliest) return { list, first: end, end };
    const inWindow = failureScope === 'last' ? end : countBefore(list, remediated.at - failureWindowSeconds);
    return { list, first: Math.max(earliest, Math.min(inWindow, end - 1)), end };
  };
}

function byEnvironment(
  deployments: readonly Deployment[],
): ReadonlyMap<string | null, readonly Deployment[]> {
  const groups = new Map<string | null, Deployment[]>();
  for (const each of deployments) {
    const group = groups.get(each.environmentId);
    if (group === undefined) groups.set(each.environmentId, [each]);
    else group.push(each);
  }
  return groups;
}
