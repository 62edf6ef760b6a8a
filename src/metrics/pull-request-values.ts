/** What one merged pull request contributes to each metric of METRICS 3, and the instants that make it so. */
import type { EpochSeconds, PullRequestFacts, Review } from '../facts/pull-request-facts';
import type { AmountMetric, DurationMetric, ExplainedInstant, MetricId } from './figures';
import type { MergedFacts } from './population';

/** A duration between two named instants. */
export interface Span {
  readonly from: ExplainedInstant;
  readonly to: ExplainedInstant;
}

type InstantName = ExplainedInstant['name'];

function instant(
  name: InstantName,
  at: EpochSeconds | undefined,
  source: ExplainedInstant['source'],
): ExplainedInstant | null {
  return at === undefined ? null : { name, at, source };
}

function opened(facts: PullRequestFacts): ExplainedInstant {
  return { name: 'openedAt', at: facts.openedAt, source: 'pull request' };
}

function merged(facts: MergedFacts): ExplainedInstant {
  return { name: 'mergedAt', at: facts.mergedAt, source: facts.mergedAtSource ?? 'activity' };
}

/** A decline records no source: the activity tells of it, and where that was not read only an event can. */
function closed(facts: PullRequestFacts): ExplainedInstant | null {
  const source = facts.mergedAtSource ?? (facts.coverage.activity ? 'activity' : 'event');
  return instant(facts.state === 'MERGED' ? 'mergedAt' : 'closedAt', facts.closedAt ?? undefined, source);
}

/** `null` where there are no own commits or they were not read. */
function firstCommit(facts: PullRequestFacts): ExplainedInstant | null {
  return instant('firstCommitAt', facts.commitAuthoredAt[0], 'commits');
}

/** Participants alone tell no first review: without the activity it is unknown, not absent. */
function firstReview(facts: PullRequestFacts): ExplainedInstant | null {
  if (!facts.coverage.activity) return null;
  return instant('firstReviewAt', facts.reviews[0]?.at, 'activity');
}

function firstInlineOrVerdict(facts: PullRequestFacts): ExplainedInstant | null {
  if (!facts.coverage.activity) return null;
  const review = facts.reviews.find(({ kind, inline }) => kind !== 'comment' || inline);
  return instant('firstInlineOrVerdictAt', review?.at, 'activity');
}

/**
 * Approvals stand in the pull request's participants too, with their instants (in all 9,196 recorded approvals the same
 * as the activity's), so they are known without the activity.
 */
function approvals(facts: PullRequestFacts): readonly Review[] {
  return facts.reviews.filter((review) => review.kind === 'approval');
}

function firstApproval(facts: PullRequestFacts): ExplainedInstant | null {
  return instant('firstApprovedAt', approvals(facts)[0]?.at, approvalSource(facts));
}

function lastApproval(facts: PullRequestFacts): ExplainedInstant | null {
  return instant('lastApprovedAt', approvals(facts).at(-1)?.at, approvalSource(facts));
}

function approvalSource({ coverage }: PullRequestFacts): ExplainedInstant['source'] {
  return coverage.activity ? 'activity' : 'pull request';
}

function span(from: ExplainedInstant | null, to: ExplainedInstant | null): Span | null {
  return from === null || to === null ? null : { from, to };
}

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
  // Begins with the first commit or the opening, whichever came first; unknown until the commits are read.
  cycle_time: (facts) => {
    if (!facts.coverage.commits) return null;
    const commit = firstCommit(facts);
    return span(commit !== null && commit.at < facts.openedAt ? commit : opened(facts), merged(facts));
  },
};

/** The number behind each amount; `null` where it was not read or does not apply. */
export const AMOUNTS: Readonly<Record<AmountMetric, (facts: MergedFacts) => number | null>> = {
  size_lines: ({ linesAdded, linesRemoved }) =>
    linesAdded === null || linesRemoved === null ? null : linesAdded + linesRemoved,
  size_files: (facts) => facts.filesChanged,
  review_comments: (facts) => (facts.coverage.activity ? facts.reviewCommentCount : null),
  revisions: (facts) => (facts.coverage.activity ? revisionsOf(facts) : null),
  reviewers: (facts) =>
    facts.coverage.activity ? new Set(facts.reviews.flatMap(({ actorId }) => actorId ?? [])).size : null,
  rework_cycles: reworkCycles,
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
export function revisionsOf(facts: PullRequestFacts): number {
  const first = facts.reviews[0]?.at;
  return first === undefined ? 0 : facts.sourceUpdatedAt.filter((at) => at > first).length;
}

/**
 * Batches of source updates between reviews, before the first approval: maximal groups of updates that lie after one
 * review and before another, the approval among them; updates that follow the same review count once, and an update in
 * the second of a review came before it. `null` without a review. (Middleware likewise counts the changes from a review
 * to a commit, but only from blocking reviews of requested reviewers on, by commit dates, and gives 0 without an
 * approval; Bitbucket's older history has no blocking reviews and a rebase rewrites commit dates, so any review begins a
 * round here and the next one ends it.)
 */
function reworkCycles(facts: PullRequestFacts): number | null {
  if (!facts.coverage.activity || facts.reviews.length === 0) return null;
  const approvedAt = approvals(facts)[0]?.at ?? Number.POSITIVE_INFINITY;
  const lastReviewAt = facts.reviews.at(-1)?.at ?? 0;
  // What follows the last review was never looked at again: it is no round of review.
  const updates = facts.sourceUpdatedAt.filter((at) => at < approvedAt && at <= lastReviewAt);
  const rounds = new Set(
    updates.flatMap((update) => facts.reviews.findLast((review) => review.at < update)?.at ?? []),
  );
  return rounds.size;
}
