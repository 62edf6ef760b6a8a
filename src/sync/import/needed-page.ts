/** What of an import's page is still needed, once some of its pull requests are finished. */
import { reachOf } from '../../facts/commit-graph';
import type { AnswerPage } from './import-page';
import { isToBeListed, mergeOf } from './import-row';

/** What of a page is still needed; `null` where nothing is. */
export type Needed = (page: AnswerPage) => AnswerPage | null;

/** How far an import is. */
export interface Stage {
  readonly isWaiting: (pullRequest: number) => boolean;
  /** Milliseconds: what happened later, no pull request that is still to come has a part in. */
  readonly youngest: number;
  /** As in `listPosition`. */
  readonly listedSince: number;
}

/**
 * Of a list the rows that wait and older merges, of the log the entries of who waits or is still to be listed, of the
 * commits the older ones, and whatever a pull request that waits was asked for.
 */
export function neededOf({ isWaiting, youngest, listedSince }: Stage): Needed {
  const isOlder = ({ at }: { readonly at: number | null }): boolean => at !== null && at <= youngest;
  return (page) => {
    switch (page.kind) {
      case 'list': {
        const rows = page.rows.filter(({ id }) => isWaiting(id));
        const finished = page.rows.filter(({ id }) => !isWaiting(id)).flatMap(mergeOf);
        const merges = [...page.merges, ...finished].filter(isOlder);
        return rows.length + merges.length === 0 ? null : { ...page, rows, merges };
      }
      case 'log': {
        const entries = page.entries.filter(
          ({ pullRequest, entry }) => isWaiting(pullRequest) || isToBeListed(entry, listedSince),
        );
        return entries.length === 0 ? null : { ...page, entries };
      }
      case 'commits': {
        const commits = page.commits.filter(isOlder);
        const reaches = page.reaches ?? reachOf(page.commits);
        return commits.length === 0 || reaches === null ? null : { ...page, commits, reaches };
      }
      case 'own-activity':
      case 'own-commits':
        return isWaiting(page.id) ? page : null;
    }
  };
}
