/** Deployments and failures by day, for a calendar chart. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { groupByPeriod, periodsOf } from '../calendar-periods';
import type { Window } from '../figures';
import { isWithin } from '../windows';
import type { Deployment, Deployments } from './deployments';
import type { FailedDeployment } from './failures';

export interface DeploymentDay {
  /** 00:00 UTC. */
  readonly from: EpochSeconds;
  /** The window holds only a part of this day. */
  readonly partial: boolean;
  /** What was deployed on it, by id, ascending by instant. */
  readonly deployments: readonly string[];
  /** Of these, what failed, whenever that was found. */
  readonly failures: readonly string[];
}

/** Each day (UTC) that the window touches, quiet ones included; none where deployments are not known. */
export function deploymentCalendar(
  { deployments, areKnown }: Deployments,
  failures: readonly FailedDeployment[],
  window: Window,
): readonly DeploymentDay[] {
  if (!areKnown) return [];
  const byDay = (all: readonly Deployment[]): ReadonlyMap<EpochSeconds, readonly Deployment[]> =>
    groupByPeriod(
      all.filter(({ at }) => isWithin(window, at)),
      'day',
      ({ at }) => at,
    );
  const deployedOn = byDay(deployments);
  const failedOn = byDay(failures.map(({ deployment }) => deployment));
  const idsOf = (those: readonly Deployment[] | undefined): readonly string[] =>
    those?.map(({ id }) => id) ?? [];
  return periodsOf(window, 'day').map(({ from, partial }) => ({
    from,
    partial,
    deployments: idsOf(deployedOn.get(from)),
    failures: idsOf(failedOn.get(from)),
  }));
}
