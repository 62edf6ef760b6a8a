/** What the app must do about each of the 26 recorded oddities, told from the recorded entries alone. */
import type { ExportedPullRequest } from './archive-export';
import { idOf, wholeSecond, type Moment } from './expected-facts';
import type { ReadPullRequest } from './independent-reading';

export interface EdgeCase {
  /** The rule, as the test's name. */
  readonly must: string;
  /** Whether a recorded pull request has the oddity. */
  readonly isOdd: (read: ReadPullRequest, defaultBranch: string | null) => boolean;
  readonly got: (row: ExportedPullRequest) => unknown;
  readonly expected: (read: ReadPullRequest) => unknown;
}

const YEAR = 365 * 86_400;

function seconds(at: string): number {
  return Date.parse(at) / 1000;
}

function sorted(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort();
}

/** The instants of updates of a state, oldest first, with their microseconds. */
function updatesOf({ moments }: ReadPullRequest, state: string): readonly string[] {
  return sorted(moments.filter((m) => m.what === 'update' && m.state === state).map((m) => m.at));
}

/** The instant of the earliest update of a state, as exported. */
function earliest(read: ReadPullRequest, state: string): string | null {
  const [first] = updatesOf(read, state);
  return first === undefined ? null : wholeSecond(first);
}

/** When the pull request closed, with microseconds; later than everything while it is open. */
function closeOf(read: ReadPullRequest): string {
  return updatesOf(read, read.recorded.state === 'OPEN' ? 'none' : read.recorded.state)[0] ?? '9999';
}

function commentsUpToClose(read: ReadPullRequest): readonly Moment[] {
  return read.moments.filter((m) => m.what === 'comment' && m.at <= closeOf(read));
}

function byOthers(read: ReadPullRequest): readonly Moment[] {
  return read.moments.filter((m) => m.what !== 'update' && m.who?.uuid !== read.recorded.author?.uuid);
}

function reviewsOf(read: ReadPullRequest): readonly Moment[] {
  return byOthers(read).filter((m) => m.at <= closeOf(read));
}

function peopleOf(moments: readonly Moment[]): readonly string[] {
  return sorted(moments.flatMap((m) => idOf(m.who) ?? []));
}

function approversOf(read: ReadPullRequest): readonly string[] {
  return peopleOf(reviewsOf(read).filter((m) => m.what === 'approval'));
}

function newest(read: ReadPullRequest): string {
  return wholeSecond(sorted(read.moments.map((m) => m.at)).at(-1) ?? '');
}

/** Commits that are no merges and no null revision; hashes of merge commits come with 12 characters. */
function ownDates(read: ReadPullRequest): readonly string[] {
  const merge = read.recorded.merge_commit?.hash.slice(0, 12);
  return read.listedCommits
    .filter(({ hash, parents }) => parents.length < 2 && !hash.startsWith('000000000000'))
    .filter(({ hash }) => hash.slice(0, 12) !== merge)
    .map(({ date }) => wholeSecond(date))
    .sort();
}

function approvedParticipants({ recorded }: ReadPullRequest): readonly string[] {
  return sorted(recorded.participants.filter((p) => p.approved).flatMap((p) => idOf(p.user) ?? []));
}

function after(read: ReadPullRequest, what: Moment['what']): boolean {
  const merged = updatesOf(read, 'MERGED')[0];
  return merged !== undefined && read.moments.some((m) => m.what === what && m.at > merged);
}

