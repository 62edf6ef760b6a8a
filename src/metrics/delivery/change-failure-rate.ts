/** The share of deployments that failed (METRICS 6). */
import type { Ratio, Window } from '../figures';
import { isWithin } from '../windows';
import { deployedAt, type Deployments } from './deployments';
import { explainedShare, type Explained } from './explained';
import type { FailedDeployment } from './failures';

/**
 * Failed deployments / deployments of the window: at most 1, since a deployment fails once, and unknown without
 * deployments. What was done after the window's end counts too, so that its last deployments are judged like the others.
 * The evidence lists the first of what was done about each.
 */
export function changeFailureRate(
  { deployments }: Deployments,
  failures: readonly FailedDeployment[],
  window: Window,
): Explained<Ratio> {
  const failureOf = new Map(failures.map((each) => [each.deployment, each]));
  const evidence = deployments
    .filter(({ at }) => isWithin(window, at))
    .map((each) => {
      const failure = failureOf.get(each);
      const { kind, id } = each;
      if (failure === undefined) return { kind, id, value: 0, instants: [deployedAt(each)] };
      const { remediations, remediationCount } = failure;
      const further = remediationCount - remediations.length;
      return {
        kind,
        id,
        value: 1,
        instants: [deployedAt(each), ...remediations.map(({ remediated }) => remediated)],
        ...(further === 0 ? {} : { further }),
      };
    });
  return explainedShare(evidence, 0);
}
