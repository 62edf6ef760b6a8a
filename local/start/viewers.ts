/** The people as whom one can look at a run: accounts that no figure counts. */
import { isJsonObject, textOf, valuesAt } from '../bitbucket/values';
import type { WorkspaceSource } from '../bitbucket/workspace-source';
import type { Account } from '../forge/web/server';
import type { OpenSource } from './source';

export interface Viewers {
  /** The first one looks until another is chosen. */
  readonly accounts: readonly [Account, ...Account[]];
  /** Whether somebody may read a repository, by its uuid with braces. */
  readonly mayRead: (accountId: string, repositoryUuid: string) => boolean;
  readonly administers: (accountId: string, repositoryUuid: string) => boolean;
}

/** Somebody of no name, whom no figure counts. */
export const YOU: Account = { accountId: '712020:00000000-0000-4000-8000-0000000000ff', displayName: 'You' };

/** Shows what the app shows to somebody with few rights. */
const NEWCOMER: Account = {
  accountId: '712020:00000000-0000-4000-8000-0000000000fe',
  displayName: 'A newcomer',
};
const NEWCOMER_SEES = 2;

/** One who may read and change everything. */
export function soleViewer(account: Account): Viewers {
  return { accounts: [account], mayRead: () => true, administers: () => true };
}

/** In the demo a newcomer and a developer beside the administrator of everything, in a recording the administrator alone. */
export function viewersOf({ workspace, demo }: OpenSource): Viewers {
  if (demo === null) return soleViewer(YOU);
  const seen = workspace
    .repositories()
    .slice(0, NEWCOMER_SEES)
    .map((repository) => textOf(repository.repository(), 'uuid'));
  const isNewcomer = (accountId: string): boolean => accountId === NEWCOMER.accountId;
  return {
    accounts: [YOU, NEWCOMER, ...developerOf(workspace)],
    mayRead: (accountId, repositoryUuid) => !isNewcomer(accountId) || seen.includes(repositoryUuid),
    administers: (accountId) => accountId === YOU.accountId,
  };
}

/** Whoever is asked for the most open reviews: somebody for whom the page has a day's work. */
function developerOf(workspace: WorkspaceSource): readonly Account[] {
  const asked = new Map<string, Account & { readonly reviews: number }>();
  for (const repository of workspace.repositories()) {
    for (const id of repository.pullRequestIds()) {
      const pullRequest = repository.pullRequest(id);
      if (pullRequest?.state !== 'OPEN') continue;
      for (const reviewer of valuesAt(pullRequest, ['reviewers']).filter(isJsonObject)) {
        const accountId = textOf(reviewer, 'account_id');
        const displayName = textOf(reviewer, 'display_name');
        if (accountId === null || displayName === null) continue;
        const reviews = (asked.get(accountId)?.reviews ?? 0) + 1;
        asked.set(accountId, { accountId, displayName, reviews });
      }
    }
  }
  const [most] = [...asked.values()].sort((a, b) => b.reviews - a.reviews);
  return most === undefined ? [] : [{ accountId: most.accountId, displayName: most.displayName }];
}
