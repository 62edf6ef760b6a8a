/** Pushes to the default branch that belong to no pull request (METRICS 6). */
import type { Count, Window } from '../figures';
import { isWithin } from '../windows';
import type { DefaultBranchPush } from './delivery-facts';
import type { DeliverySettings } from './delivery-settings';
import { deployedAt, type Deployment, type Deployments } from './deployments';
import { explainedCount, type Evidence, type Explained } from './explained';
import { countBefore } from './in-order';
import { pushId } from './remediations';

/** The direct pushes of the window; `leftOut` counts those not yet compared with Bitbucket, which may be direct. */
export function directPushes(pushes: readonly DefaultBranchPush[], window: Window): Explained<Count> {
  const inWindow = pushes.filter(({ at }) => isWithin(window, at));
  return explainedCount(
    inWindow.filter(({ origin }) => origin === 'direct').map((push) => evidenceOf(push, null)),
    inWindow.filter(({ origin }) => origin === 'unknown').length,
  );
}

/** Of the direct pushes, those at most the failure window after a deployment; `leftOut` as for all. */
export function hotfixPushes(
  pushes: readonly DefaultBranchPush[],
  { deployments }: Deployments,
  { failureWindowSeconds }: DeliverySettings,
  window: Window,
): Explained<Count> {
  const afterDeployment = pushes
    .filter(({ at }) => isWithin(window, at))
    .flatMap((push) => {
      const last = deployments[countBefore(deployments, push.at) - 1];
      return last !== undefined && push.at - last.at <= failureWindowSeconds ? [{ push, last }] : [];
    });
  return explainedCount(
    afterDeployment
      .filter(({ push }) => push.origin === 'direct')
      .map(({ push, last }) => evidenceOf(push, last)),
    afterDeployment.filter(({ push }) => push.origin === 'unknown').length,
  );
}

function evidenceOf(push: DefaultBranchPush, after: Deployment | null): Evidence {
  return {
    kind: 'push',
    id: pushId(push),
    value: 1,
    instants: [
      ...(after === null ? [] : [deployedAt(after)]),
      { name: 'pushedAt', at: push.at, source: 'push' },
    ],
  };
}
