/** What an import has at hand: the rows that wait for their activity and commits, and what was read of these so far. */
import type { ActivitySource, FactSources } from '../../facts/derive-facts';
import { CommitGraph, type OwnCommits } from '../../facts/commit-graph';
import type { ListedCommit } from '../../facts/own-commits';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { AnswerPage, Entry, ImportPage, ListPage, LogPage, Row } from './import-page';
import { endsOf, isRecent, isToBeListed, mergeOf, tipInstant } from './import-row';
import { listPosition, streamPosition, type ImportState } from './import-state';
import { KeptPages, type Bundle } from './kept-pages';
import { neededOf, type Needed } from './needed-page';

/**
 * A pull request that has waited for so many pages (a comment years after the merge, a branch of years) is asked for: one
 * request more, and few wait. Not before the older history is read: what is recent waits for few pages, or is asked for.
 */
const LONG_PAGES = 240;

/** Who goes on after an interruption reads so many pages at most, or somewhat more where much is needed of them. */
export const MOST_PAGES_KEPT = 120;

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
  private readonly pages = new KeptPages();

  /** Puts back what was stored, in its order: all pages from the first that is needed. */
  restore(
    stored: readonly { readonly page: number; readonly value: ImportPage }[],
    state: ImportState,
  ): void {
    const pages = stored.flatMap(({ page: storedAt, value }) => {
      const held = value.kind === 'bundle' ? value.pages : [{ number: storedAt, page: value }];
      for (const { number, page } of held) this.pages.add(number, page, storedAt);
      return held;
    });
    const waiting = new Set(state.waiting);
    const ordered = pages.toSorted((one, other) => one.number - other.number);
    // Lists first: what they hold tells which entries of the log are still waited for.
    for (const isList of [true, false]) {
      for (const { number, page } of ordered) {
        if ((page.kind === 'list') === isList) {
          this.put(number, page, listPosition(state), (id) => waiting.has(id));
        }
      }
    }
  }

  /** Puts a new page on the bench, stored under this number. `listedSince` as in `listPosition`. */
  add(number: number, page: AnswerPage, listedSince: number): void {
    this.pages.add(number, page, number);
    this.put(number, page, listedSince, () => true);
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
      const activity = this.activityOf(row, state);
      if (isAsked(activity)) return { id, what: 'activity', next: null };
      // Its commits are no use before: asked for sooner, the others would wait so long that theirs is asked for too.
      if (activity.kind === 'wait') continue;
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

  /** Where the first page is stored that is still needed; all after it are kept. */
  firstPageNeeded(state: ImportState): number {
    return this.pages.firstNeeded(this.neededNow(state)) ?? state.nextPage;
  }

  /**
   * What to write again where a page from long ago is kept: a merge that somebody commented on years later is listed
   * years before it is needed, and hundreds of pages may lie between an open pull request and its beginning.
   */
  bundle(state: ImportState): Bundle | null {
    if (state.nextPage - state.firstPage <= MOST_PAGES_KEPT) return null;
    return this.pages.bundle(this.neededNow(state), state.nextPage);
  }

  /** That a bundle is stored at this number. */
  replaceBy(bundle: Bundle, storedAt: number): void {
    this.pages.replaceBy(bundle, storedAt);
  }

  private neededNow(state: ImportState): Needed {
    return neededOf({
      isWaiting: (id) => this.rows.has(id),
      youngest: this.youngest(state),
      listedSince: listPosition(state),
    });
  }

  /** Milliseconds: what happened later, no pull request that is still to come has a part in. */
  private youngest(state: ImportState): number {
    const tips = [...this.rows.values()].map(({ row }) => tipInstant(row));
    // What is not listed yet is older than what is.
    return Math.max(listPosition(state), ...tips);
  }

  private put(
    number: number,
    page: AnswerPage,
    listedSince: number,
    isWaiting: (id: number) => boolean,
  ): void {
    switch (page.kind) {
      case 'list':
        this.addRows(number, page, isWaiting);
        return;
      case 'log':
        this.addEntries(number, page.entries, listedSince);
        return;
      case 'commits':
        this.graph.add(page.commits, page.reaches);
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

  private addRows(
    number: number,
    { rows, merges, readAt }: ListPage,
    isWaiting: (id: number) => boolean,
  ): void {
    // Even a finished merge tells what a later pull request was merged into.
    for (const { hash, targetBranch, at } of [...rows.flatMap(mergeOf), ...merges]) {
      this.graph.addMerge(hash, targetBranch, at);
    }
    for (const row of rows) {
      if (!isWaiting(row.id)) continue;
      this.rows.set(row.id, { row, readAt });
      this.meet(row.id, number);
    }
  }

  /** What belongs to no row, although all of its age are listed, is of one that is finished: it was asked for. */
  private addEntries(number: number, entries: LogPage['entries'], listedSince: number): void {
    for (const { pullRequest, entry } of entries) {
      if (!this.rows.has(pullRequest) && !isToBeListed(entry, listedSince)) continue;
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
    if (state.phase !== 'history') return false;
    return state.nextPage - (this.firstPages.get(id) ?? state.nextPage) > LONG_PAGES;
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
