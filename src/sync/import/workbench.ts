/** What an import has at hand: the rows that wait for their activity and commits, and what was read of these so far. */
import type { ActivitySource, FactSources } from '../../facts/derive-facts';
import { CommitGraph, type OwnCommits, type PullRequestEnds } from '../../facts/commit-graph';
import type { ListedCommit } from '../../facts/own-commits';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { HistoryPages, type HistoryToMove } from './history-pages';
import type { Entry, ImportPage, Row } from './import-page';
import { listPosition, streamPosition, type ImportState } from './import-state';

/**
 * A pull request that has waited for so many pages (a comment years after the merge, a branch of years) is asked for:
 * one request more, and the pages that are kept and read again after an interruption stay few.
 */
const MOST_PAGES_KEPT = 240;

/** An entry is at most a second younger than its pull request's last update (measured: 0.3 s at 3,178 of 3,775). */
export const CLOCKS_DIFFER_MILLISECONDS = 60_000;

/** How a pull request's activity or commits are to be had. */
type Source<T> =
  { readonly kind: 'read'; readonly values: T | null } | { readonly kind: 'wait' } | { readonly kind: 'ask' };

interface Own {
  activity?: readonly Entry[] | null;
  commits?: readonly ListedCommit[] | null;
}

/** What can be derived: a row with everything that was to be read of it. */
export interface ReadyRow {
  readonly row: Row;
  readonly readAt: EpochSeconds;
  readonly activity: readonly ActivitySource[] | null;
  readonly commits: FactSources['commits'];
}

/** That the history could not tell, and what it was asked: its revision, and how far the list was (milliseconds). */
interface Undecided {
  readonly revision: number;
  readonly listedSince: number;
  readonly found: OwnCommits;
}

export class Workbench {
  private readonly rows = new Map<number, { readonly row: Row; readonly readAt: EpochSeconds }>();
  private readonly entries = new Map<number, Entry[]>();
  private readonly firstPages = new Map<number, number>();
  private readonly own = new Map<number, Own>();
  private readonly decided = new Map<number, readonly number[]>();
  private readonly undecided = new Map<number, Undecided>();
  private readonly graph = new CommitGraph();
  private readonly history = new HistoryPages();

  /** Puts a page on the bench; of a list only rows that `isWaiting`. `listedSince` as in `listPosition`. */
  add(
    number: number,
    page: ImportPage,
    listedSince: number,
    isWaiting: (id: number) => boolean = () => true,
  ): void {
    switch (page.kind) {
      case 'list':
        this.addRows(number, page.rows, page.readAt, isWaiting);
        return;
      case 'log':
        this.addEntries(number, page.entries, listedSince);
        return;
      case 'commits':
        this.graph.add(page.commits);
        this.history.add(number, { commits: page.commits, merges: [] });
        return;
      case 'history':
        this.graph.addEarlier(page.commits);
        for (const { hash, targetBranch, at } of page.merges) this.graph.addMerge(hash, targetBranch, at);
        this.history.add(number, page);
        return;
      case 'own-activity': {
        const own = this.ownOf(page.id);
        own.activity = page.gone ? null : [...(own.activity ?? []), ...page.entries];
        return;
      }
      case 'own-commits': {
        const own = this.ownOf(page.id);
        own.commits = page.gone ? null : [...(own.commits ?? []), ...page.commits];
        return;
      }
    }
  }

  /** Everything older is in. */
  completeCommits(): void {
    this.graph.complete();
  }

  /**
   * The first pull request to be asked for, in the order of the list: of those where nothing else tells, or of the
   * `recent` ones, or of `all`, also where older pages would.
   */
  nextToAsk(
    state: ImportState,
    now: EpochSeconds,
    which: 'needed' | 'recent' | 'all',
  ): ImportState['asking'] {
    for (const id of state.waiting) {
      const row = this.rows.get(id)?.row;
      if (row === undefined || (which === 'recent' && !isRecent(row, state))) continue;
      const isAsked = ({ kind }: Source<unknown>): boolean =>
        kind === 'ask' || (which !== 'needed' && kind === 'wait');
      if (isAsked(this.activityOf(row, state))) return { id, what: 'activity', next: null };
      if (isAsked(this.commitsOf(row, state, now))) return { id, what: 'commits', next: null };
    }
    return null;
  }

