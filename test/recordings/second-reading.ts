/**
 * A second, separate reading of a recording: the facts of METRICS 1 and the figures of METRICS 3 straight from the
 * files, sharing no code with the app, so that the two can be compared.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Recorded JSON as it lies there, no more of it than is read here. */
interface RawUser {
  readonly account_id?: string;
  readonly uuid: string;
}

interface RawSide {
  readonly branch: { readonly name: string } | null;
  readonly commit: { readonly hash: string } | null;
  readonly repository: { readonly uuid: string } | null;
}

interface RawPullRequest {
  readonly id: number;
  readonly state: string;
  readonly author: RawUser | null;
  readonly closed_by: RawUser | null;
  readonly created_on: string;
  readonly merge_commit: { readonly hash: string } | null;
  readonly source: RawSide;
  readonly destination: RawSide;
  readonly participants: readonly {
    readonly user: RawUser | null;
    readonly approved: boolean;
    readonly participated_on: string | null;
  }[];
}

interface RawEntry {
  readonly update?: { readonly date: string; readonly state: string; readonly source: RawSide | null };
  readonly approval?: { readonly date: string; readonly user: RawUser | null };
  readonly comment?: {
    readonly created_on: string;
    readonly user: RawUser | null;
    readonly deleted?: boolean;
    readonly inline?: unknown;
  };
}

interface RawCommit {
  readonly hash: string;
  readonly date: string;
  readonly parents: readonly unknown[];
}

interface RawPages<T> {
  readonly pr: number;
  readonly pages: readonly { readonly values: readonly T[] }[];
}

/** The facts under the names of the export; instants are ISO 8601 with whole seconds. */
export type FactRow = Readonly<Record<string, unknown>> & { readonly id: number };

export interface SecondReading {
  readonly slug: string;
  readonly uuid: string;
  readonly pullRequests: readonly FactRow[];
  /** Figures of one window, by metric id; `from` and `to` in milliseconds. */
  figures(from: number, to: number): Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const KINDS: readonly [string, readonly string[]][] = [
  ['feature', ['feature', 'feat']],
  ['bugfix', ['bugfix', 'fix', 'bug']],
  ['hotfix', ['hotfix']],
  ['release', ['release', 'rel']],
  ['revert', ['revert']],
  ['chore', ['chore', 'ci', 'docs', 'refactor', 'test', 'build', 'deps', 'dependabot', 'renovate']],
];

function lines<T>(folder: string, name: string): T[] {
  const text = gunzipSync(readFileSync(path.join(folder, name))).toString('utf8');
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as T]));
}

const who = (user: RawUser | null): string | null =>
  user ? (user.account_id ?? user.uuid.slice(1, -1)) : null;
