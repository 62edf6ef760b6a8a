/** What one merged pull request contributes to each metric of METRICS 3, and the instants that make it so. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { AmountMetric, DurationMetric, ExplainedInstant, MetricId } from './figures';
import type { MergedFacts } from './population';
import {
  approvals,
  begun,
  closed,
  firstApproval,
  firstCommit,
  firstInlineOrVerdict,
  firstReview,
  lastApproval,
  merged,
  opened,
  span,
  type Span,
} from './pull-request-instants';

/** The span behind each duration; `null` where the pull request has none and is left out. */
export const SPANS: Readonly<Record<DurationMetric, (facts: MergedFacts) => Span | null>> = {
  // Pulse's rule: a first commit after the opening tells nothing of the time before it.
  time_to_open: (facts) => {
    const commit = firstCommit(facts);
    return commit !== null && commit.at > facts.openedAt ? null : span(commit, opened(facts));
  },
  time_to_first_review: (facts) => span(opened(facts), firstReview(facts)),
  time_to_first_inline_or_verdict: (facts) => span(opened(facts), firstInlineOrVerdict(facts)),
  time_to_approve: (facts) => span(opened(facts), firstApproval(facts)),
  review_time: (facts) => span(firstReview(facts), merged(facts)),
  approval_spread: (facts) => span(firstApproval(facts), lastApproval(facts)),
  merge_wait: (facts) => span(lastApproval(facts), merged(facts)),
  time_to_merge: (facts) => span(opened(facts), merged(facts)),
  // Unknown until the commits are read.
  cycle_time: (facts) => (facts.coverage.commits ? span(begun(facts), merged(facts)) : null),
};

/** The number behind each amount; `null` where it was not read or does not apply. */
export const AMOUNTS: Readonly<Record<AmountMetric, (facts: MergedFacts) => number | null>> = {
  size_lines: ({ linesAdded, linesRemoved }) =>
    linesAdded === null || linesRemoved === null ? null : linesAdded + linesRemoved,
  size_files: (facts) => facts.filesChanged,
  review_comments: (facts) => (facts.coverage.activity ? facts.reviewCommentCount : null),
  revisions: (facts) => (facts.coverage.activity ? revisionsOf(facts).length : null),
  reviewers: (facts) =>
    facts.coverage.activity ? new Set(facts.reviews.flatMap(({ actorId }) => actorId ?? [])).size : null,
  rework_cycles: (facts) => reworkCyclesOf(facts)?.length ?? null,
};

/** What an amount or a share looks at besides opening and closing. */
const INSTANTS_BETWEEN: Readonly<
  Partial<Record<MetricId, (facts: PullRequestFacts) => readonly (ExplainedInstant | null)[]>>
> = {
  revisions: (facts) => [firstReview(facts)],
  reviewers: (facts) => [firstReview(facts)],
  rework_cycles: (facts) => [firstReview(facts), firstApproval(facts)],
  unreviewed_merge_rate: (facts) => [firstReview(facts)],
  unapproved_merge_rate: (facts) => [firstApproval(facts)],
  rework_after_review_rate: (facts) => [firstReview(facts)],
  stale_approval_rate: (facts) => [lastApproval(facts)],
};

/** The instants behind a pull request's part in an amount, a share or a count, ascending; absent ones are left out. */
export function instantsOf(metric: MetricId, facts: PullRequestFacts): readonly ExplainedInstant[] {
  const between = INSTANTS_BETWEEN[metric]?.(facts) ?? [];
  return [opened(facts), ...between, closed(facts)].filter((each) => each !== null);
}

/** Updates of the source after the first review, up to the close: rounds of rework. */
export function revisionsOf(facts: PullRequestFacts): readonly EpochSeconds[] {
  const first = facts.reviews[0]?.at;
  return first === undefined ? [] : facts.sourceUpdatedAt.filter((at) => at > first);
}

/**
 * Batches of source updates between reviews, before the first approval: maximal groups of updates that lie after one
 * review and before another, the approval among them; updates that follow the same review count once, and an update in
 * the second of a review came before it. Each is given by its first update; `null` without a review. (Middleware likewise counts the changes from a review
 * to a commit, but only from blocking reviews of requested reviewers on, by commit dates, and gives 0 without an
 * approval; Bitbucket's older history has no blocking reviews and a rebase rewrites commit dates, so any review begins a
 * round here and the next one ends it.)
 */
export function reworkCyclesOf(facts: PullRequestFacts): readonly EpochSeconds[] | null {
  if (!facts.coverage.activity || facts.reviews.length === 0) return null;
  const approvedAt = approvals(facts)[0]?.at ?? Number.POSITIVE_INFINITY;
  const lastReviewAt = facts.reviews.at(-1)?.at ?? 0;
  // What follows the last review was never looked at again: it is no round of review.
  const updates = facts.sourceUpdatedAt.filter((at) => at < approvedAt && at <= lastReviewAt);
  const begunBy = new Map<EpochSeconds, EpochSeconds>();
  for (const update of updates) {
    const reviewedAt = facts.reviews.findLast((review) => review.at < update)?.at;
    if (reviewedAt !== undefined && !begunBy.has(reviewedAt)) begunBy.set(reviewedAt, update);
  }
  return [...begunBy.values()];
}
