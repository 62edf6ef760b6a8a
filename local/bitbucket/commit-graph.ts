/** The commit graph of a repository: what a revision names, and which commits can be reached from it. */
import { isJsonList, isJsonObject, objectOf, textOf } from './values';
import type { JsonObject, RepositorySource } from './workspace-source';

/** Bitbucket abbreviates hashes to 12 characters; people go down to 7. */
const SHORTEST_HASH = 7;

function hashOf(value: JsonObject | null): string | null {
  return value && textOf(value, 'hash');
}

function parentsOf(commit: JsonObject): readonly string[] {
  const { parents } = commit;
  if (!isJsonList(parents)) return [];
  return parents.flatMap((parent) => (isJsonObject(parent) ? (hashOf(parent) ?? []) : []));
}

interface BranchEnd {
  readonly branch: string | null;
  readonly hash: string | null;
}

function endOf(pullRequest: JsonObject, side: 'source' | 'destination'): BranchEnd {
  const end = objectOf(pullRequest, side);
  const branch = end && objectOf(end, 'branch');
  return { branch: branch && textOf(branch, 'name'), hash: end && hashOf(objectOf(end, 'commit')) };
}

/** Answers which commits of a repository's history a query asks for. */
export class CommitGraph {
  private readonly positions = new Map<string, number>();
  private readonly abbreviations = new Map<string, number>();

  constructor(
    private readonly source: RepositorySource,
    private readonly history: readonly JsonObject[],
  ) {
    for (const [position, commit] of history.entries()) {
      const hash = hashOf(commit);
      if (hash === null) continue;
      this.positions.set(hash, position);
      this.abbreviations.set(hash.slice(0, SHORTEST_HASH), position);
    }
  }

  /**
   * The commits reachable from any of `include` (all where empty) and from none of `exclude`, newest first; `null`
   * where a revision is unknown. A revision is a hash, a prefix of one, the main branch, or an open source branch.
   */
  commits(include: readonly string[], exclude: readonly string[]): readonly JsonObject[] | null {
    if (include.length === 0 && exclude.length === 0) return this.history;
    const wanted = this.tipsOfAll(include);
    const unwanted = this.tipsOfAll(exclude);
    if (wanted === null || unwanted === null) return null;
    const reached = include.length === 0 ? null : this.reachable(wanted);
    const left = this.reachable(unwanted);
    return this.history.filter((_, position) => (reached?.has(position) ?? true) && !left.has(position));
  }

  private tipsOfAll(revisions: readonly string[]): readonly number[] | null {
    const tips: number[] = [];
    for (const revision of revisions) {
      const found = this.tips(revision);
      if (found === null) return null;
      tips.push(...found);
    }
    return tips;
  }

  private tips(revision: string): readonly number[] | null {
    const commit = this.positionOf(revision);
    if (commit !== null) return [commit];
    const tip = this.source.branchTip?.(revision) ?? null;
    const known = tip === null ? null : this.positionOf(tip);
    if (known !== null) return [known];
    const main = objectOf(this.source.repository(), 'mainbranch');
    if (main !== null && textOf(main, 'name') === revision) return this.mainBranchTips();
    return this.openBranchTip(revision);
  }

  private positionOf(hash: string): number | null {
    if (!/^[0-9a-f]{7,40}$/.test(hash)) return null;
    const exact = this.positions.get(hash) ?? this.abbreviations.get(hash.slice(0, SHORTEST_HASH));
    if (exact === undefined) return null;
    if (hashOf(this.history[exact] ?? null)?.startsWith(hash)) return exact;
    const other = this.history.findIndex((commit) => hashOf(commit)?.startsWith(hash));
    return other === -1 ? null : other;
  }

  /**
   * The history does not say where a branch points. What no commit follows is a branch's end; the main branch has those
   * ends that are not the end of a pull request's source.
   */
  private mainBranchTips(): readonly number[] {
    const followed = new Set(this.history.flatMap(parentsOf));
    const sources = new Set(
      this.source.pullRequestIds().flatMap((id) => {
        const pullRequest = this.source.pullRequest(id);
        if (pullRequest === null) return [];
        const end = endOf(pullRequest, 'source').hash;
        const merge = hashOf(objectOf(pullRequest, 'merge_commit'));
        return end === null || (merge !== null && sameCommit(end, merge)) ? [] : [end.slice(0, 12)];
      }),
    );
    return this.history.flatMap((commit, position) => {
      const hash = hashOf(commit);
      return hash === null || followed.has(hash) || sources.has(hash.slice(0, 12)) ? [] : [position];
    });
  }

  private openBranchTip(branch: string): readonly number[] | null {
    for (const id of this.source.pullRequestIds()) {
      const pullRequest = this.source.pullRequest(id);
      if (pullRequest === null || textOf(pullRequest, 'state') !== 'OPEN') continue;
      const end = endOf(pullRequest, 'source');
      if (end.branch !== branch || end.hash === null) continue;
      const position = this.positionOf(end.hash);
      return position === null ? null : [position];
    }
    return null;
  }

  private reachable(tips: readonly number[]): ReadonlySet<number> {
    const reached = new Set(tips);
    const open = [...tips];
    for (let tip = open.pop(); tip !== undefined; tip = open.pop()) {
      const commit = this.history[tip];
      for (const parent of commit === undefined ? [] : parentsOf(commit)) {
        const position = this.positions.get(parent);
        if (position === undefined || reached.has(position)) continue;
        reached.add(position);
        open.push(position);
      }
    }
    return reached;
  }
}

function sameCommit(left: string, right: string): boolean {
  return left.startsWith(right) || right.startsWith(left);
}
