/** How long failed deployments stayed in production (METRICS 6). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Distribution, Window } from '../figures';
import { isWithin } from '../windows';
import type { ElapsedTime } from '../working-time';
import { deployedAt } from './deployments';
import { explainedDurations, type DeliveryInstant, type Explained } from './explained';
import type { FailedDeployment } from './failures';

/** A failed deployment whose remediation is not in production yet. */
export interface OpenFailure {
  readonly deploymentId: string;
  readonly deployedAt: EpochSeconds;
  readonly ageSeconds: number;
}

export interface TimeToRestore extends Explained<Distribution> {
  /** Apart from the figure, whose values they do not have yet; oldest first. `leftOut` counts them. */
  readonly open: readonly OpenFailure[];
}

/**
 * From each deployment of the window that failed to the instant its first remediation was in production, in seconds by
 * the clock, as are the ages of open failures. `p50` is the headline; `mean` stands beside it, since a few long failures make the two differ.
 */
export function timeToRestore(
  failures: readonly FailedDeployment[],
  window: Window,
  now: EpochSeconds,
  elapsed: ElapsedTime,
): TimeToRestore {
  const inWindow = failures.filter(({ deployment }) => isWithin(window, deployment.at));
  const evidence = inWindow.flatMap(({ deployment, restored }) => {
    if (restored === null) return [];
    return {
      kind: deployment.kind,
      id: deployment.id,
      value: elapsed(deployment.at, restored.at),
      instants: [deployedAt(deployment), restoredAt(restored)],
    };
  });
  const open = inWindow
    .filter(({ restored }) => restored === null)
    .map(({ deployment: { id, at } }) => ({
      deploymentId: id,
      deployedAt: at,
      ageSeconds: elapsed(at, now),
    }));
  return { ...explainedDurations(evidence, open.length), open };
}

function restoredAt({ at, source }: DeliveryInstant): DeliveryInstant {
  return { name: 'restoredAt', at, source };
}
