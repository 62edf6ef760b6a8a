/** Derives the facts of one pull request (METRICS 1) from Bitbucket's answers and the events that were seen. */
import { toEpochSeconds } from './instant';
import { countWithdrawnApprovals, type Observations } from './observations';
import { ownCommitDates, type ListedCommit } from './own-commits';
import type {
  BranchKind,
  EpochSeconds,
  MergedAtSource,
  PullRequestFacts,
  PullRequestState,
} from './pull-request-facts';
import { deriveReviews } from './reviews';

/** A person or bot; `id` is `null` where the account is gone. */
export interface Actor {
  readonly id: string | null;
  readonly isBot: boolean;
}

/** The pull request itself; instants in milliseconds. */
export interface PullRequestSource {
  readonly id: number;
  readonly state: PullRequestState;
  readonly draft: boolean;
  readonly author: Actor;
  readonly createdAt: number;
  readonly closedBy: Actor;
  readonly mergeCommit: { readonly hash: string; readonly date: number | null } | null;
  readonly branchKind: BranchKind;
  readonly branchWords: readonly number[];
  readonly targetBranch: string | null;
  readonly fromFork: boolean;
  readonly participants: readonly {
    readonly account: Actor;
    readonly approved: boolean;
    readonly changesRequested: boolean;
    readonly at: number | null;
  }[];
  readonly reviewers: readonly Actor[];
}

/** One entry of the activity; `at` in milliseconds. */
export type ActivitySource =
  | {
      readonly kind: 'update';
      readonly at: number;
      readonly actor: Actor;
      readonly state: string;
      readonly sourceCommit: string | null;
    }
  | {
      readonly kind: 'comment';
      readonly at: number;
      readonly actor: Actor;
      readonly deleted: boolean;
      readonly inline: boolean;
    }
  | { readonly kind: 'approval' | 'changes_requested'; readonly at: number; readonly actor: Actor };

export interface FactSources {
  readonly pullRequest: PullRequestSource;
  /** `null` where it was not or could not be read; likewise the others. */
  readonly activity: readonly ActivitySource[] | null;
  /** Those that Bitbucket lists for it, or the dates of its own that a walk through the history found (milliseconds). */
  readonly commits: readonly ListedCommit[] | { readonly ownDates: readonly number[] } | null;
  readonly diffstat: readonly { readonly linesAdded: number; readonly linesRemoved: number }[] | null;
  readonly observations: Observations;
  /** Milliseconds. */
  readonly now: number;
}

interface Closing {
  readonly at: number | null;
  readonly mergedAtSource: MergedAtSource | null;
}

