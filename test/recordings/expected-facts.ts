/** A second reading of one pull request: the facts of METRICS 1 from the recorded answers, sharing no code with the app. */
import type { Person, RecordedActivity, RecordedCommit, RecordedPullRequest } from './recorded-files';

/** One entry of a pull request's history; `at` is the recorded text, with microseconds. */
export interface Moment {
  readonly at: string;
  readonly what: 'update' | 'comment' | 'approval' | 'changes_requested';
  readonly who: Person;
  readonly state: string | null;
  readonly hash: string | null;
  readonly inline: boolean;
}

/** The facts under the names and in the forms of the export (METRICS 9); instants are ISO in whole seconds. */
export interface ExpectedFacts {
  readonly id: number;
  readonly state: string;
  readonly draft: boolean;
  readonly authorId: string | null;
  readonly authorIsBot: boolean;
  readonly targetBranch: string | null;
  readonly targetsDefault: boolean;
  readonly branchKind: string;
  readonly fromFork: boolean;
  readonly openedAt: string;
  readonly mergedAt: string | null;
  readonly mergedAtSource: string | null;
  readonly closedAt: string | null;
  readonly closedById: string | null;
  readonly firstCommitAt: string | null;
  readonly firstReviewAt: string | null;
  readonly firstApprovedAt: string | null;
  readonly lastApprovedAt: string | null;
  readonly reviewerIds: readonly string[];
  readonly approverIds: readonly string[];
  readonly commentCount: number;
  readonly reviewCommentCount: number;
  readonly withdrawnApprovals: number;
  readonly staleApproval: boolean;
  readonly selfApproved: boolean;
  readonly selfMerged: boolean | null;
  readonly revisions: number;
  readonly commits: number;
  readonly linesAdded: null;
  readonly linesRemoved: null;
  readonly filesChanged: null;
  readonly lastActivityAt: string | null;
}

/** What the export must say of a pull request, and what only its figures need. */
export interface ExpectedPullRequest {
  readonly facts: ExpectedFacts;
  readonly firstInlineOrVerdictAt: string | null;
  readonly changesRequested: boolean;
  readonly reworkCycles: number;
}

const BRANCH_KINDS: ReadonlyMap<string, string> = new Map(
  [
    'feature: feature feat',
    'bugfix: bugfix fix bug',
    'hotfix: hotfix',
    'release: release rel',
    'revert: revert',
    'chore: chore ci docs refactor test build deps dependabot renovate',
  ].flatMap((line) => {
    const [kind = '', prefixes = ''] = line.split(': ');
    return prefixes.split(' ').map((prefix) => [prefix, kind] as const);
  }),
);

/** Whole seconds as the export writes them: what is finer is cut off. */
export function wholeSecond(at: string): string {
  return `${at.slice(0, 19)}Z`;
}

/** How a person is named in the export (METRICS 1, `authorId`). */
export function idOf(who: Person): string | null {
  return who === null ? null : (who.account_id ?? who.uuid.replace(/[{}]/g, ''));
}

function isBot(who: Person): boolean {
  return who !== null && who.type !== 'user';
}

/** The entries of a recorded activity, in the order of the pages. */
export function momentsOf(activity: RecordedActivity): readonly Moment[] {
  const moments: Moment[] = [];
  const plain = { who: null, state: null, hash: null, inline: false };
  for (const value of activity.pages.flatMap((page) => page.values)) {
    const { update, comment, approval, changes_requested: changes } = value;
    if (update) {
      const hash = update.source.commit?.hash ?? null;
      moments.push({ ...plain, at: update.date, what: 'update', state: update.state, hash });
    }
    if (comment) {
      // A deleted comment stays an instant of activity, and is nobody's comment.
      const state = comment.deleted ? 'deleted' : null;
      const inline = comment.inline !== undefined && comment.inline !== null;
      moments.push({ ...plain, at: comment.created_on, what: 'comment', who: comment.user, state, inline });
    }
    if (approval) moments.push({ ...plain, at: approval.date, what: 'approval', who: approval.user });
    if (changes) moments.push({ ...plain, at: changes.date, what: 'changes_requested', who: changes.user });
  }
  return moments;
}

/** Approvals that only the participants show, as entries. */
function approvalsOfParticipants(line: RecordedPullRequest, recorded: readonly Moment[]): readonly Moment[] {
  return line.participants.flatMap(({ approved, participated_on: at, user: who }) => {
    if (!approved || at === null) return [];
    if (recorded.some((m) => m.what === 'approval' && m.at === at && idOf(m.who) === idOf(who))) return [];
    return [{ at, what: 'approval', who, state: null, hash: null, inline: false }];
  });
}

/** The author dates of the own commits (METRICS 1, `firstCommitAt`), sorted; `now` is ISO in whole seconds. */
function ownCommitDates(line: RecordedPullRequest, listed: readonly RecordedCommit[], now: string): string[] {
  const merge = line.merge_commit?.hash;
  return listed
    .filter(({ hash, parents }) => parents.length < 2 && /[^0]/.test(hash))
    .filter(({ hash }) => merge === undefined || !(hash.startsWith(merge) || merge.startsWith(hash)))
    .map(({ date }) => wholeSecond(date))
    .filter((date) => date >= '2000-01-01T00:00:00Z' && date <= now)
    .sort();
}

