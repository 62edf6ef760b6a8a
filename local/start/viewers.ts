/** The people as whom one can look at a run: accounts that no figure counts. */
import { textOf } from '../bitbucket/values';
import type { Account } from '../forge/web/server';
import type { OpenSource } from './source';

export interface Viewers {
  /** The first one looks until another is chosen. */
  readonly accounts: readonly [Account, ...Account[]];
  /** Whether somebody may read a repository, by its uuid with braces. */
  readonly mayRead: (accountId: string, repositoryUuid: string) => boolean;
  readonly administers: (accountId: string, repositoryUuid: string) => boolean;
}

const YOU: Account = { accountId: '712020:00000000-0000-4000-8000-0000000000ff', displayName: 'You' };

/** Shows what the app shows to somebody with few rights. */
const NEWCOMER: Account = {
  accountId: '712020:00000000-0000-4000-8000-0000000000fe',
  displayName: 'A newcomer',
};
const NEWCOMER_SEES = 2;

/** In the demo a newcomer beside the administrator of everything, in a recording the administrator alone. */
export function viewersOf({ workspace, demo }: OpenSource): Viewers {
  if (demo === null) return { accounts: [YOU], mayRead: () => true, administers: () => true };
  const seen = workspace
    .repositories()
    .slice(0, NEWCOMER_SEES)
    .map((repository) => textOf(repository.repository(), 'uuid'));
  const isNewcomer = (accountId: string): boolean => accountId === NEWCOMER.accountId;
  return {
    accounts: [YOU, NEWCOMER],
    mayRead: (accountId, repositoryUuid) => !isNewcomer(accountId) || seen.includes(repositoryUuid),
    administers: (accountId) => !isNewcomer(accountId),
  };
}