/** The facts; the same sources give the same facts, in whatever order their entries come. */
export function deriveFacts(sources: FactSources): PullRequestFacts {
  const { pullRequest, observations } = sources;
  // Bitbucket lists newest first, but not always: 475 recorded pull requests are out of order. Reversed before the
  // stable sort, so that entries of one instant keep their true order.
  const activity = sources.activity?.toReversed().sort((a, b) => a.at - b.at) ?? null;
  const closing = findClosing(pullRequest, activity, observations);
  const upToClose = (at: number): boolean => closing.at === null || at <= closing.at;
  const authorId = pullRequest.author.id;
  const byAuthor = (actor: Actor): boolean => actor.id !== null && actor.id === authorId;

  const reviews = deriveReviews({ ...sources, activity, closedAt: closing.at });
  const comments = (activity ?? []).flatMap((entry) =>
    entry.kind === 'comment' && !entry.deleted && upToClose(entry.at) ? [entry] : [],
  );
  const sourceUpdates = sourceChanges(activity ?? []).filter(upToClose);
  const approvals = reviews.filter((review) => review.kind === 'approval').map((review) => review.at);
  const lastApprovedAt = approvals.at(-1);
  const merged = pullRequest.state === 'MERGED';
  const closedAt = seconds(closing.at);

  return {
    id: pullRequest.id,
    state: pullRequest.state,
    draft: pullRequest.draft,
    authorId,
    authorIsBot: pullRequest.author.isBot,
    targetBranch: pullRequest.targetBranch ?? '',
    branchKind: pullRequest.branchKind,
    branchWords: pullRequest.branchWords,
    fromFork: pullRequest.fromFork,
    openedAt: toEpochSeconds(pullRequest.createdAt),
    mergedAt: merged ? closedAt : null,
    mergedAtSource: closing.mergedAtSource,
    closedAt,
    closedById: pullRequest.closedBy.id,
    mergeCommit: pullRequest.mergeCommit?.hash ?? null,
    commitAuthoredAt: commitDates(sources).map(toEpochSeconds),
    reviews: reviews.map((review) => ({ ...review, at: toEpochSeconds(review.at) })),
    // A bot that was asked keeps nobody waiting.
    requestedReviewerIds: pullRequest.reviewers
      .flatMap(({ id, isBot }) => (isBot ? [] : (id ?? [])))
      .toSorted(),
    withdrawnApprovals: countWithdrawnApprovals(observations),
    commentCount: comments.length,
    reviewCommentCount: comments.filter((comment) => !byAuthor(comment.actor)).length,
    sourceUpdatedAt: sourceUpdates.map(toEpochSeconds),
    staleApproval: merged && lastApprovedAt !== undefined && sourceUpdates.some((at) => at > lastApprovedAt),
    selfApproved:
      (activity ?? []).some((entry) => entry.kind === 'approval' && byAuthor(entry.actor)) ||
      pullRequest.participants.some((each) => each.approved && byAuthor(each.account)),
    ...sizesOf(sources.diffstat),
    lastActivityAt: seconds(activity?.at(-1)?.at ?? null),
    lastAuthorActivityAt: seconds(activity?.findLast((entry) => byAuthor(entry.actor))?.at ?? null),
    coverage: {
      activity: activity !== null,
      commits: sources.commits !== null,
      diffstat: sources.diffstat !== null,
    },
  };
}

function commitDates({ commits, pullRequest, now }: FactSources): readonly number[] {
  if (commits === null) return [];
  if ('ownDates' in commits) return commits.ownDates;
  return ownCommitDates(commits, pullRequest.mergeCommit?.hash ?? null, now);
}

function seconds(milliseconds: number | null): EpochSeconds | null {
  return milliseconds === null ? null : toEpochSeconds(milliseconds);
}

/**
 * When the pull request was closed: the earliest update that shows its present state (some merges are logged twice);
 * where activity cannot tell, the merge commit's date, then the event's instant. `updated_on` is never it.
 */
function findClosing(
  pullRequest: PullRequestSource,
  activity: readonly ActivitySource[] | null,
  observations: Observations,
): Closing {
  if (pullRequest.state === 'OPEN') return { at: null, mergedAtSource: null };
  const merged = pullRequest.state === 'MERGED';
  const update = activity?.find((entry) => entry.kind === 'update' && entry.state === pullRequest.state);
  if (update) return { at: update.at, mergedAtSource: merged ? 'activity' : null };
  const mergeCommitDate = merged ? (pullRequest.mergeCommit?.date ?? null) : null;
  if (mergeCommitDate !== null) return { at: mergeCommitDate, mergedAtSource: 'list' };
  const { closedAt } = observations;
  return { at: closedAt, mergedAtSource: merged && closedAt !== null ? 'event' : null };
}

/** Instants at which the source commit differed from the one before; an unknown commit (a deleted fork) tells nothing. */
function sourceChanges(ascending: readonly ActivitySource[]): readonly number[] {
  const changes: number[] = [];
  let current: string | null = null;
  for (const entry of ascending) {
    if (entry.kind !== 'update' || entry.sourceCommit === null) continue;
    if (current !== null && entry.sourceCommit !== current) changes.push(entry.at);
    current = entry.sourceCommit;
  }
  return changes;
}

/** Sums of a diffstat; `null` until it is read. */
export function sizesOf(
  diffstat: FactSources['diffstat'],
): Pick<PullRequestFacts, 'linesAdded' | 'linesRemoved' | 'filesChanged'> {
  if (diffstat === null) return { linesAdded: null, linesRemoved: null, filesChanged: null };
  return {
    linesAdded: diffstat.reduce((sum, file) => sum + file.linesAdded, 0),
    linesRemoved: diffstat.reduce((sum, file) => sum + file.linesRemoved, 0),
    filesChanged: diffstat.length,
  };
}
