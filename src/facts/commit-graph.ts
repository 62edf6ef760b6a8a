/**
 * Finds pull requests' own commits in the repository's commit list instead of asking for each: what can be reached from
 * the merge commit and not from the commit it was merged into. It answers only where the list proves it.
 */
import { ownCommitDates, type ListedCommit } from './own-commits';

/** Bitbucket abbreviates hashes to 12 digits where it refers to commits: all are compared in that length. */
const HASH_LENGTH = 12;

const NULL_REVISION = /^0+$/;

/** What is known of a closed pull request's place in the history; hashes of 12 digits or more. */
export interface PullRequestEnds {
  readonly id: number;
  readonly isMerged: boolean;
  readonly mergeCommit: string | null;
  readonly sourceCommit: string | null;
  /** What the target branch pointed at. */
  readonly targetCommit: string | null;
  readonly targetBranch: string | null;
}

/**
 * `unknown`: the list does not reach far enough yet; `cannot-tell`: it never will (a squash, a deleted fork, a source
 * that is gone), and only Bitbucket's own list for the pull request tells.
 */
export type OwnCommits =
  | { readonly kind: 'dates'; readonly dates: readonly number[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'cannot-tell' };

const UNKNOWN: OwnCommits = { kind: 'unknown' };
const CANNOT_TELL: OwnCommits = { kind: 'cannot-tell' };

interface Merge {
  readonly at: number;
  readonly hash: string;
}

interface Node {
  readonly hash: string;
  readonly at: number | null;
  readonly parents: readonly string[];
}

/** The part of a history that was read, newest first. */
export class CommitGraph {
  private readonly nodes = new Map<string, Node>();
  /** Merges by target branch, the latest first. */
  private readonly merges = new Map<string, Merge[]>();
  /** The merge into the same branch that came before a merge. */
  private readonly mergeBefore = new Map<string, string>();
  private readonly mergeHashes = new Set<string>();
  private oldest = Number.POSITIVE_INFINITY;
  private whole = false;
  private changes = 0;

  /** While it stays the same, so does every answer to the same question. */
  get revision(): number {
    return this.changes;
  }

  /**
   * Adds a page of the list, as Bitbucket gave it. `reaches` (milliseconds): how far back the list has come with it,
   * where only a part of the page is left to tell.
   */
  add(commits: readonly ListedCommit[], reaches?: number): void {
    this.changes += 1;
    for (const { hash, at, parents } of commits) {
      this.nodes.set(short(hash), { hash: short(hash), at, parents: parents.map(short) });
    }
    const position = reaches ?? reachOf(commits);
    if (position !== null) this.oldest = Math.min(this.oldest, position);
  }

  /** Nothing older will come. */
  complete(): void {
    if (!this.whole) this.changes += 1;
    this.whole = true;
  }

  /**
   * Tells the graph of a merge: a target branch only grows, so whatever was merged into it earlier is part of what a
   * later pull request was merged into, even where the commits between the two are not in the list.
   */
  addMerge(mergeCommit: string, targetBranch: string | null, at: number | null): void {
    this.changes += 1;
    const hash = short(mergeCommit);
    this.mergeHashes.add(hash);
    if (targetBranch === null || at === null) return;
    const merges = this.merges.get(targetBranch) ?? [];
    if (merges.some((merge) => merge.hash === hash)) return;
    const found = merges.findIndex((merge) => merge.at < at);
    const place = found === -1 ? merges.length : found;
    merges.splice(place, 0, { at, hash });
    this.merges.set(targetBranch, merges);
    const [after, before] = [merges[place - 1], merges[place + 1]];
    if (after) this.mergeBefore.set(after.hash, hash);
    if (before) this.mergeBefore.set(hash, before.hash);
  }

  /**
   * The dates of a pull request's own commits (milliseconds, ascending; METRICS 1), as far as the list proves them.
   * `mergesKnownSince` (milliseconds): every merge younger than this was added.
   */
  ownCommits(ends: PullRequestEnds, mergesKnownSince: number, now: number): OwnCommits {
    const tip = ends.isMerged ? ends.mergeCommit : ends.sourceCommit;
    if (tip === null || ends.targetCommit === null) return CANNOT_TELL;
    const notYet = this.whole ? CANNOT_TELL : UNKNOWN;
    const start = this.nodes.get(short(tip));
    if (start === undefined) return notYet;
    // A squash has one parent, and its source is nowhere.
    if (ends.isMerged && start.parents.length < 2) return CANNOT_TELL;

    const target = short(ends.targetCommit);
    const excluded = this.reachableFrom(this.targetRoots(start, target, ends));
    const walk = this.walk(start, target, excluded.hashes);
    if (walk.isOpen) return notYet;
    const own = [...walk.hashes].flatMap((hash) => this.nodes.get(hash) ?? []);
    const dates = own.flatMap(({ at }) => at ?? []);
    if (dates.length < own.length) return CANNOT_TELL;
    const oldest = Math.min(...dates);
    if ((!this.whole && this.oldest >= oldest) || mergesKnownSince > oldest) return UNKNOWN;
    // All of it grew from the target itself: then none of it can be older history of the target.
    if (!walk.endsElsewhere) return { kind: 'dates', dates: ownCommitDates(own, ends.mergeCommit, now) };
    if (!this.nodes.has(target) && start.parents[0] !== target) return notYet;
    // Where the target's own history has a gap as young as these commits, it may hide that some of them are its.
    const hasGap = !this.nodes.has(target) || excluded.youngestGap >= oldest;
    if (hasGap && !this.isOwnWork(own, start, target, walk.hashes)) return notYet;
    return { kind: 'dates', dates: ownCommitDates(own, ends.mergeCommit, now) };
  }

  /**
   * Whether commits next to a gap belong to the pull request all the same: they are one line, or several that hold no
   * other pull request's merge, as the target's history would (70 of the 70 recorded; one by one in the tests).
   */
  private isOwnWork(own: readonly Node[], start: Node, target: string, hashes: ReadonlySet<string>): boolean {
    const others = own.filter((node) => node !== start);
    if (!others.some((node) => joinsTwoOf(node, hashes))) return true;
    const isMergedIntoTarget = this.nodes.has(target) && start.parents[0] === target;
    return isMergedIntoTarget && !others.some((node) => this.mergeHashes.has(node.hash));
  }

  /** Where to begin with what does not belong to the pull request. */
  private targetRoots(start: Node, target: string, ends: PullRequestEnds): readonly string[] {
    const known = this.nodes.get(target);
    // An earlier merge is part of the target only if the target is no older.
    const isEarlier = (merge: Merge): boolean => {
      if (merge.hash === start.hash) return false;
      if (known) return known.at !== null && merge.at <= known.at;
      return start.parents[0] === target && start.at !== null && merge.at < start.at;
    };
    const earlier = this.merges.get(ends.targetBranch ?? '')?.find(isEarlier);
    return earlier === undefined ? [target] : [target, earlier.hash];
  }

  private reachableFrom(roots: readonly string[]): {
    readonly hashes: ReadonlySet<string>;
    /** Milliseconds: the youngest commit whose parent is not in the list. */
    readonly youngestGap: number;
  } {
    const hashes = new Set<string>();
    const waiting = roots.map((hash) => ({ hash, childAt: Number.NEGATIVE_INFINITY }));
    let youngestGap = Number.NEGATIVE_INFINITY;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (hashes.has(next.hash)) continue;
      hashes.add(next.hash);
      const node = this.nodes.get(next.hash);
      if (node === undefined) {
        youngestGap = Math.max(youngestGap, next.childAt);
        continue;
      }
      const childAt = node.at ?? next.childAt;
      for (const parent of node.parents) waiting.push({ hash: parent, childAt });
      const earlier = this.mergeBefore.get(node.hash);
      if (earlier !== undefined) waiting.push({ hash: earlier, childAt });
    }
    return { hashes, youngestGap };
  }

  private walk(
    start: Node,
    target: string,
    excluded: ReadonlySet<string>,
  ): {
    readonly hashes: ReadonlySet<string>;
    /** It came to a commit that is not in the list. */
    readonly isOpen: boolean;
    /** It came to the beginning of history, or to another commit of the target's than its last. */
    readonly endsElsewhere: boolean;
  } {
    const hashes = new Set<string>();
    const waiting = [start.hash];
    let isOpen = false;
    let endsElsewhere = false;
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
      if (hashes.has(hash) || hash === target || NULL_REVISION.test(hash)) continue;
      if (excluded.has(hash)) {
        endsElsewhere = true;
        continue;
      }
      const node = this.nodes.get(hash);
      if (node === undefined) {
        isOpen = true;
        continue;
      }
      hashes.add(hash);
      if (node.parents.length === 0) endsElsewhere = true;
      waiting.push(...node.parents);
    }
    return { hashes, isOpen, endsElsewhere };
  }
}

/** Milliseconds: the page's last commit tells how far the list has come; a single odd date before it does not. */
export function reachOf(commits: readonly ListedCommit[]): number | null {
  return commits.findLast(({ at }) => at !== null)?.at ?? null;
}

function joinsTwoOf(node: Node, hashes: ReadonlySet<string>): boolean {
  return node.parents.filter((parent) => hashes.has(parent)).length > 1;
}

function short(hash: string): string {
  return hash.slice(0, HASH_LENGTH);
}
