/** How long pipelines run, by week. */
import type { PipelineFacts } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { groupByPeriod, periodsOf } from '../calendar-periods';
import type { Distribution, Window } from '../figures';
import { duration, endedIn, success } from './pipeline-figures';

export interface PipelineWeek {
  /** Monday 00:00 UTC. */
  readonly from: EpochSeconds;
  /** The window holds only a part of this week. */
  readonly partial: boolean;
  /** Of those that came to a result by themselves in it, in seconds. */
  readonly duration: Distribution;
  /** That came to a result by themselves, and how many of these did not succeed. */
  readonly runs: number;
  readonly failures: number;
}

/** Each week that the window touches, quiet ones included; only what ended in the window counts. */
export function pipelineTrend(facts: readonly PipelineFacts[], window: Window): readonly PipelineWeek[] {
  const byWeek = groupByPeriod(endedIn(facts, window), 'week', ({ completedAt }) => completedAt);
  return periodsOf(window, 'week').map(({ from, partial }) => {
    const ended = byWeek.get(from) ?? [];
    const { evidence } = success(ended);
    return {
      from,
      partial,
      duration: duration(ended).figure,
      runs: evidence.length,
      failures: evidence.filter(({ value }) => value === 0).length,
    };
  });
}
