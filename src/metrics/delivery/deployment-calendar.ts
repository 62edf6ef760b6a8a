/** Deployments and failures by day, for a calendar chart. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Window } from '../figures';
import { isWithin } from '../windows';
import { periodsOf, periodStart } from './calendar-periods';
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
  const deployedOn = idsByDay(deployments, window);
  const failedOn = idsByDay(
    failures.map(({ deployment }) => deployment),
    window,
  );
  return periodsOf(window, 'day').map(({ from, partial }) => ({
    from,
    partial,
    deployments: deployedOn.get(from) ?? [],
    failures: failedOn.get(from) ?? [],
  }));
}

function idsByDay(
  deployments: readonly Deployment[],
  window: Window,
): ReadonlyMap<EpochSeconds, readonly string[]> {
  const ids = new Map<EpochSeconds, string[]>();
  for (const { id, at } of deployments) {
    if (!isWithin(window, at)) continue;
    const day = periodStart(at, 'day');
    ids.set(day, [...(ids.get(day) ?? []), id]);
  }
  return ids;
}
