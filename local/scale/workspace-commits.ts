/** The commits of one repository of the simulated workspace, as they are at the present. */
import type { LeastRecentlyUsed } from '../bitbucket/least-recently-used';
import type { Elements } from '../bitbucket/paging';
import { commitAnswer, type Copy } from './workspace-answers';
import { placeOfHash, reachedFrom } from './workspace-reach';
import { countUpTo } from './workspace-strand';
import { commitTable, type CommitTable } from './workspace-tables';

export interface ScaleCommitsOptions {
  /** The repository's. */
  readonly uuid: string;
  readonly copies: readonly Copy[];
  /** Those of `copies`, in time, whose merges are the main branch's line. */
  readonly mainLine: readonly Copy[];
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** For what takes memory. */
  readonly cache: LeastRecentlyUsed;
}

const MICROSECONDS = 1000;

export class ScaleCommits {
  constructor(private readonly options: ScaleCommitsOptions) {}

  /** The hash of the main branch's end; `null` for any other branch. */
  branchTip(branch: string): string | null {
    const tip = this.options.copies[0]?.strand.mainBranch === branch ? this.mainTip() : null;
    const hash = tip && commitAnswer(tip.copy, tip.place).hash;
    return typeof hash === 'string' ? hash : null;
  }

  /** As `CommitGraph.commits`; of branches only the main one's end is known. */
  reachable(include: readonly string[], exclude: readonly string[]): Elements | null {
    if (include.length === 0 && exclude.length === 0) return this.history();
    const wanted = this.reachedByCopy(include);
    const unwanted = this.reachedByCopy(exclude);
    if (wanted === null || unwanted === null) return null;
    const { copies } = this.options;
    const found: { readonly copy: Copy; readonly place: number; readonly at: number }[] = [];
    for (const copy of copies) {
      const visible = this.visibleCommits(copy);
      const left = unwanted.get(copy);
      const places =
        include.length === 0 ? Array.from({ length: visible }, (_, place) => place) : wanted.get(copy);
      for (const place of places ?? []) {
        if (left?.has(place)) continue;
        found.push({ copy, place, at: (copy.strand.commits[place]?.visibleAt ?? 0) + copy.shift });
      }
    }
    found.sort((left, right) => right.at - left.at || right.place - left.place);
    return {
      length: found.length,
      at(index) {
        const commit = found[index];
        if (commit === undefined) throw new RangeError(`The list has no commit ${index}.`);
        return commitAnswer(commit.copy, commit.place);
      },
    };
  }

  private now(): number {
    return this.options.clock.now() * MICROSECONDS;
  }

  /** All commits, the latest first. */
  history(): Elements {
    const table: CommitTable = this.options.cache.get(`${this.options.uuid}#commits`, () =>
      commitTable(this.options.copies),
    );
    const visible = countUpTo(table.at, this.now());
    return {
      length: visible,
      at: (position) => {
        const row = visible - 1 - position;
        const copy = this.options.copies[table.copy[row] ?? -1];
        if (copy === undefined) throw new RangeError(`The list has no commit ${position}.`);
        return commitAnswer(copy, table.place[row] ?? -1);
      },
    };
  }

  /** The latest merge into the main branch. */
  private mainTip(): { readonly copy: Copy; readonly place: number } | null {
    for (const copy of [...this.options.mainLine].reverse()) {
      const now = this.now() - copy.shift;
      const merge = copy.strand.mainMerges.findLast(({ at }) => at <= now);
      if (merge !== undefined) return { copy, place: merge.commit };
    }
    return null;
  }

  private visibleCommits({ strand, shift }: Copy): number {
    return countUpTo(strand.commitTimes, this.now() - shift);
  }

  /** What can be reached from revisions, by copy; `null` where one is unknown. */
  private reachedByCopy(revisions: readonly string[]): ReadonlyMap<Copy, ReadonlySet<number>> | null {
    const reached = new Map<Copy, Set<number>>();
    for (const revision of revisions) {
      const tip = this.tipOf(revision);
      if (tip === null) return null;
      const known = reached.get(tip.copy) ?? new Set();
      for (const place of reachedFrom(tip.copy.strand, tip.place)) known.add(place);
      reached.set(tip.copy, known);
    }
    return reached;
  }

  /** A hash, its beginning of twelve digits or more, or the main branch; other branches' ends are not kept. */
  private tipOf(revision: string): { readonly copy: Copy; readonly place: number } | null {
    if (revision === this.options.copies[0]?.strand.mainBranch) return this.mainTip();
    for (const copy of this.options.copies) {
      const place = placeOfHash(copy, revision);
      if (place !== null && place < this.visibleCommits(copy)) return { copy, place };
    }
    return null;
  }
}