  /** Whether any of the open or recent ones waits. */
  hasRecent(state: ImportState): boolean {
    return [...this.rows.values()].some(({ row }) => isRecent(row, state));
  }

  /** Epoch seconds: whatever was closed since then is finished. */
  finishedSince(state: ImportState): EpochSeconds | null {
    const waiting = [...this.rows.values()].filter(({ row }) => row.state !== 'OPEN');
    const latest = Math.max(listPosition(state), ...waiting.map(({ row }) => tipInstant(row)));
    if (latest === Number.POSITIVE_INFINITY) return null;
    return latest === Number.NEGATIVE_INFINITY ? 0 : Math.ceil(latest / 1000);
  }

  /** Rows of which everything is read that is to be read. */
  ready(state: ImportState, now: EpochSeconds): readonly ReadyRow[] {
    return state.waiting.flatMap((id): ReadyRow[] => {
      const known = this.rows.get(id);
      if (known === undefined || state.asking?.id === id) return [];
      const activity = this.activityOf(known.row, state);
      if (activity.kind !== 'read') return [];
      const commits = this.commitsOf(known.row, state, now);
      if (commits.kind !== 'read') return [];
      return [{ ...known, activity: activity.values, commits: commits.values }];
    });
  }

  /** Takes finished rows off the bench. */
  finish(ids: readonly number[]): void {
    for (const id of ids) {
      this.rows.delete(id);
      this.entries.delete(id);
      this.own.delete(id);
      this.decided.delete(id);
      this.undecided.delete(id);
      this.firstPages.delete(id);
    }
  }

  /** How many rows the commit list has decided and nobody had to ask for. */
  get decidedCount(): number {
    return this.decided.size;
  }

  /** The first page that is still needed; all after it are kept. */
  firstPageNeeded(state: ImportState): number {
    const history = this.history.firstWith(this.youngest(state)) ?? state.nextPage;
    return Math.min(state.nextPage, history, ...this.firstPages.values());
  }

  /**
   * What to write on another page where history alone keeps a page from too long ago: a merge that somebody commented on
   * years later is listed years before it is needed, and so is a commit that is older than those around it.
   */
  historyToMove(state: ImportState): HistoryToMove | null {
    const youngest = this.youngest(state);
    const first = this.history.firstWith(youngest) ?? state.nextPage;
    if (state.nextPage - first <= MOST_PAGES_KEPT) return null;
    return this.history.upTo(youngest, state.nextPage - MOST_PAGES_KEPT / 2);
  }

  /** That it is written: the pages from which it came are no longer kept for it. */
  moveHistory(moved: HistoryToMove, to: number): void {
    this.history.move(moved, to);
  }

  /** Milliseconds: what happened later, no pull request that is still to come has a part in. */
  private youngest(state: ImportState): number {
    const tips = [...this.rows.values()].map(({ row }) => tipInstant(row));
    // What is not listed yet is older than what is.
    return Math.max(listPosition(state), ...tips);
  }

  private addRows(
    number: number,
    rows: readonly Row[],
    readAt: EpochSeconds,
    isWaiting: (id: number) => boolean,
  ): void {
    // Even a finished merge tells what a later pull request was merged into.
    const merges = rows.flatMap(({ state, mergeCommit, targetBranch }) => {
      if (state !== 'MERGED' || mergeCommit === null) return [];
      this.graph.addMerge(mergeCommit.hash, targetBranch, mergeCommit.date);
      return mergeCommit.date === null ? [] : { hash: mergeCommit.hash, targetBranch, at: mergeCommit.date };
    });
    this.history.add(number, { commits: [], merges });
    for (const row of rows) {
      if (!isWaiting(row.id)) continue;
      this.rows.set(row.id, { row, readAt });
      this.meet(row.id, number);
    }
  }

