/** Which pages of an import hold commits and merges that older pull requests need, and what to write of them again. */
import type { ListedCommit } from '../../facts/own-commits';
import type { ImportPage } from './import-page';

type Merge = Extract<ImportPage, { kind: 'history' }>['merges'][number];

/** The part of a repository's history that one page tells. */
export interface PageHistory {
  readonly commits: readonly ListedCommit[];
  readonly merges: readonly Merge[];
}

/** What is written again, so that the pages before a number can go. */
export interface HistoryToMove {
  readonly page: Extract<ImportPage, { kind: 'history' }>;
  readonly before: number;
}

export class HistoryPages {
  private readonly pages = new Map<number, PageHistory>();

  add(page: number, history: PageHistory): void {
    if (history.commits.length > 0 || history.merges.length > 0) this.pages.set(page, history);
  }

  /** The first page that tells of anything up to an instant (milliseconds); `null` where none does. */
  firstWith(instant: number): number | null {
    const found = [...this.pages].filter(([, history]) => oldest(history) <= instant);
    return found.length === 0 ? null : Math.min(...found.map(([page]) => page));
  }

  /** All that the pages before a number tell of what happened up to an instant (milliseconds). */
  upTo(instant: number, before: number): HistoryToMove {
    const moved = [...this.pages].filter(([page]) => page < before).map(([, history]) => history);
    const commits = moved.flatMap((history) =>
      history.commits.filter(({ at }) => at !== null && at <= instant),
    );
    const merges = moved.flatMap((history) => history.merges.filter(({ at }) => at <= instant));
    return { page: { kind: 'history', commits: [...commits], merges }, before };
  }

  /** That what pages before a number told is on another page now. */
  move({ page, before }: HistoryToMove, to: number): void {
    for (const number of [...this.pages.keys()]) if (number < before) this.pages.delete(number);
    this.add(to, page);
  }
}

/** Milliseconds; a commit without a readable date keeps no page. */
function oldest({ commits, merges }: PageHistory): number {
  const instants = [...commits, ...merges].flatMap(({ at }) => at ?? []);
  return instants.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
}
