/** Where one pull request stands among those that were merged before (METRICS 3): whether it took, or takes, longer. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { DurationMetric, Window } from './figures';
import { clockOf, type FigureOptions } from './population';
import { contributionsTo } from './pull-request-figures';
import { opened } from './pull-request-instants';
import { asMergedAt, endOf } from './pull-request-timeline';
import { SPANS } from './pull-request-values';

/** What is compared, in the order of a pull request's life. */
export const STANDING_METRICS = [
  'time_to_open',
  'time_to_first_review',
  'review_time',
  'time_to_merge',
] as const satisfies readonly DurationMetric[];
export type StandingMetric = (typeof STANDING_METRICS)[number];

/** Below this number of values there is no percentile (METRICS 2). */
export const FEWEST_VALUES = 5;

export interface Standing {
  readonly metric: StandingMetric;
  /**
   * Its own duration, up to the closing or so far; `null` where it has none or an answer is not read. Of a draft nobody
   * is expected to review, so it does not wait for a first one.
   */
  readonly seconds: number | null;
  /** It is still growing: the standing can only rise. */
  readonly isRunning: boolean;
  /** How many others merged in the window have such a duration. */
  readonly others: number;
  /** The share of them (0 to 1) that took less time; `null` below five, and without a duration to compare. */
  readonly longerThan: number | null;
}

/**
 * The percentile rank of `value`: the share of the values that are less, so that equal ones are not counted and "longer
 * than 82 %" is true to the word. `percentileofscore` of SciPy with `kind='strict'`, as a share. `null` below five.
 */
export function shareBelow(values: readonly number[], value: number): number | null {
  if (values.length < FEWEST_VALUES) return null;
  return values.filter((each) => each < value).length / values.length;
}

/**
 * The durations of `facts` among those of the other pull requests of `all` that were merged in the window. An open one is
 * compared by what its durations are so far: its age with `time_to_merge`, its wait with `time_to_first_review`.
 */
export function standingsOf(
  facts: PullRequestFacts,
  all: readonly PullRequestFacts[],
  window: Window,
  now: EpochSeconds,
  options: FigureOptions,
): readonly Standing[] {
  const others = all.filter(({ id }) => id !== facts.id);
  return STANDING_METRICS.map((metric) => {
    const values = contributionsTo(metric, others, window, options).values.map(({ value }) => value);
    const own = ownDuration(metric, facts, now, options);
    return {
      metric,
      ...own,
      others: values.length,
      longerThan: own.seconds === null ? null : shareBelow(values, own.seconds),
    };
  });
}

function ownDuration(
  metric: StandingMetric,
  facts: PullRequestFacts,
  now: EpochSeconds,
  options: FigureOptions,
): Pick<Standing, 'seconds' | 'isRunning'> {
  const none = { seconds: null, isRunning: false };
  const end = endOf(facts, now);
  // What came before the opening does not depend on the closing.
  if (end === null && metric !== 'time_to_open') return none;
  const elapsed = clockOf(options);
  if (metric === 'time_to_first_review' && waitsForFirstReview(facts)) {
    return { seconds: Math.max(0, elapsed(opened(facts).at, now)), isRunning: true };
  }
  const span = SPANS[metric](asMergedAt(facts, end ?? facts.openedAt));
  if (span === null) return none;
  const isOver = metric === 'time_to_open' || metric === 'time_to_first_review';
  return {
    seconds: Math.max(0, elapsed(span.from.at, span.to.at)),
    isRunning: facts.state === 'OPEN' && !isOver,
  };
}

/** Whether it is known that nobody reviewed it yet, and somebody should. */
export function waitsForFirstReview({ state, draft, coverage, reviews }: PullRequestFacts): boolean {
  return state === 'OPEN' && !draft && coverage.activity && reviews.length === 0;
}
