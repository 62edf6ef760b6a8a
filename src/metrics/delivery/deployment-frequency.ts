/** How often is deployed (METRICS 6). */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { CALENDAR_UNITS, periodsOf, periodStart, type CalendarUnit } from '../calendar-periods';
import type { Ratio, Window } from '../figures';
import { isWithin, SECONDS_A_DAY } from '../windows';
import { deployedAt, type Deployment, type Deployments } from './deployments';
import { ratioOf, type Explained } from './explained';

export interface DeploymentFrequency {
  readonly unit: 'per day';
  /** Deployments in the window. */
  readonly n: number;
  /**
   * Length of the window in days of 24 hours, from the repository's first known activity at the earliest; at least one
   * day where it is not empty, since two deployments in a first hour are no 48 a day.
   */
  readonly days: number;
  /** `n` / `days`; `null` where deployments are not known or the repository did not live in the window. */
  readonly value: number | null;
  /** The share of days, weeks, months and half-years with a deployment. */
  readonly shares: Readonly<Record<CalendarUnit, Ratio>>;
}

/**
 * Deployments a day, and the share of days (weeks from Monday, months, half-years; UTC) with one. What the window holds
 * only a part of counts where that part has a deployment; where it has none, nothing is known of the whole.
 */
export function deploymentFrequency(
  { deployments, areKnown }: Deployments,
  window: Window,
  firstActivity: EpochSeconds | null,
): Explained<DeploymentFrequency> {
  const lived = { from: Math.max(window.from, firstActivity ?? window.to), to: window.to };
  const counted = areKnown ? deployments.filter(({ at }) => isWithin(lived, at)) : [];
  const seconds = lived.to - lived.from;
  const days = seconds <= 0 ? 0 : Math.max(1, seconds / SECONDS_A_DAY);
  const shareOf = (unit: CalendarUnit): Ratio =>
    areKnown ? shareWithDeployment(counted, lived, unit) : ratioOf(0, 0);
  return {
    figure: {
      unit: 'per day',
      n: counted.length,
      days,
      value: areKnown && days > 0 ? counted.length / days : null,
      shares: Object.fromEntries(CALENDAR_UNITS.map((unit) => [unit, shareOf(unit)])) as Record<
        CalendarUnit,
        Ratio
      >,
    },
    evidence: counted.map((each) => ({
      kind: each.kind,
      id: each.id,
      value: 1,
      instants: [deployedAt(each)],
    })),
    leftOut: 0,
  };
}

function shareWithDeployment(deployments: readonly Deployment[], window: Window, unit: CalendarUnit): Ratio {
  const withOne = new Set(deployments.map(({ at }) => periodStart(at, unit)));
  const known = periodsOf(window, unit).filter(({ from, partial }) => !partial || withOne.has(from));
  return ratioOf(withOne.size, known.length);
}
