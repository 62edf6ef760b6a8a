/** Who asks: read from the headers that the local Forge host sends in the place of a token. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from './endpoints';
import { notAuthenticated, scopesMissing } from './errors';

/** The app itself, or a user through the app; `scopes` are those the app was granted. */
export interface Caller {
  readonly as: 'app' | 'user';
  /** The user's account id; `null` for the app. */
  readonly account: string | null;
  readonly scopes: readonly string[];
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * The caller of a request: `x-forge-as`, `x-forge-account`, `x-forge-scopes`.
 *
 * @throws {Refused} 401 without `x-forge-as`, for `none`, and for a user without an account: every repository here is
 * private.
 */
export function callerOf(headers: IncomingHttpHeaders): Caller {
  const as = header(headers, 'x-forge-as');
  const account = header(headers, 'x-forge-account');
  const scopes = (header(headers, 'x-forge-scopes') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  if (as === 'app') return { as, account: null, scopes };
  if (as === 'user' && account !== null) return { as, account, scopes };
  throw notAuthenticated();
}

/** @throws {Refused} 403 where the endpoint's scope was not granted; scopes never imply each other. */
export function requireScope(caller: Caller, endpoint: Endpoint): void {
  if (!caller.scopes.includes(endpoint.scope)) throw scopesMissing([endpoint.scope], caller.scopes);
}
