/** Every figure of METRICS 3 over a window, computed a second time from its definition, as exact fractions. */
import type { ExpectedPullRequest } from './expected-facts';

/** A number as a fraction of whole numbers, so that an expectation has no error of its own. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

export type ExpectedFigure = Readonly<Record<string, string | number | null | Fraction>>;

function seconds(at: string): number {
  return Date.parse(at) / 1000;
}

/**
 * The statistics of METRICS 2 over whole numbers. A percentile is Hyndman and Fan's type 7: it stands at the fraction
 * p of the way from the first of the sorted values to the last, between two neighbours in proportion.
 */
export function statistics(values: readonly number[], unit: string): ExpectedFigure {
  const sorted = [...values].sort((left, right) => left - right);
  const percentile = (percent: number): Fraction | null => {
    const hundredths = (sorted.length - 1) * percent;
    const below = sorted[Math.floor(hundredths / 100)];
    if (below === undefined) return null;
    const above = sorted[Math.ceil(hundredths / 100)] ?? below;
    const part = hundredths % 100;
    return { numerator: below * (100 - part) + above * part, denominator: 100 };
  };
  const numerator = sorted.reduce((sum, value) => sum + value, 0);
  return {
    unit,
    n: sorted.length,
    mean: sorted.length === 0 ? null : { numerator, denominator: sorted.length },
    p50: percentile(50),
    p75: percentile(75),
    p90: percentile(90),
    p95: percentile(95),
  };
}

/**
 * Whether an exported value is the expected one. Seconds are whole and at most half a second off: exactly between two
 * seconds, either is right, since METRICS 2 names no side. Other fractions may differ in their last bits.
 */
export function agrees(expected: ExpectedFigure[string] | undefined, got: unknown, unit: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === got;
  if (typeof got !== 'number') return false;
  const distance = Math.abs(got * expected.denominator - expected.numerator);
  return unit === 's'
    ? Number.isInteger(got) && 2 * distance <= expected.denominator
    : distance <= 1e-9 * Math.max(expected.denominator, Math.abs(expected.numerator));
}

function share(all: readonly ExpectedPullRequest[], of: readonly ExpectedPullRequest[]): ExpectedFigure {
  const value = all.length === 0 ? null : { numerator: of.length, denominator: all.length };
  return { unit: 'ratio', n: all.length, value };
}

function count(all: readonly ExpectedPullRequest[]): ExpectedFigure {
  return { unit: 'count', n: all.length, value: all.length };
}

/** The figures of METRICS 3 by id, of the pull requests in `[from, to)`, both ISO in whole seconds. */
export function expectedFigures(
  pullRequests: readonly ExpectedPullRequest[],
  from: string,
  to: string,
): Readonly<Record<string, ExpectedFigure>> {
  const byPeople = pullRequests.filter(({ facts }) => !facts.authorIsBot);
  const inside = (at: string | null): boolean => at !== null && at >= from && at < to;
  const opened = byPeople.filter(({ facts }) => inside(facts.openedAt));
  const merged = byPeople.filter(({ facts }) => inside(facts.mergedAt));
  const closed = byPeople.filter(({ facts }) => inside(facts.closedAt));
  const reviewed = merged.filter(({ facts }) => facts.firstReviewAt !== null);
  const approved = merged.filter(({ facts }) => facts.firstApprovedAt !== null);
  const closerKnown = merged.filter(({ facts }) => facts.closedById !== null);

  /** Seconds between two instants of each merged pull request that has both. */
  const spans = (
    ends: (one: ExpectedPullRequest) => readonly [start: string | null, end: string | null],
  ): ExpectedFigure => {
    const both = merged.map(ends).flatMap(([start, end]) => (start && end ? [[start, end] as const] : []));
    return statistics(
      both.map(([start, end]) => seconds(end) - seconds(start)),
      's',
    );
  };

  return {
    time_to_open: spans(({ facts: { firstCommitAt, openedAt } }) =>
      firstCommitAt !== null && firstCommitAt > openedAt ? [null, null] : [firstCommitAt, openedAt],
    ),
    time_to_first_review: spans(({ facts }) => [facts.openedAt, facts.firstReviewAt]),
    time_to_first_inline_or_verdict: spans((one) => [one.facts.openedAt, one.firstInlineOrVerdictAt]),
    time_to_approve: spans(({ facts }) => [facts.openedAt, facts.firstApprovedAt]),
    review_time: spans(({ facts }) => [facts.firstReviewAt, facts.mergedAt]),
    approval_spread: spans(({ facts }) => [facts.firstApprovedAt, facts.lastApprovedAt]),
    merge_wait: spans(({ facts }) => [facts.lastApprovedAt, facts.mergedAt]),
    time_to_merge: spans(({ facts }) => [facts.openedAt, facts.mergedAt]),
    cycle_time: spans(({ facts: { firstCommitAt, openedAt, mergedAt } }) => [
      firstCommitAt !== null && firstCommitAt < openedAt ? firstCommitAt : openedAt,
      mergedAt,
    ]),
    // No diffstat is recorded, so no size is known.
    size_lines: statistics([], 'lines'),
    size_files: statistics([], 'files'),
    review_comments: statistics(
      merged.map(({ facts }) => facts.reviewCommentCount),
      'count',
    ),
    revisions: statistics(
      merged.map(({ facts }) => facts.revisions),
      'count',
    ),
    reviewers: statistics(
      merged.map(({ facts }) => facts.reviewerIds.length),
      'count',
    ),
    rework_cycles: statistics(
      reviewed.map(({ reworkCycles }) => reworkCycles),
      'count',
    ),
    opened: count(opened),
    merged: count(merged),
    declined: count(closed.filter(({ facts }) => facts.state === 'DECLINED')),
    merge_rate: share(
      closed,
      closed.filter(({ facts }) => facts.state === 'MERGED'),
    ),
    unreviewed_merge_rate: share(
      merged,
      merged.filter(({ facts }) => facts.firstReviewAt === null),
    ),
    unapproved_merge_rate: share(
      merged,
      merged.filter(({ facts }) => facts.firstApprovedAt === null),
    ),
    self_merge_rate: share(
      closerKnown,
      closerKnown.filter(({ facts }) => facts.closedById === facts.authorId),
    ),
    changes_requested_rate: share(
      merged,
      merged.filter(({ changesRequested }) => changesRequested),
    ),
    rework_after_review_rate: share(
      merged,
      merged.filter(({ facts }) => facts.revisions >= 1),
    ),
    stale_approval_rate: share(
      approved,
      approved.filter(({ facts }) => facts.staleApproval),
    ),
  };
}
