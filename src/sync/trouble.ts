/** Why something could not be read, as a cause that a screen can put into the reader's words. */

/**
 * `missing-permission`: Bitbucket answered 401 or 403; `rate-limited`, `bitbucket-failed`: it refused or failed;
 * `unreadable`: its answer had an unknown form; `storage-failed`: Forge's storage; `unknown`: anything else.
 */
export const TROUBLE_CAUSES = [
  'missing-permission',
  'not-found',
  'rate-limited',
  'bitbucket-failed',
  'unreadable',
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
