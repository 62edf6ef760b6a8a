/** Deployments by environment, and how long they take (METRICS 7). */
import type { DeploymentFacts } from '../../facts/delivery-facts';
import { endedDeployments, type EndedDeployment } from '../delivery/ended-deployments';
import { explainedDurations, type Evidence, type Explained } from '../delivery/explained';
import type { Distribution, Window } from '../figures';
import { isWithin } from '../windows';

/** What ended in one environment in the window, by id, ascending by instant. */
export interface EnvironmentDeployments {
  /** `null` where Bitbucket does not say. */
  readonly environmentId: string | null;
  readonly environmentType: string | null;
  readonly successful: readonly string[];
  readonly failed: readonly string[];
  readonly stopped: readonly string[];
  /** Ended otherwise, or Bitbucket does not say how. */
  readonly other: readonly string[];
  readonly duration: Explained<Distribution>;
}

export interface EnvironmentFigures {
  readonly deployment_duration: Explained<Distribution>;
  /** Production first, then staging, then test, then others; within a type by id. */
  readonly deployments_by_environment: readonly EnvironmentDeployments[];
}

const NAMED_STATUSES: readonly string[] = ['SUCCESSFUL', 'FAILED', 'STOPPED'];
const TYPES_IN_ORDER: readonly (string | null)[] = ['PRODUCTION', 'STAGING', 'TEST'];

/**
 * The figures of the deployments that ended in the window, to every environment. A duration is from beginning to end, in
 * seconds, of those that succeeded or failed; `leftOut` counts those that were stopped, or of which nothing tells how
 * they ended.
 */
export function environmentFigures(facts: readonly DeploymentFacts[], window: Window): EnvironmentFigures {
  const ended = endedDeployments(facts).filter(({ completedAt }) => isWithin(window, completedAt));
  const environments = new Map<string, [EndedDeployment, ...EndedDeployment[]]>();
  for (const each of ended) {
    const key = `${each.environmentType ?? ''} ${each.environmentId ?? ''}`;
    const known = environments.get(key);
    if (known === undefined) environments.set(key, [each]);
    else known.push(each);
  }
  return {
    deployment_duration: durations(ended),
    deployments_by_environment: [...environments]
      .toSorted(([a, [first]], [b, [other]]) => placeOf(first) - placeOf(other) || (a < b ? -1 : 1))
      .map(([, deployments]) => environmentOf(deployments)),
  };
}

function environmentOf(ended: readonly [EndedDeployment, ...EndedDeployment[]]): EnvironmentDeployments {
  const [{ environmentId, environmentType }] = ended;
  const idsOf = (isOne: (status: string | null) => boolean): readonly string[] =>
    ended.filter(({ status }) => isOne(status)).map(({ id }) => id);
  return {
    environmentId,
    environmentType,
    successful: idsOf((status) => status === 'SUCCESSFUL'),
    failed: idsOf((status) => status === 'FAILED'),
    stopped: idsOf((status) => status === 'STOPPED'),
    other: idsOf((status) => status === null || !NAMED_STATUSES.includes(status)),
    duration: durations(ended),
  };
}

function durations(ended: readonly EndedDeployment[]): Explained<Distribution> {
  const evidence = ended
    .filter(({ status }) => status === 'SUCCESSFUL' || status === 'FAILED')
    .map(({ id, startedAt, completedAt }): Evidence => ({
      kind: 'deployment',
      id,
      value: completedAt - startedAt,
      instants: [
        { name: 'startedAt', at: startedAt, source: 'deployment' },
        { name: 'completedAt', at: completedAt, source: 'deployment' },
      ],
    }));
  return explainedDurations(evidence, ended.length - evidence.length);
}

function placeOf({ environmentType }: DeploymentFacts): number {
  const place = TYPES_IN_ORDER.indexOf(environmentType);
  return place === -1 ? TYPES_IN_ORDER.length : place;
}
