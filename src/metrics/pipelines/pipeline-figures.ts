/** Durations, success and queueing of pipelines (METRICS 7). */
import { PIPELINE_TARGETS, type PipelineFacts, type PipelineTarget } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import {
  explainedDurations,
  explainedShare,
  type DeliveryInstant,
  type Evidence,
  type Explained,
} from '../delivery/explained';
import type { Distribution, Ratio, Window } from '../figures';
import { isWithin } from '../windows';

/** A pipeline that has ended, with the instant of its end. */
export type EndedPipeline = PipelineFacts & { readonly completedAt: EpochSeconds; readonly result: string };

/** The figures of one class of target, or of one trigger. */
export interface PipelineGroup<Key> {
  readonly key: Key;
  readonly queueTime: Explained<Distribution>;
  readonly success: PipelineSuccess;
}

export interface PipelineSuccess extends Explained<Ratio> {
  /** Numbers of those that somebody stopped, and that waited for a person until they expired; `leftOut` counts both. */
  readonly stopped: readonly number[];
  readonly expired: readonly number[];
}

export interface PipelineFigures {
  readonly pipeline_duration: Explained<Distribution>;
  readonly pipeline_success_rate: PipelineSuccess;
  readonly pipeline_queue_time: Explained<Distribution>;
  /** In the order of `PIPELINE_TARGETS`, without those that have no pipeline. */
  readonly byTarget: readonly PipelineGroup<PipelineTarget>[];
  /** By name; `null`, where Bitbucket does not say, comes last. */
  readonly byTrigger: readonly PipelineGroup<string | null>[];
}

/** Results that a pipeline comes to by itself; how long one ran that was stopped or expired tells nothing of the work. */
const DECIDED: readonly string[] = ['SUCCESSFUL', 'FAILED', 'ERROR'];

/**
 * The figures of the pipelines that ended in the window. Durations and queue times, in seconds, are of those that came
 * to a result by themselves; `leftOut` counts the others, and those whose time Bitbucket does not tell. All hours count,
 * whatever clock a reader's own figures go by: machines do not rest.
 */
export function pipelineFigures(facts: readonly PipelineFacts[], window: Window): PipelineFigures {
  const ended = endedIn(facts, window);
  const triggers = [...new Set(ended.map(({ trigger }) => trigger))].toSorted(byName);
  return {
    pipeline_duration: duration(ended),
    pipeline_success_rate: success(ended),
    pipeline_queue_time: queueTime(ended),
    byTarget: PIPELINE_TARGETS.flatMap((key) => {
      const group = ended.filter(({ target }) => target === key);
      return group.length === 0 ? [] : groupOf(key, group);
    }),
    byTrigger: triggers.map((key) =>
      groupOf(
        key,
        ended.filter(({ trigger }) => trigger === key),
      ),
    ),
  };
}

function groupOf<Key>(key: Key, ended: readonly EndedPipeline[]): PipelineGroup<Key> {
  return { key, queueTime: queueTime(ended), success: success(ended) };
}

/** Those that ended in the window, whatever their result, in the order given; one whose end nothing dates is in none. */
export function endedIn(facts: readonly PipelineFacts[], window: Window): readonly EndedPipeline[] {
  return facts.filter(
    (each): each is EndedPipeline => each.result !== null && isWithin(window, each.completedAt),
  );
}

/** How long they ran. */
export function duration(ended: readonly EndedPipeline[]): Explained<Distribution> {
  return times(ended, ({ durationSeconds }) => durationSeconds);
}

function queueTime(ended: readonly EndedPipeline[]): Explained<Distribution> {
  return times(ended, ({ queueSeconds }) => queueSeconds);
}

/** How many succeeded, of those that came to a result by themselves. */
export function success(ended: readonly EndedPipeline[]): PipelineSuccess {
  const decided = ended.filter(isDecided);
  const evidence = decided.map((each) => evidenceOf(each, each.result === 'SUCCESSFUL' ? 1 : 0));
  const numbersOf = (result: string): readonly number[] =>
    ended.filter((each) => each.result === result).map(({ number }) => number);
  return {
    ...explainedShare(evidence, ended.length - decided.length),
    stopped: numbersOf('STOPPED'),
    expired: numbersOf('EXPIRED'),
  };
}

function times(
  ended: readonly EndedPipeline[],
  secondsOf: (each: EndedPipeline) => number | null,
): Explained<Distribution> {
  const evidence = ended.filter(isDecided).flatMap((each) => {
    const seconds = secondsOf(each);
    return seconds === null ? [] : evidenceOf(each, seconds);
  });
  return explainedDurations(evidence, ended.length - evidence.length);
}

function isDecided({ result }: EndedPipeline): boolean {
  return DECIDED.includes(result);
}

function evidenceOf({ number, createdAt, completedAt }: EndedPipeline, value: number): Evidence {
  const instant = (name: DeliveryInstant['name'], at: EpochSeconds): DeliveryInstant => ({
    name,
    at,
    source: 'pipeline',
  });
  return {
    kind: 'pipeline',
    id: String(number),
    value,
    instants: [instant('createdAt', createdAt), instant('completedAt', completedAt)],
  };
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}