const ms = (text: string): number => new Date(text).getTime();
const iso = (instant: number | null | undefined): string | null =>
  instant === null || instant === undefined ? null : `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** Everything about one pull request as the two files tell it, before any figure. */
interface Case {
  readonly raw: RawPullRequest;
  readonly opened: number;
  readonly merged: number | null;
  readonly closed: number | null;
  readonly commits: readonly number[];
  readonly reviews: readonly { at: number; by: string | null; kind: string; inline: boolean }[];
  readonly moves: readonly number[];
  readonly row: FactRow;
}

function read(
  raw: RawPullRequest,
  log: readonly RawEntry[],
  listed: readonly RawCommit[],
  now: number,
): Case {
  const author = who(raw.author);
  const opened = ms(raw.created_on);
  const updates = log.flatMap(({ update }) => update ?? []);
  const ending = updates.filter((each) => each.state === raw.state).map((each) => ms(each.date));
  const closed = raw.state === 'OPEN' || ending.length === 0 ? null : Math.min(...ending);
  const merged = raw.state === 'MERGED' ? closed : null;
  const inTime = (at: number): boolean => closed === null || at <= closed;

  // Reviews: approvals and comments of others, and approvals that only the participants show.
  const verdicts = log
    .flatMap(({ approval }) => approval ?? [])
    .map(({ date, user }) => ({ at: ms(date), by: who(user), kind: 'approval', inline: false }));
  for (const participant of raw.participants) {
    if (!participant.approved || !participant.participated_on) continue;
    const at = ms(participant.participated_on);
    const by = who(participant.user);
    if (verdicts.some((each) => each.by === by && each.at === at)) continue;
    verdicts.push({ at, by, kind: 'approval', inline: false });
  }
  const remarks = log
    .flatMap(({ comment }) => comment ?? [])
    .filter(({ deleted }) => deleted !== true)
    .map((comment) => ({
      at: ms(comment.created_on),
      by: who(comment.user),
      kind: 'comment',
      inline: Boolean(comment.inline),
    }));
  const reviews = [...verdicts, ...remarks]
    .filter((each) => each.by !== author && each.at >= opened && inTime(each.at))
    .sort((left, right) => left.at - right.at);
  const approvals = reviews.filter((each) => each.kind === 'approval');

  // Moves of the source branch: neighbours in time whose commit differs, as far as both are known.
  const positions = updates
    .flatMap(({ date, source }) => (source?.commit ? [{ at: ms(date), hash: source.commit.hash }] : []))
    .reverse()
    .sort((left, right) => left.at - right.at);
  const moves = positions
    .filter((each, place) => place > 0 && positions[place - 1]?.hash !== each.hash)
    .map((each) => each.at)
    .filter(inTime);

  const mergeHash = raw.merge_commit?.hash ?? null;
  const commits = listed
    .filter((each) => each.parents.length <= 1 && !/^0*$/.test(each.hash))
    .filter((each) => !(mergeHash !== null && each.hash.slice(0, 12) === mergeHash.slice(0, 12)))
    .map((each) => ms(each.date))
    .filter((at) => at >= Date.UTC(2000, 0, 1) && at <= now)
    .sort((left, right) => left - right);

  const first = reviews[0]?.at;
  const lastApproval = approvals.at(-1)?.at;
  const inTimeRemarks = remarks.filter((each) => inTime(each.at));
  const prefix = (raw.source.branch?.name ?? '').toLowerCase().split('/')[0]?.split('-')[0] ?? '';
  const row: FactRow = {
    id: raw.id,
    state: raw.state,
    authorId: author,
    targetBranch: raw.destination.branch?.name,
    branchKind: KINDS.find(([, prefixes]) => prefixes.includes(prefix))?.[0] ?? 'other',
    fromFork: raw.source.repository?.uuid !== raw.destination.repository?.uuid,
    openedAt: iso(opened),
    mergedAt: iso(merged),
    mergedAtSource: merged === null ? null : 'activity',
    closedAt: iso(closed),
    closedById: who(raw.closed_by),
    firstCommitAt: iso(commits[0]),
    commits: commits.length,
    firstReviewAt: iso(first),
    firstApprovedAt: iso(approvals[0]?.at),
    lastApprovedAt: iso(lastApproval),
    reviewerIds: [...new Set(reviews.map((each) => each.by).filter((by) => by !== null))].sort(),
    approverIds: [...new Set(approvals.map((each) => each.by).filter((by) => by !== null))].sort(),
    commentCount: inTimeRemarks.length,
    reviewCommentCount: inTimeRemarks.filter((each) => each.by === null || each.by !== author).length,
    revisions: first === undefined ? 0 : moves.filter((at) => at > first).length,
    staleApproval:
      merged !== null && lastApproval !== undefined && moves.some((at) => lastApproval < at && at <= merged),
    selfApproved: verdicts.some((each) => each.by === author),
    selfMerged:
      raw.state === 'MERGED' && raw.closed_by && author !== null ? who(raw.closed_by) === author : null,
    withdrawnApprovals: 0,
    linesAdded: null,
    linesRemoved: null,
    filesChanged: null,
    lastActivityAt: iso(
      Math.max(
        ...log.map(({ update, approval, comment }) =>
          ms(update?.date ?? approval?.date ?? comment?.created_on ?? ''),
        ),
      ),
    ),
  };
  return { raw, opened, merged, closed, commits, reviews, moves, row };
}

/** Type 7 percentile by the textbook: h = (n - 1) p + 1, counted from 1. */
function quantile(sorted: readonly number[], p: number): number {
  const h = (sorted.length - 1) * p + 1;
  const low = sorted[Math.floor(h) - 1] ?? Number.NaN;
  const high = sorted[Math.min(sorted.length, Math.floor(h) + 1) - 1] ?? Number.NaN;
  return low + (h - Math.floor(h)) * (high - low);
}

function summary(values: readonly (number | null)[], unit: string): Readonly<Record<string, unknown>> {
  const known = values.filter((value) => value !== null).sort((left, right) => left - right);
  const n = known.length;
  const give = (value: number): number | null => (n === 0 ? null : unit === 's' ? Math.round(value) : value);
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  return {
    unit,
    n,
    mean: give(mean),
    p50: give(quantile(known, 0.5)),
    p75: give(quantile(known, 0.75)),
    p90: give(quantile(known, 0.9)),
    p95: give(quantile(known, 0.95)),
  };
}

function share(votes: readonly (boolean | null)[]): Readonly<Record<string, unknown>> {
  const known = votes.filter((vote) => vote !== null);
  return {
    unit: 'ratio',
    n: known.length,
    value: known.length === 0 ? null : known.filter(Boolean).length / known.length,
  };
}

const count = (n: number): Readonly<Record<string, unknown>> => ({ unit: 'count', n, value: n });

/** Seconds as the store has them: each instant floored, then subtracted. */
function seconds(from: number | undefined, to: number | undefined | null): number | null {
  return from === undefined || to === undefined || to === null
    ? null
    : Math.floor(to / 1000) - Math.floor(from / 1000);
}

function figuresOf(cases: readonly Case[], from: number, to: number): ReturnType<SecondReading['figures']> {
  const within = (at: number | null): boolean =>
    at !== null && Math.floor(at / 1000) >= from / 1000 && Math.floor(at / 1000) < to / 1000;
  const merged = cases.filter((each) => within(each.merged));
  const approvalsOf = (each: Case): number[] =>
    each.reviews.filter((review) => review.kind === 'approval').map((review) => review.at);
  const spans = (span: (each: Case) => number | null): ReturnType<typeof summary> =>
    summary(merged.map(span), 's');
  const closed = cases.filter((each) => within(each.closed));
  return {
    time_to_open: spans((each) => {
      const first = each.commits[0];
      const coding = seconds(first, each.opened);
      return coding !== null && coding < 0 ? null : coding;
    }),
    time_to_first_review: spans((each) => seconds(each.opened, each.reviews[0]?.at)),
    time_to_first_inline_or_verdict: spans((each) =>
      seconds(each.opened, each.reviews.find((review) => review.inline || review.kind !== 'comment')?.at),
    ),
    time_to_approve: spans((each) => seconds(each.opened, approvalsOf(each)[0])),
    review_time: spans((each) => seconds(each.reviews[0]?.at, each.merged)),
    approval_spread: spans((each) => seconds(approvalsOf(each)[0], approvalsOf(each).at(-1))),
    merge_wait: spans((each) => seconds(approvalsOf(each).at(-1), each.merged)),
    time_to_merge: spans((each) => seconds(each.opened, each.merged)),
    cycle_time: spans((each) => seconds(Math.min(each.opened, each.commits[0] ?? each.opened), each.merged)),
    size_lines: summary([], 'lines'),
    size_files: summary([], 'files'),
    review_comments: summary(
      merged.map((each) => Number(each.row.reviewCommentCount)),
      'count',
    ),
    revisions: summary(
      merged.map((each) => Number(each.row.revisions)),
      'count',
    ),
    reviewers: summary(
      merged.map((each) => (each.row.reviewerIds as string[]).length),
      'count',
    ),
    rework_cycles: summary(
      merged.map((each) => {
        if (each.reviews.length === 0) return null;
        const until = approvalsOf(each)[0] ?? Number.POSITIVE_INFINITY;
        let rounds = 0;
        let fresh = false;
        // Walk through reviews and moves in time: a move after a new review opens a round.
        const steps = [
          ...each.reviews.map((review) => ({ at: Math.floor(review.at / 1000), move: false })),
          ...each.moves.map((at) => ({ at: Math.floor(at / 1000), move: true })),
        ].sort((left, right) => left.at - right.at || Number(right.move) - Number(left.move));
        for (const step of steps) {
          if (step.at >= Math.floor(until / 1000)) break;
          if (!step.move) fresh = true;
          else if (fresh) {
            rounds += 1;
            fresh = false;
          }
        }
        return rounds;
      }),
      'count',
    ),
    merge_rate: share(closed.map((each) => each.raw.state === 'MERGED')),
    unreviewed_merge_rate: share(merged.map((each) => each.reviews.length === 0)),
    unapproved_merge_rate: share(merged.map((each) => approvalsOf(each).length === 0)),
    self_merge_rate: share(
      merged.map((each) =>
        each.raw.closed_by && each.raw.author ? who(each.raw.closed_by) === who(each.raw.author) : null,
      ),
    ),
    changes_requested_rate: share(merged.map(() => false)),
    rework_after_review_rate: share(merged.map((each) => Number(each.row.revisions) > 0)),
    stale_approval_rate: share(
      merged.map((each) => (approvalsOf(each).length === 0 ? null : Boolean(each.row.staleApproval))),
    ),
    opened: count(cases.filter((each) => within(each.opened)).length),
    merged: count(merged.length),
    declined: count(closed.filter((each) => each.raw.state === 'DECLINED').length),
  };
}

/** Reads one repository's folder as of `now` (milliseconds). */
export function readAgain(folder: string, now: number): SecondReading {
  const repository = JSON.parse(readFileSync(path.join(folder, 'repository.json'), 'utf8')) as {
    readonly full_name: string;
    readonly uuid: string;
  };
  const gather = <T>(name: string): Map<number, readonly T[]> => {
    const byId = new Map<number, readonly T[]>();
    for (const { pr, pages } of lines<RawPages<T>>(folder, name)) {
      byId.set(pr, [...(byId.get(pr) ?? []), ...pages.flatMap((page) => page.values)]);
    }
    return byId;
  };
  const logs = gather<RawEntry>('activity.jsonl.gz');
  const commits = gather<RawCommit>('commits.jsonl.gz');
  const cases = lines<RawPullRequest>(folder, 'pullrequests.jsonl.gz')
    .map((raw) => read(raw, logs.get(raw.id) ?? [], commits.get(raw.id) ?? [], now))
    .sort((left, right) => left.raw.id - right.raw.id);
  return {
    slug: repository.full_name.split('/')[1] ?? '',
    uuid: repository.uuid,
    pullRequests: cases.map((each) => each.row),
    figures: (from, to) => figuresOf(cases, from, to),
  };
}
