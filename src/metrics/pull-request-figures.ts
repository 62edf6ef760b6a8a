/** Every metric of METRICS 3 over one window. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import {
  AMOUNT_METRICS,
  COUNT_METRICS,
  DURATION_METRICS,
  RATIO_METRICS,
  type AmountMetric,
  type Count,
  type CountMetric,
  type Distribution,
  type DistributionUnit,
  type DurationMetric,
  type Figure,
  type MetricId,
  type PullRequestFigures,
  type Ratio,
  type RatioMetric,
  type Window,
} from './figures';
import { counted, mergedIn, type FigureOptions, type MergedFacts } from './population';
import { AMOUNTS, revisionsOf, SPANS, type Span } from './pull-request-values';
import { isWithin } from './windows';

/** One pull request's part in a figure; `span` where the value is a duration. */
export interface Contribution {
  readonly facts: PullRequestFacts;
  /** Seconds, an amount, or for shares and counts 1 (counts for it) or 0. */
  readonly value: number;
  readonly span: Span | null;
}

/** The pull requests behind a figure, and how many of its population have no value. */
export interface Contributions {
  readonly values: readonly Contribution[];
  readonly leftOut: number;
}

/** Each figure with all metrics' ids; bots are left out unless the options say otherwise. */
export function pullRequestFigures(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): PullRequestFigures {
  const merged = mergedIn(facts, window, options);
  const people = counted(facts, options);
  const figures = <Metric extends MetricId, Value extends Figure>(
    metrics: readonly Metric[],
  ): Record<Metric, Value> =>
    Object.fromEntries(
      metrics.map((metric) => [metric, figureOf(metric, contributions(metric, merged, people, window))]),
    ) as Record<Metric, Value>;
  return {
    ...figures<DurationMetric, Distribution>(DURATION_METRICS),
    ...figures<AmountMetric, Distribution>(AMOUNT_METRICS),
    ...figures<RatioMetric, Ratio>(RATIO_METRICS),
    ...figures<CountMetric, Count>(COUNT_METRICS),
  };
}

/** The contributions to one metric. */
export function contributionsTo(
  metric: MetricId,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Contributions {
  return contributions(metric, mergedIn(facts, window, options), counted(facts, options), window);
}

/** The figure that these contributions give. */
export function figureOf(metric: MetricId, { values }: Contributions): Figure {
  const numbers = values.map(({ value }) => value);
  if (isOneOf(DURATION_METRICS, metric)) return distributionOf(numbers, 's');
  if (isOneOf(AMOUNT_METRICS, metric)) return distributionOf(numbers, UNITS[metric]);
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (isOneOf(COUNT_METRICS, metric)) return { unit: 'count', n: sum, value: sum };
  const n = numbers.length;
  return { unit: 'ratio', n, value: n === 0 ? null : sum / n };
}

const UNITS: Readonly<Record<AmountMetric, DistributionUnit>> = {
  size_lines: 'lines',
  size_files: 'files',
  review_comments: 'count',
  revisions: 'count',
  reviewers: 'count',
  rework_cycles: 'count',
};

/** Whether a merged pull request counts for a share (true), against it (false), or is not known (`null`). */
const SHARES: Readonly<Record<Exclude<RatioMetric, 'merge_rate'>, (facts: MergedFacts) => boolean | null>> = {
  unreviewed_merge_rate: (facts) => (facts.coverage.activity ? facts.reviews.length === 0 : null),
  // Approvals stand in the participants, so this is known without the activity.
  unapproved_merge_rate: (facts) => !isApproved(facts),
  self_merge_rate: ({ closedById, authorId }) =>
    closedById === null || authorId === null ? null : closedById === authorId,
  changes_requested_rate: (facts) => facts.reviews.some(({ kind }) => kind === 'changes_requested'),
  rework_after_review_rate: (facts) => (facts.coverage.activity ? revisionsOf(facts) > 0 : null),
  stale_approval_rate: (facts) => (facts.coverage.activity && isApproved(facts) ? facts.staleApproval : null),
};

function isApproved(facts: PullRequestFacts): boolean {
  return facts.reviews.some(({ kind }) => kind === 'approval');
}

function contributions(
  metric: MetricId,
  merged: readonly MergedFacts[],
  people: readonly PullRequestFacts[],
  window: Window,
): Contributions {
  if (isOneOf(DURATION_METRICS, metric)) {
    return gather(merged, (facts) => {
      const span = SPANS[metric](facts);
      return span && { facts, value: span.to.at - span.from.at, span };
    });
  }
  if (isOneOf(AMOUNT_METRICS, metric)) {
    return gather(merged, (facts) => plain(facts, AMOUNTS[metric](facts)));
  }
  if (metric === 'merge_rate') {
    const closed = people.filter((facts) => isWithin(window, facts.closedAt));
    return gather(closed, (facts) => plain(facts, Number(facts.state === 'MERGED')));
  }
  if (isOneOf(RATIO_METRICS, metric)) {
    return gather(merged, (facts) => {
      const counts = SHARES[metric](facts);
      return plain(facts, counts === null ? null : Number(counts));
    });
  }
  return gather(countedBy(metric, merged, people, window), (facts) => plain(facts, 1));
}

function countedBy(
  metric: CountMetric,
  merged: readonly MergedFacts[],
  people: readonly PullRequestFacts[],
  window: Window,
): readonly PullRequestFacts[] {
  switch (metric) {
    case 'opened':
      return people.filter((facts) => isWithin(window, facts.openedAt));
    case 'merged':
      return merged;
    case 'declined':
      return people.filter((facts) => facts.state === 'DECLINED' && isWithin(window, facts.closedAt));
  }
}

function plain(facts: PullRequestFacts, value: number | null): Contribution | null {
  return value === null ? null : { facts, value, span: null };
}

function gather<F extends PullRequestFacts>(
  population: readonly F[],
  contribute: (facts: F) => Contribution | null,
): Contributions {
  const values = population.flatMap((facts) => contribute(facts) ?? []);
  return { values, leftOut: population.length - values.length };
}

function isOneOf<Metric extends MetricId>(metrics: readonly Metric[], metric: MetricId): metric is Metric {
  return metrics.some((each) => each === metric);
}
