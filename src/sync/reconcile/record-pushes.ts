/** Tells the main branch's commits apart: merged pull requests, and what was pushed straight to it. */
import type { CommitAnswer } from '../../bitbucket/answers';
import { toEpochSeconds } from '../../facts/instant';
import type { EpochSeconds, MergeStrategy, PullRequestFacts } from '../../facts/pull-request-facts';
import type { RepositoryId } from '../../storage/keys';
import { savePushOrigins, type MainCommit } from '../../storage/pushes';
import { readRepositoryView } from '../../storage/repository-view';

const HASH_LENGTH = 12;

/** A pull request merged just before the range may still bring its last commits into it. */
const LOOKED_BACK_SECONDS = 7 * 86_400;

export interface PushRange {
  /** Where on the main branch this page goes on; `null` at its end, which is the first that is listed. */
  readonly from: string | null;
  /** The last commit that is known, 12 digits; `null` before the first comparison. */
  readonly head: string | null;
  readonly since: EpochSeconds;
  readonly until: EpochSeconds;
}

export interface RecordedPushes {
  /** The youngest recorded commit, 12 digits; `null` where there was none. */
  readonly newest: string | null;
  /** The commit that comes next and is on a later page; `null` where the known ones are reached. */
  readonly next: string | null;
  /** Direct pushes that no event had told of. */
  readonly missed: number;
}

/** Follows the main branch by first parents through one page, towards what is known, and records what it finds. */
export async function recordPushes(
  repository: RepositoryId,
  listed: readonly CommitAnswer[],
  range: PushRange,
): Promise<RecordedPushes> {
  const { line, next } = mainline(listed, range);
  const newest = line[0];
  if (newest === undefined) return { newest: null, next, missed: 0 };
  const { facts } = await readRepositoryView(repository, range.since - LOOKED_BACK_SECONDS, range.until);
  const commits = withOrigins(line, facts);
  const missed = await savePushOrigins(repository, commits);
  return { newest: newest.hash.slice(0, HASH_LENGTH), next, missed };
}

interface LineCommit {
  readonly hash: string;
  readonly at: EpochSeconds;
  readonly parents: readonly string[];
}

function mainline(
  listed: readonly CommitAnswer[],
  { from, head, since, until }: PushRange,
): { readonly line: readonly LineCommit[]; readonly next: string | null } {
  const byHash = new Map(listed.map((commit) => [commit.hash, commit]));
  const line: LineCommit[] = [];
  let hash = from ?? listed[0]?.hash ?? null;
  while (hash !== null && hash.slice(0, HASH_LENGTH) !== head) {
    const commit = byHash.get(hash);
    if (commit === undefined) return { line, next: hash };
    const at = commit.at === null ? null : toEpochSeconds(commit.at);
    if (head === null && at !== null && at < since) break;
    // What is younger may still get its event, and is compared next time.
    if (at !== null && at <= until) line.push({ hash, at, parents: commit.parents });
    hash = commit.parents[0] ?? null;
  }
  return { line, next: null };
}

/** A merge is known by its hash; a fast-forward also brings the pull request's own commits, right below it. */
function withOrigins(line: readonly LineCommit[], facts: readonly PullRequestFacts[]): readonly MainCommit[] {
  const merges = new Map(
    facts.flatMap((each) =>
      each.state === 'MERGED' && each.mergeCommit !== null
        ? [[each.mergeCommit.slice(0, HASH_LENGTH), each] as const]
        : [],
    ),
  );
  let fastForwarded: ReadonlySet<EpochSeconds> = new Set();
  return line.map(({ hash, at, parents }): MainCommit => {
    const merge = merges.get(hash.slice(0, HASH_LENGTH));
    if (merge !== undefined) fastForwarded = new Set(parents.length < 2 ? merge.commitAuthoredAt : []);
    const isMerge = merge !== undefined || fastForwarded.has(at);
    if (!isMerge) fastForwarded = new Set();
    return {
      hash,
      at,
      parent: parents[0] ?? null,
      origin: isMerge ? 'merge' : 'direct',
      strategy: merge === undefined ? null : strategyOf(parents.length, at, merge),
    };
  });
}

/** A merge of one parent is a commit of the pull request's own, or one made of them all. */
function strategyOf(
  parents: number,
  at: EpochSeconds,
  { commitAuthoredAt }: PullRequestFacts,
): MergeStrategy {
  if (parents > 1) return 'merge-commit';
  return commitAuthoredAt.includes(at) ? 'fast-forward' : 'squash';
}
