/** Who looks: the account that was chosen in the page, which the browser keeps in a cookie. */
import type { Account, WebOptions } from './web-options';

const COOKIE = 'throughline-viewer';

/** Everyone one can look as, the first of them where nobody was chosen. */
export function accountsOf({ account, otherAccounts = [] }: WebOptions): readonly Account[] {
  return [account, ...otherAccounts];
}

/** The account of a request; one of another workspace, left from an earlier start, is nobody here. */
export function viewerOf(options: WebOptions, cookies: string | undefined): Account {
  const chosen = (cookies ?? '')
    .split(';')
    .map((each) => each.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1];
  return (
    accountsOf(options).find(({ accountId }) => encodeURIComponent(accountId) === chosen) ?? options.account
  );
}
