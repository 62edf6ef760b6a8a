/** The named instants of a pull request that its durations lie between, each with where it came from. */
import type { EpochSeconds, PullRequestFacts, Review } from '../facts/pull-request-facts';
import type { ExplainedInstant } from './figures';
import type { MergedFacts } from './population';
import type { ElapsedTime } from './working-time';

/** A duration between two named instants. */
export interface Span {
  readonly from: ExplainedInstant;
  readonly to: ExplainedInstant;
}

/** `null` where either is not known. */
export function span(from: ExplainedInstant | null, to: ExplainedInstant | null): Span | null {
  return from === null || to === null ? null : { from, to };
}

/** In seconds by a clock. */
export function lengthOf({ from, to }: Span, elapsed: ElapsedTime): number {
  return elapsed(from.at, to.at);
}

export function opened({ openedAt }: PullRequestFacts): ExplainedInstant {
  return { name: 'openedAt', at: openedAt, source: 'pull request' };
}

export function merged({ mergedAt, mergedAtSource }: MergedFacts): ExplainedInstant {
  return { name: 'mergedAt', at: mergedAt, source: mergedAtSource ?? 'activity' };
}

/** A decline records no source: the activity tells of it, and where that was not read only an event can. */
export function closed(facts: PullRequestFacts): ExplainedInstant | null {
  const source = facts.mergedAtSource ?? (facts.coverage.activity ? 'activity' : 'event');
  return instant(facts.state === 'MERGED' ? 'mergedAt' : 'closedAt', facts.closedAt ?? undefined, source);
}

/** The earliest own commit, whenever it was; `null` where there are none or they were not read. */
export function firstCommit({ commitAuthoredAt: [at] }: PullRequestFacts): ExplainedInstant | null {
  return instant('firstCommitAt', at, 'commits');
}

/** The first own commit or the opening, whichever came first. */
export function begun(facts: PullRequestFacts): ExplainedInstant {
  const commit = firstCommit(facts);
  return commit !== null && commit.at < facts.openedAt ? commit : opened(facts);
}

/** Participants alone tell no first review: without the activity it is unknown, not absent. */
export function firstReview(facts: PullRequestFacts): ExplainedInstant | null {
  if (!facts.coverage.activity) return null;
  return instant('firstReviewAt', facts.reviews[0]?.at, 'activity');
}

/** As Pulse reads a review: comments in the conversation are none. */
export function firstInlineOrVerdict(facts: PullRequestFacts): ExplainedInstant | null {
  if (!facts.coverage.activity) return null;
  const review = facts.reviews.find(({ kind, inline }) => kind !== 'comment' || inline);
  return instant('firstInlineOrVerdictAt', review?.at, 'activity');
}

/**
 * Approvals stand in the pull request's participants too, with their instants (in all 9,196 recorded approvals the same
 * as the activity's), so they are known without the activity.
 */
export function approvals(facts: PullRequestFacts): readonly Review[] {
  return facts.reviews.filter((review) => review.kind === 'approval');
}

export function firstApproval(facts: PullRequestFacts): ExplainedInstant | null {
  return instant('firstApprovedAt', approvals(facts)[0]?.at, approvalSource(facts));
}

export function lastApproval(facts: PullRequestFacts): ExplainedInstant | null {
  return instant('lastApprovedAt', approvals(facts).at(-1)?.at, approvalSource(facts));
}

function approvalSource({ coverage }: PullRequestFacts): ExplainedInstant['source'] {
  return coverage.activity ? 'activity' : 'pull request';
}

function instant(
  name: ExplainedInstant['name'],
  at: EpochSeconds | undefined,
  source: ExplainedInstant['source'],
): ExplainedInstant | null {
  return at === undefined ? null : { name, at, source };
}
