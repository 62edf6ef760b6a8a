/** Which deployments failed, told by what was done about them (METRICS 6). */
import { answeredAmong } from './answered-deployments';
import type { DeliverySettings } from './delivery-settings';
import type { Deployment, Deployments } from './deployments';
import type { DeliveryInstant } from './explained';
import { firstRangesByMember, rangeCounts } from './ranges';
import type { Remediation } from './remediations';

/**
 * So many are listed of what followed a failed deployment, which is what a screen shows. Where much is deployed, hundreds
 * follow each within the failure window: all of them for each would be a list as long as the square of that.
 */
export const MOST_LISTED = 5;

export interface FailedDeployment {
  readonly deployment: Deployment;
  /** The first that followed it, ascending: `MOST_LISTED`, or all where these are fewer. */
  readonly remediations: readonly [Remediation, ...Remediation[]];
  /** How many followed it in all. */
  readonly remediationCount: number;
  /** When the first of all was in production; `null` while none is, and the failure is open. */
  readonly restored: DeliveryInstant | null;
}

/**
 * The deployments that a remediation followed, before the next deployment or within the failure window (a setting can
 * leave out the latter), ascending. A deployment fails once, however much was done about it. `remediations` are ascending.
 */
export function failedDeployments(
  { deployments }: Deployments,
  remediations: readonly Remediation[],
  settings: DeliverySettings,
): readonly FailedDeployment[] {
  const answeredBy = answeredAmong(deployments, settings);
  const answers = remediations.map((remediation) => ({ remediation, ...answeredBy(remediation) }));
  const inProduction = answers.flatMap(({ remediation, ...range }) =>
    remediation.deployed === null ? [] : { deployed: remediation.deployed, ...range },
  );
  const listed = firstRangesByMember(answers, MOST_LISTED);
  const counts = rangeCounts(answers);
  const restored = firstRangesByMember(
    inProduction.toSorted((a, b) => a.deployed.at - b.deployed.at),
    1,
  );
  return deployments.flatMap((deployment) => {
    const [first, ...others] = listed.get(deployment)?.map(({ remediation }) => remediation) ?? [];
    if (first === undefined) return [];
    return {
      deployment,
      remediations: [first, ...others],
      remediationCount: counts.get(deployment) ?? 0,
      restored: restored.get(deployment)?.[0]?.deployed ?? null,
    };
  });
}
