/** The pull requests and people behind figures, with the instants that gave each its value. */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { MetricId } from '../figures';
import type { Contribution } from '../pull-request-figures';
import { instantsOf, revisionsOf, reworkCyclesOf } from '../pull-request-values';
import type { PersonsReviews } from '../review-concentration';
import type { ExplainedItem, FigureInstant } from './figure-explanation';

/** What a value counts, where that is more than a first or a last instant. */
const COUNTED: Readonly<Partial<Record<MetricId, (facts: PullRequestFacts) => readonly FigureInstant[]>>> = {
  revisions: (facts) => revisionsOf(facts).map(updatedAt),
  rework_after_review_rate: (facts) => revisionsOf(facts).map(updatedAt),
  rework_cycles: (facts) => reworkCyclesOf(facts)?.map(updatedAt) ?? [],
  changes_requested_rate: ({ id, reviews }) =>
    reviews.filter(({ kind }) => kind === 'changes_requested').map(({ at }) => reviewOf(id, at)),
};

/** One pull request's part in a metric. */
export function itemOf(metric: MetricId, { facts, value, span }: Contribution): ExplainedItem {
  const item = { kind: 'pull-request', id: String(facts.id), value } as const;
  if (span !== null) return { ...item, instants: [span.from, span.to] };
  const named = instantsOf(metric, facts);
  const instants = [...named.slice(0, -1), ...(COUNTED[metric]?.(facts) ?? []), ...named.slice(-1)];
  // Stable: of one second, the closing comes last.
  return { ...item, instants: instants.toSorted((a, b) => a.at - b.at) };
}

/** A person's every act of review. */
export function reviewedAt({ reviewed }: PersonsReviews): readonly FigureInstant[] {
  return ascending(reviewed.flatMap(({ id, reviews }) => reviews.map(({ at }) => reviewOf(id, at))));
}

/** A person's first review of each pull request. */
export function firstOnEach({ reviewed }: PersonsReviews): readonly FigureInstant[] {
  return ascending(
    reviewed.flatMap(({ id, reviews }) => reviews.slice(0, 1).map(({ at }) => reviewOf(id, at))),
  );
}

function ascending(instants: readonly FigureInstant[]): readonly FigureInstant[] {
  return instants.toSorted((a, b) => a.at - b.at);
}

function updatedAt(at: EpochSeconds): FigureInstant {
  return { name: 'sourceUpdatedAt', at, source: 'activity' };
}

function reviewOf(pullRequest: number, at: EpochSeconds): FigureInstant {
  return { name: 'reviewedAt', at, source: 'activity', pullRequest };
}
