/** Tells the main branch's commits apart: merged pull requests, and what was pushed straight to it. */
import type { CommitAnswer } from '../../bitbucket/answers';
import { toEpochSeconds } from '../../facts/instant';
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { RepositoryId } from '../../storage/keys';
import { savePushOrigins, type MainCommit } from '../../storage/pushes';
import { readRepositoryView } from '../../storage/repository-view';

const HASH_LENGTH = 12;

/** A pull request merged just before the range may still bring its last commits into it. */
const LOOKED_BACK_SECONDS = 7 * 86_400;

export interface PushRange {
  /** The last commit that is known, 12 digits; `null` before the first comparison. */
  readonly head: string | null;
  readonly since: EpochSeconds;
  readonly until: EpochSeconds;
}

/**
 * Follows the main branch from its end by first parents to the known head, and records what it finds there. Returns the
 * new head (`null` where nothing is new) and how many direct pushes no event had told of.
 */
export async function recordPushes(
  repository: RepositoryId,
  listed: readonly CommitAnswer[],
  range: PushRange,
): Promise<{ readonly head: string | null; readonly missed: number }> {
  const line = mainline(listed, range);
  const newest = line[0];
  if (newest === undefined) return { head: null, missed: 0 };
  const { facts } = await readRepositoryView(repository, range.since - LOOKED_BACK_SECONDS, range.until);
  const merged = mergedCommits(facts);
  const commits = line.map(({ hash, at, parents }): MainCommit => {
    const isMerge = merged.hashes.has(hash.slice(0, HASH_LENGTH)) || merged.fastForwarded.has(at);
    return { hash, at, parent: parents[0] ?? null, origin: isMerge ? 'merge' : 'direct' };
  });
  const missed = await savePushOrigins(repository, commits);
  return { head: newest.hash.slice(0, HASH_LENGTH), missed };
}

interface LineCommit {
  readonly hash: string;
  readonly at: EpochSeconds;
  readonly parents: readonly string[];
}

function mainline(listed: readonly CommitAnswer[], { head, since, until }: PushRange): readonly LineCommit[] {
  const byHash = new Map(listed.map((commit) => [commit.hash, commit]));
  const line: LineCommit[] = [];
  let commit = listed[0];
  while (commit !== undefined && commit.hash.slice(0, HASH_LENGTH) !== head) {
    const at = commit.at === null ? null : toEpochSeconds(commit.at);
    if (head === null && at !== null && at < since) break;
    // What is younger may still get its event, and is compared next time.
    if (at !== null && at <= until) line.push({ hash: commit.hash, at, parents: commit.parents });
    commit = byHash.get(commit.parents[0] ?? '');
  }
  return line;
}

/** A fast-forward brings a pull request's own commits to the main branch as they are. */
function mergedCommits(facts: readonly PullRequestFacts[]): {
  readonly hashes: ReadonlySet<string>;
  readonly fastForwarded: ReadonlySet<EpochSeconds>;
} {
  const merged = facts.filter(({ state }) => state === 'MERGED');
  return {
    hashes: new Set(merged.flatMap(({ mergeCommit }) => mergeCommit?.slice(0, HASH_LENGTH) ?? [])),
    fastForwarded: new Set(merged.flatMap(({ commitAuthoredAt }) => commitAuthoredAt)),
  };
}
