/** Why something could not be read, as a cause that a screen can put into the reader's words. */
import type { KeptTrouble } from '../storage/tasks';

/**
 * `missing-permission`: Bitbucket answered 401 or 403; `permission-awaited`: the same right after the installation, whose
 * permissions can take some minutes; `rate-limited`, `bitbucket-failed`: it refused or failed; `unreadable`: its answer
 * had an unknown form; `cut-short`: there is more than is followed; `storage-failed`: Forge's storage; `unknown`:
 * anything else.
 */
export const TROUBLE_CAUSES = [
  'missing-permission',
  'permission-awaited',
  'not-found',
  'rate-limited',
  'bitbucket-failed',
  'unreadable',
  'cut-short',
  'storage-failed',
  'unknown',
] as const;
export type TroubleCause = (typeof TROUBLE_CAUSES)[number];

/** The permissions that requests to Bitbucket need. */
export const BITBUCKET_SCOPES = [
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'read:pipeline:bitbucket',
] as const;
export type BitbucketScope = (typeof BITBUCKET_SCOPES)[number];

export interface Trouble {
  readonly cause: TroubleCause;
  /** The permission that the refused request needs; `null` of other causes. */
  readonly scope: BitbucketScope | null;
}

/** What the store kept of a trouble; a cause that this version does not know is `unknown`. */
export function asTrouble(kept: KeptTrouble | null): Trouble | null {
  if (kept === null) return null;
  return {
    cause: TROUBLE_CAUSES.find((cause) => cause === kept.cause) ?? 'unknown',
    scope: BITBUCKET_SCOPES.find((scope) => scope === kept.scope) ?? null,
  };
}

/** The permissions that are missing, or awaited, among these troubles; each once, in the manifest's order. */
export function missingScopes(troubles: readonly (Trouble | null)[]): readonly BitbucketScope[] {
  return BITBUCKET_SCOPES.filter((scope) => troubles.some((trouble) => trouble?.scope === scope));
}
