/** What told that deployments had failed (METRICS 6). */
import type { Window } from '../figures';
import { isWithin } from '../windows';
import { REMEDIATION_KINDS, type RemediationKind } from './delivery-settings';
import type { FailedDeployment } from './failures';

/** Failed deployments of the window by what told it first, of which each has one: their sum is all that failed. */
export type FailureCauses = Readonly<Record<RemediationKind, number>>;

export function failureCauses(failures: readonly FailedDeployment[], window: Window): FailureCauses {
  const first = failures
    .filter(({ deployment }) => isWithin(window, deployment.at))
    .map(({ remediations: [remediation] }) => remediation.kind);
  return Object.fromEntries(
    REMEDIATION_KINDS.map((kind) => [kind, first.filter((each) => each === kind).length]),
  ) as Record<RemediationKind, number>;
}