/** By the name of the oddity in `edge-cases.json`. */
export const EDGE_CASES: Readonly<Record<string, EdgeCase>> = {
  '100_or_more_commits': {
    must: 'commits beyond the first page count, and the oldest of all is the first commit',
    isOdd: (read) => read.listedCommits.length >= 100,
    got: (row) => [row.commits, row.firstCommitAt],
    expected: (read) => [ownDates(read).length, ownDates(read)[0] ?? null],
  },
  activity_of_200_or_more_entries: {
    must: 'every comment up to the close is counted, and the newest entry is the last activity',
    isOdd: (read) => read.moments.length >= 200,
    got: (row) => [row.commentCount, row.lastActivityAt],
    expected: (read) => [commentsUpToClose(read).length, newest(read)],
  },
  activity_of_4_or_more_pages: {
    must: 'the first review is found, though it stands on the last page',
    isOdd: (read) => read.activityPages >= 4,
    got: (row) => row.firstReviewAt,
    expected: (read) => wholeSecond(sorted(reviewsOf(read).map((m) => m.at))[0] ?? ''),
  },
  all_commits_newer_than_pr: {
    must: 'the first commit stays the oldest that is listed, though it is newer than the opening',
    isOdd: (read) => ownDates(read).every((date) => date > wholeSecond(read.recorded.created_on)),
    got: (row) => [row.firstCommitAt, row.firstCommitAt === null || row.firstCommitAt > row.openedAt],
    expected: (read) => [ownDates(read)[0] ?? null, true],
  },
  approval_after_merge: {
    must: 'an approval after the merge makes nobody a reviewer or an approver',
    isOdd: (read) => after(read, 'approval'),
    got: (row) => [row.approverIds, row.reviewerIds],
    expected: (read) => [approversOf(read), peopleOf(reviewsOf(read))],
  },
  approved_participants_differ_from_activity_approvals: {
    must: 'the approvals of both count',
    isOdd: (read) => {
      const inActivity = peopleOf(read.moments.filter((m) => m.what === 'approval'));
      return inActivity.join() !== approvedParticipants(read).join();
    },
    got: (row) => row.approverIds,
    expected: (read) => sorted([...approversOf(read), ...approvedParticipants(read)]),
  },
  comment_after_merge: {
    must: 'a comment after the merge is not counted, and is activity all the same',
    isOdd: (read) => after(read, 'comment'),
    got: (row) => [row.commentCount, row.reviewCommentCount, row.lastActivityAt],
    expected: (read) => [
      commentsUpToClose(read).length,
      reviewsOf(read).filter((m) => m.what === 'comment').length,
      newest(read),
    ],
  },
  commit_author_without_account: {
    must: 'a commit counts whoever wrote it',
    isOdd: (read) => read.listedCommits.some(({ author }) => author.user === undefined),
    got: (row) => [row.commits, row.firstCommitAt],
    expected: (read) => [ownDates(read).length, ownDates(read)[0] ?? null],
  },
  declined_with_reason: {
    must: 'it closed when it was declined, was not merged, and the reason is not kept',
    isOdd: ({ recorded }) => recorded.state === 'DECLINED' && recorded.reason !== '',
    got: (row) => [row.state, row.closedAt, row.mergedAt, row.mergedAtSource, row.selfMerged],
    expected: (read) => ['DECLINED', earliest(read, 'DECLINED'), null, null, null],
  },
  destination_not_main_branch: {
    must: 'the target branch is kept, and is not the default branch',
    isOdd: ({ recorded }, defaultBranch) => recorded.destination.branch?.name !== defaultBranch,
    got: (row) => [row.targetBranch, row.targetsDefault],
    expected: ({ recorded }) => [recorded.destination.branch?.name, false],
  },
  from_fork: {
    must: 'another source repository is a fork',
    isOdd: ({ recorded: { source, destination } }) =>
      Boolean(source.repository) && source.repository?.uuid !== destination.repository?.uuid,
    got: (row) => row.fromFork,
    expected: () => true,
  },
  merged_within_one_minute: {
    must: 'a merge within a minute keeps both of its instants',
    isOdd: (read) => seconds(closeOf(read)) - seconds(read.recorded.created_on) <= 60,
    got: (row) => [row.openedAt, row.closedAt],
    expected: (read) => [wholeSecond(read.recorded.created_on), wholeSecond(closeOf(read))],
  },
  merged_without_any_review_by_others: {
    must: 'what the author says and approves is no review',
    isOdd: (read) => read.recorded.state === 'MERGED' && reviewsOf(read).length === 0,
    got: (row) => [
      row.firstReviewAt,
      row.firstApprovedAt,
      row.lastApprovedAt,
      row.reviewerIds,
      row.approverIds,
      row.reviewCommentCount,
      row.revisions,
      row.staleApproval,
    ],
    expected: () => [null, null, null, [], [], 0, 0, false],
  },
  merged_without_closed_by: {
    must: 'whether somebody merged their own is unknown',
    isOdd: ({ recorded }) => recorded.state === 'MERGED' && recorded.closed_by === null,
    got: (row) => [row.closedById, row.selfMerged],
    expected: () => [null, null],
  },
  merged_without_merge_commit: {
    must: 'the merge instant comes from the activity',
    isOdd: ({ recorded }) => recorded.state === 'MERGED' && !recorded.merge_commit,
    got: (row) => [row.mergedAt, row.mergedAtSource],
    expected: (read) => [earliest(read, 'MERGED'), 'activity'],
  },
  no_commits_recorded: {
    must: 'without commits the first is unknown and there are none',
    isOdd: (read) => read.listedCommits.length === 0,
    got: (row) => [row.firstCommitAt, row.commits],
    expected: () => [null, 0],
  },
  non_ascii_title_or_author: {
    must: 'text of any script is read, and none of it is exported',
    isOdd: ({ recorded: { title, author } }) => /[^\x20-\x7e]/.test(`${title}${author?.display_name ?? ''}`),
    got: (row) => [row.authorId, /[^\x20-\x7e]/.test(JSON.stringify(row))],
    expected: ({ recorded }) => [idOf(recorded.author), false],
  },
  open_more_than_a_year: {
    must: 'a life of more than a year is exported as it was',
    isOdd: (read) => seconds(closeOf(read)) - seconds(read.recorded.created_on) > YEAR,
    got: (row) => [row.openedAt, row.closedAt],
    expected: (read) => [wholeSecond(read.recorded.created_on), earliest(read, read.recorded.state)],
  },
  self_approval: {
    must: 'an approval by the author is told, and is not a review',
    isOdd: (read) =>
      read.moments.some((m) => m.what === 'approval' && m.who?.uuid === read.recorded.author?.uuid),
    got: (row) => [row.selfApproved, row.approverIds, row.reviewerIds],
    expected: (read) => [true, approversOf(read), peopleOf(reviewsOf(read))],
  },
  several_declined_updates: {
    must: 'the earliest decline closes',
    isOdd: (read) => updatesOf(read, 'DECLINED').length > 1,
    got: (row) => row.closedAt,
    expected: (read) => earliest(read, 'DECLINED'),
  },
  several_merged_updates: {
    must: 'the earliest merge is the merge',
    isOdd: (read) => updatesOf(read, 'MERGED').length > 1,
    got: (row) => [row.mergedAt, row.closedAt],
    expected: (read) => [earliest(read, 'MERGED'), earliest(read, 'MERGED')],
  },
  source_branch_with_slash: {
    must: 'only the class of the source branch is exported, never its name',
    isOdd: ({ recorded }) => recorded.source.branch?.name.includes('/') ?? false,
    got: (row) => JSON.stringify({ ...row, targetBranch: null }).includes('/'),
    expected: () => false,
  },
  source_repository_null: {
    must: 'a source that is gone is a fork',
    isOdd: ({ recorded }) => !recorded.source.repository,
    got: (row) => row.fromFork,
    expected: () => true,
  },
  update_with_null_source_commit: {
    must: 'an unknown source commit is no change of it',
    isOdd: (read) => read.moments.some((m) => m.what === 'update' && m.hash === null),
    got: (row) => [row.revisions, row.staleApproval],
    expected: () => [0, false],
  },
  updated_on_more_than_a_year_after_merge: {
    must: 'it was merged when the activity says, whatever touched it later',
    isOdd: (read) => seconds(read.recorded.updated_on) - seconds(closeOf(read)) > YEAR,
    got: (row) => [row.mergedAt, row.closedAt],
    expected: (read) => [earliest(read, 'MERGED'), earliest(read, 'MERGED')],
  },
  with_tasks: {
    must: 'tasks are neither comments nor reviews',
    isOdd: ({ recorded }) => recorded.task_count > 0,
    got: (row) => [row.commentCount, row.reviewerIds],
    expected: (read) => [commentsUpToClose(read).length, peopleOf(reviewsOf(read))],
  },
};
