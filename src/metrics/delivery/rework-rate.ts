/** The share of deployments made to mend earlier ones (METRICS 6). */
import type { Ratio, Window } from '../figures';
import { isWithin } from '../windows';
import { deployedAt, type Deployments } from './deployments';
import { explainedShare, type Explained } from './explained';
import type { Remediation } from './remediations';

/**
 * Deployments of the window that brought a remediation / deployments: DORA's fifth metric, "deployment rework rate". A
 * direct push counts through its deployment; where merges stand for deployments it has none and does not count.
 */
export function reworkRate(
  { deployments }: Deployments,
  remediations: readonly Remediation[],
  window: Window,
): Explained<Ratio> {
  const carriers = new Set(remediations.map(({ deploymentId }) => deploymentId));
  const evidence = deployments
    .filter(({ at }) => isWithin(window, at))
    .map((each) => ({
      kind: each.kind,
      id: each.id,
      value: carriers.has(each.id) ? 1 : 0,
      instants: [deployedAt(each)],
    }));
  return explainedShare(evidence, 0);
}
