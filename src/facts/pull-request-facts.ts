/** The record Throughline keeps of one pull request: ids, instants, counts and states, never text (METRICS 1). */

/** An instant as whole seconds since 1970-01-01T00:00:00Z: a Forge entity `integer` has 32 bits, milliseconds overflow. */
export type EpochSeconds = number;

export const PULL_REQUEST_STATES = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'] as const;
export type PullRequestState = (typeof PULL_REQUEST_STATES)[number];

/** Class of a source branch; the branch's own name is never stored. */
export const BRANCH_KINDS = ['feature', 'bugfix', 'hotfix', 'release', 'revert', 'chore', 'other'] as const;
export type BranchKind = (typeof BRANCH_KINDS)[number];

/** Where the merge instant was read: the activity log, the list's `merge_commit.date`, or the fulfilled event. */
export const MERGED_AT_SOURCES = ['activity', 'list', 'event'] as const;
export type MergedAtSource = (typeof MERGED_AT_SOURCES)[number];

/** How a merge came into its branch, as its commit tells: two parents; one; or a commit of the pull request itself. */
export const MERGE_STRATEGIES = ['merge-commit', 'squash', 'fast-forward'] as const;
export type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

export const REVIEW_KINDS = ['approval', 'changes_requested', 'comment'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** One act of review by somebody who is neither the author nor a bot, between opening and closing. */
export interface Review {
  /** Account id, else uuid without braces; `null` where the account is gone. */
  readonly actorId: string | null;
  readonly kind: ReviewKind;
  readonly at: EpochSeconds;
  /** A comment on a line of the diff; always false for the other kinds. */
  readonly inline: boolean;
}

/** Which of Bitbucket's answers the facts were derived from; a figure on unread data says so. */
export interface FactsCoverage {
  readonly activity: boolean;
  readonly commits: boolean;
  readonly diffstat: boolean;
}

export interface PullRequestFacts {
  readonly id: number;
  readonly state: PullRequestState;
  readonly draft: boolean;
  readonly authorId: string | null;
  /** The author's account is not a person's (`type` other than `user`). */
  readonly authorIsBot: boolean;
  readonly targetBranch: string;
  readonly branchKind: BranchKind;
  /** Digests of the source branch's first words (`wordsOf`); empty where it has none, or was read before they were kept. */
  readonly branchWords: readonly number[];
  readonly fromFork: boolean;
  readonly openedAt: EpochSeconds;
  readonly mergedAt: EpochSeconds | null;
  readonly mergedAtSource: MergedAtSource | null;
  /** `mergedAt`, or the instant of the decline or supersession; `null` while open or where nothing tells it. */
  readonly closedAt: EpochSeconds | null;
  readonly closedById: string | null;
  /** The merge commit's hash as Bitbucket's pull request names it (12 characters). */
  readonly mergeCommit: string | null;
  /** Author dates of the own commits, ascending; empty where there are none or commits were not read. */
  readonly commitAuthoredAt: readonly EpochSeconds[];
  /** Ascending by instant. */
  readonly reviews: readonly Review[];
  readonly requestedReviewerIds: readonly string[];
  /** Approvals that a reviewer-status event showed and a later one no longer shows. */
  readonly withdrawnApprovals: number;
  readonly commentCount: number;
  readonly reviewCommentCount: number;
  /** Instants of the activity updates that changed the source commit, ascending, up to close. */
  readonly sourceUpdatedAt: readonly EpochSeconds[];
  /** The source commit changed between the last approval and the merge. */
  readonly staleApproval: boolean;
  readonly selfApproved: boolean;
  readonly linesAdded: number | null;
  readonly linesRemoved: number | null;
  readonly filesChanged: number | null;
  /** Latest instant of any activity entry. */
  readonly lastActivityAt: EpochSeconds | null;
  /** Latest push, comment or approval by the author: tells on whom an open pull request waits. */
  readonly lastAuthorActivityAt: EpochSeconds | null;
  readonly coverage: FactsCoverage;
}
