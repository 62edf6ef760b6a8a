/** Every metric of METRICS 3 over one window. */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import {
  AMOUNT_METRICS,
  COUNT_METRICS,
  DURATION_METRICS,
  METRIC_IDS,
  RATIO_METRICS,
  isOneOf,
  type AmountMetric,
  type CountMetric,
  type DistributionUnit,
  type Figure,
  type MetricId,
  type PullRequestFigures,
  type RatioMetric,
  type Window,
} from './figures';
import { clockOf, closedIn, counted, mergedIn, type FigureOptions, type MergedFacts } from './population';
import { lengthOf, type Span } from './pull-request-instants';
import { AMOUNTS, revisionsOf, SPANS } from './pull-request-values';
import { isWithin } from './windows';
import type { ElapsedTime } from './working-time';

/** One pull request's part in a figure; `span` where the value is a duration. */
export interface Contribution {
  readonly facts: PullRequestFacts;
  /** Seconds by the options' clock, an amount, or for shares and counts 1 (counts for it) or 0. */
  readonly value: number;
  readonly span: Span | null;
}

/** The pull requests behind a figure, and how many of its population have no value. */
export interface Contributions {
  readonly values: readonly Contribution[];
  readonly leftOut: number;
}

/** The pull requests that count in a window, each list by its own instant, and the clock that counts (METRICS 2). */
interface Population {
  readonly opened: readonly PullRequestFacts[];
  readonly merged: readonly MergedFacts[];
  readonly closed: readonly PullRequestFacts[];
  readonly elapsed: ElapsedTime;
}

function populationOf(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Population {
  const people = counted(facts, options);
  const all = { ...options, includeBots: true };
  return {
    opened: people.filter((each) => isWithin(window, each.openedAt)),
    merged: mergedIn(people, window, all),
    closed: closedIn(people, window, all),
    elapsed: clockOf(options),
  };
}

/** Each figure with all metrics' ids; bots are left out unless the options say otherwise. */
export function pullRequestFigures(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): PullRequestFigures {
  return figuresOf(METRIC_IDS, facts, window, options);
}

/** Some of them, at the cost of these. */
export function figuresOf<Metric extends MetricId>(
  metrics: readonly Metric[],
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Pick<PullRequestFigures, Metric> {
  const contributionsOf = contributionsIn(facts, window, options);
  return Object.fromEntries(
    metrics.map((metric) => [metric, figureOf(metric, contributionsOf(metric))]),
  ) as Pick<PullRequestFigures, Metric>;
}

/** The contributions to one metric; those whose needed answer was not read are counted in `leftOut`. */
export function contributionsTo(
  metric: MetricId,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): Contributions {
  return contributionsIn(facts, window, options)(metric);
}

/** The same for several metrics of one window: who counts in it is looked for once. */
export function contributionsIn(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): (metric: MetricId) => Contributions {
  const population = populationOf(facts, window, options);
  return (metric) => contributions(metric, population);
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
  // Participants show each person's present verdict only: a request that became an approval stands in the activity.
  changes_requested_rate: (facts) =>
    facts.coverage.activity ? facts.reviews.some(({ kind }) => kind === 'changes_requested') : null,
  rework_after_review_rate: (facts) => (facts.coverage.activity ? revisionsOf(facts).length > 0 : null),
  stale_approval_rate: (facts) => (facts.coverage.activity && isApproved(facts) ? facts.staleApproval : null),
};

function isApproved(facts: PullRequestFacts): boolean {
  return facts.reviews.some(({ kind }) => kind === 'approval');
}

function contributions(metric: MetricId, population: Population): Contributions {
  const { merged, elapsed } = population;
  if (isOneOf(DURATION_METRICS, metric)) {
    return gather(merged, (facts) => {
      const span = SPANS[metric](facts);
      return span && { facts, value: lengthOf(span, elapsed), span };
    });
  }
  if (isOneOf(AMOUNT_METRICS, metric)) {
    return gather(merged, (facts) => plain(facts, AMOUNTS[metric](facts)));
  }
  if (metric === 'merge_rate') {
    // Unread, a merge's instant is often known from the list and a decline's is not: both are left out.
    return gather(population.closed, (facts) =>
      plain(facts, facts.coverage.activity ? Number(facts.state === 'MERGED') : null),
    );
  }
  if (isOneOf(RATIO_METRICS, metric)) {
    return gather(merged, (facts) => {
      const counts = SHARES[metric](facts);
      return plain(facts, counts === null ? null : Number(counts));
    });
  }
  return gather(countedBy(metric, population), (facts) => plain(facts, 1));
}

function countedBy(metric: CountMetric, population: Population): readonly PullRequestFacts[] {
  switch (metric) {
    case 'opened':
      return population.opened;
    case 'merged':
      return population.merged;
    case 'declined':
      return population.closed.filter((facts) => facts.state === 'DECLINED');
  }
}

function plain(facts: PullRequestFacts, value: number | null): Contribution | null {
  return value === null ? null : { facts, value, span: null };
}

function gather<F extends PullRequestFacts>(
  population: readonly F[],
  contribute: (facts: F) => Contribution | null,
): Contributions {
  const values: Contribution[] = [];
  for (const facts of population) {
    const contribution = contribute(facts);
    if (contribution !== null) values.push(contribution);
  }
  return { values, leftOut: population.length - values.length };
}
