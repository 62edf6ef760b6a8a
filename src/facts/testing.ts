/** For tests: facts of a pull request in one line, with everything read and nothing happened but the merge. */
import type { PullRequestFacts, Review } from './pull-request-facts';

/** 2026-06-01T09:00:00Z, a Monday. */
export const OPENED_AT = Date.UTC(2026, 5, 1, 9) / 1000;

export const HOUR = 3_600;

/** A pull request opened on a Monday morning and merged a day later, changed by `overrides`. */
export function aPullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  const openedAt = overrides.openedAt ?? OPENED_AT;
  const mergedAt = overrides.mergedAt === undefined ? openedAt + 24 * HOUR : overrides.mergedAt;
  return {
    id: 1,
    state: 'MERGED',
    draft: false,
    authorId: 'author',
    authorIsBot: false,
    targetBranch: 'main',
    branchKind: 'feature',
    fromFork: false,
    openedAt,
    mergedAt,
    mergedAtSource: mergedAt === null ? null : 'activity',
    closedAt: mergedAt,
    closedById: 'merger',
    mergeCommit: null,
    commitAuthoredAt: [],
    reviews: [],
    requestedReviewerIds: [],
    withdrawnApprovals: 0,
    commentCount: 0,
    reviewCommentCount: 0,
    sourceUpdatedAt: [],
    staleApproval: false,
    selfApproved: false,
    linesAdded: null,
    linesRemoved: null,
    filesChanged: null,
    lastActivityAt: mergedAt ?? openedAt,
    lastAuthorActivityAt: openedAt,
    coverage: { activity: true, commits: true, diffstat: false },
    ...overrides,
  };
}

/** An open pull request. */
export function anOpenPullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return aPullRequest({ state: 'OPEN', mergedAt: null, closedById: null, ...overrides });
}

/** A review a number of hours after the usual opening. */
export function review(kind: Review['kind'], hours: number, actorId = 'reviewer', inline = false): Review {
  return { kind, actorId, at: OPENED_AT + hours * HOUR, inline };
}
