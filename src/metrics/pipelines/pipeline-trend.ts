/** How long pipelines run, by week. */
import type { PipelineFacts } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { periodsOf } from '../delivery/calendar-periods';
import type { Distribution, Window } from '../figures';
import { isWithin } from '../windows';
import { duration, endedIn } from './pipeline-figures';

export interface PipelineWeek {
  /** Monday 00:00 UTC. */
  readonly from: EpochSeconds;
  /** The window holds only a part of this week. */
  readonly partial: boolean;
  /** Of those that came to a result by themselves in it, in seconds. */
  readonly duration: Distribution;
}

/** Each week that the window touches, quiet ones included; only what ended in the window counts. */
export function pipelineTrend(facts: readonly PipelineFacts[], window: Window): readonly PipelineWeek[] {
  const ended = endedIn(facts, window);
  return periodsOf(window, 'week').map(({ from, to, partial }) => ({
    from,
    partial,
    duration: duration(ended.filter(({ completedAt }) => isWithin({ from, to }, completedAt))).figure,
  }));
}