/**
 * Rounds of rework (METRICS 3, `rework_cycles`): a batch of pushes lies between two reviews and before the first
 * approval, which is a review itself. A batch that no review followed lies between nothing, and is none.
 */
function reworkCyclesOf(reviewsAndPushes: readonly Moment[]): number {
  const firstApproval = reviewsAndPushes.findIndex((moment) => moment.what === 'approval');
  const letters = reviewsAndPushes
    .slice(0, firstApproval < 0 ? undefined : firstApproval + 1)
    .map((moment) => (moment.what === 'update' ? 'p' : 'r'))
    .join('');
  return letters.match(/(?<=r)p+(?=r)/g)?.length ?? 0;
}

/** Everything METRICS 1 says of a pull request. `recorded` are its activity's entries, `listed` its commits. */
export function expectedPullRequest(
  line: RecordedPullRequest,
  recorded: readonly Moment[],
  listed: readonly RecordedCommit[],
  mainBranch: string | null,
  now: string,
): ExpectedPullRequest {
  const author = idOf(line.author);
  const story = [...recorded, ...approvalsOfParticipants(line, recorded)].sort((left, right) =>
    left.at < right.at ? -1 : left.at > right.at ? 1 : 0,
  );
  const close = line.state === 'OPEN' ? undefined : story.find((m) => m.state === line.state);
  const merge = line.state === 'MERGED' ? close : undefined;
  const upToClose = story.filter((m) => close === undefined || m.at <= close.at);

  const comments = upToClose.filter((m) => m.what === 'comment' && m.state !== 'deleted');
  const byOthers = upToClose.filter((m) => m.who !== null && idOf(m.who) !== author && !isBot(m.who));
  const reviews = byOthers.filter((m) => m.state !== 'deleted' && m.at >= line.created_on);
  const approvals = reviews.filter((m) => m.what === 'approval');
  const firstReview = reviews[0];
  const lastApproval = approvals[approvals.length - 1];

  const known = upToClose.filter((m) => m.hash !== null);
  const pushes = known.filter((m, index) => index > 0 && m.hash !== known[index - 1]?.hash);
  const commitDates = ownCommitDates(line, listed, now);

  const target = line.destination.branch?.name ?? null;
  const prefix = /^[^/-]*/.exec(line.source.branch?.name ?? '')?.[0] ?? '';
  const closer = idOf(line.closed_by);
  const at = (moment: Moment | undefined): string | null =>
    moment === undefined ? null : wholeSecond(moment.at);
  const ids = (moments: readonly Moment[]): readonly string[] =>
    [...new Set(moments.flatMap((m) => idOf(m.who) ?? []))].sort();

  return {
    facts: {
      id: line.id,
      state: line.state,
      draft: line.draft ?? false,
      authorId: author,
      authorIsBot: isBot(line.author),
      targetBranch: target,
      targetsDefault: target !== null && target === mainBranch,
      branchKind: BRANCH_KINDS.get(prefix.toLowerCase()) ?? 'other',
      fromFork: line.source.repository?.uuid !== line.destination.repository?.uuid,
      openedAt: wholeSecond(line.created_on),
      mergedAt: at(merge),
      mergedAtSource: merge === undefined ? null : 'activity',
      closedAt: at(close),
      closedById: closer,
      firstCommitAt: commitDates[0] ?? null,
      firstReviewAt: at(firstReview),
      firstApprovedAt: at(approvals[0]),
      lastApprovedAt: at(lastApproval),
      reviewerIds: ids(reviews),
      approverIds: ids(approvals),
      commentCount: comments.length,
      reviewCommentCount: comments.filter((m) => idOf(m.who) !== author).length,
      withdrawnApprovals: 0,
      staleApproval:
        merge !== undefined && lastApproval !== undefined && pushes.some((m) => m.at > lastApproval.at),
      selfApproved: story.some((m) => m.what === 'approval' && idOf(m.who) === author),
      // Whoever did not merge did not merge their own either: it says nothing of the others.
      selfMerged: merge === undefined || closer === null ? null : closer === author,
      revisions: firstReview === undefined ? 0 : pushes.filter((m) => m.at > firstReview.at).length,
      commits: commitDates.length,
      linesAdded: null,
      linesRemoved: null,
      filesChanged: null,
      lastActivityAt: at(
        recorded.reduce<Moment | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined),
      ),
    },
    firstInlineOrVerdictAt: at(reviews.find((m) => m.what !== 'comment' || m.inline)),
    changesRequested: reviews.some((m) => m.what === 'changes_requested'),
    reworkCycles: reworkCyclesOf(upToClose.filter((m) => reviews.includes(m) || pushes.includes(m))),
  };
}
