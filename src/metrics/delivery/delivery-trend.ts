/** Deployments, their failures and the lead time of what they brought, by week. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { periodsOf } from '../calendar-periods';
import type { Distribution, Window } from '../figures';
import type { DeliveryFigures } from './delivery-figures';

export interface DeliveryWeek {
  /** Monday 00:00 UTC. */
  readonly from: EpochSeconds;
  /** The window holds only a part of this week. */
  readonly partial: boolean;
  readonly deployments: number;
  /** Of these, how many failed, whenever that was found. */
  readonly failures: number;
  /** Of the changes first deployed in it, in seconds. */
  readonly leadTime: Distribution;
}

/**
 * Each week that the window touches, quiet ones included; only what was deployed in the window counts. `figuresOf` gives
 * the figures of a window, as `deliveryFiguresBy` does, so that a week's are those of the screens.
 */
export function deliveryTrend(
  figuresOf: (window: Window) => Pick<DeliveryFigures, 'change_failure_rate' | 'lead_time_for_changes'>,
  window: Window,
): readonly DeliveryWeek[] {
  return periodsOf(window, 'week').map(({ from, to, partial }) => {
    const week = { from: Math.max(from, window.from), to: Math.min(to, window.to) };
    const { change_failure_rate: rate, lead_time_for_changes: leadTime } = figuresOf(week);
    return {
      from,
      partial,
      deployments: rate.figure.n,
      failures: rate.evidence.filter(({ value }) => value === 1).length,
      leadTime: leadTime.figure,
    };
  });
}