  /** What belongs to no row, although all of its age are listed, is of one that is finished: it was asked for. */
  private addEntries(
    number: number,
    entries: Extract<ImportPage, { kind: 'log' }>['entries'],
    listedSince: number,
  ): void {
    for (const { pullRequest, entry } of entries) {
      if (!this.rows.has(pullRequest) && entry.at > listedSince + CLOCKS_DIFFER_MILLISECONDS) continue;
      const known = this.entries.get(pullRequest) ?? [];
      known.push(entry);
      this.entries.set(pullRequest, known);
      this.meet(pullRequest, number);
    }
  }

  private activityOf(row: Row, state: ImportState): Source<readonly Entry[]> {
    const own = this.own.get(row.id);
    if (own?.activity !== undefined) return { kind: 'read', values: own.activity };
    // Entries of one instant may stand on both sides of a page's end, so the log must be past it.
    if (state.log.state !== 'refused' && streamPosition(state.log) < row.createdAt) {
      return { kind: 'read', values: this.entries.get(row.id) ?? [] };
    }
    return state.log.state === 'refused' || this.isLong(row.id, state) ? { kind: 'ask' } : { kind: 'wait' };
  }

  private commitsOf(
    row: Row,
    state: ImportState,
    now: EpochSeconds,
  ): Source<NonNullable<FactSources['commits']>> {
    const own = this.own.get(row.id);
    if (own?.commits !== undefined) return { kind: 'read', values: own.commits };
    const ownDates = this.decided.get(row.id);
    if (ownDates !== undefined) return { kind: 'read', values: { ownDates } };
    const found = this.fromGraph(row, listPosition(state), now);
    if (found.kind === 'dates') {
      this.decided.set(row.id, found.dates);
      return { kind: 'read', values: { ownDates: found.dates } };
    }
    const waits =
      found.kind === 'unknown' && state.commits.state === 'reading' && !this.isLong(row.id, state);
    return { kind: waits ? 'wait' : 'ask' };
  }

  /** Walks the history only where it or the list has grown since the last time that it could not tell. */
  private fromGraph(row: Row, listedSince: number, now: EpochSeconds): OwnCommits {
    const { revision } = this.graph;
    const earlier = this.undecided.get(row.id);
    if (earlier?.revision === revision && earlier.listedSince === listedSince) return earlier.found;
    const found = this.graph.ownCommits(endsOf(row), listedSince, now * 1000);
    if (found.kind !== 'dates') this.undecided.set(row.id, { revision, listedSince, found });
    return found;
  }

  private isLong(id: number, state: ImportState): boolean {
    return state.nextPage - (this.firstPages.get(id) ?? state.nextPage) > MOST_PAGES_KEPT;
  }

  private meet(id: number, page: number): void {
    this.firstPages.set(id, Math.min(page, this.firstPages.get(id) ?? page));
  }

  private ownOf(id: number): Own {
    const own = this.own.get(id) ?? {};
    this.own.set(id, own);
    return own;
  }
}

function isRecent(row: Row, { since }: ImportState): boolean {
  return row.state === 'OPEN' || Date.parse(row.updatedOn) >= since * 1000;
}

function endsOf(row: Row): PullRequestEnds {
  return {
    id: row.id,
    isMerged: row.state === 'MERGED',
    mergeCommit: row.mergeCommit?.hash ?? null,
    sourceCommit: row.sourceCommit,
    targetCommit: row.targetCommit,
    targetBranch: row.targetBranch,
  };
}

/** Milliseconds: the commits of a pull request are not younger than this. */
function tipInstant(row: Row): number {
  return row.mergeCommit?.date ?? Date.parse(row.updatedOn);
}
