/** Names what stands behind an error: its cause, and the permission that a refused request needs. */
import { z } from 'zod';
import {
  BitbucketError,
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BitbucketUnreadable,
  BudgetSpent,
} from '../bitbucket/errors';
import { StorageError } from '../storage/errors';
import {
  BITBUCKET_SCOPES,
  TROUBLE_CAUSES,
  type BitbucketScope,
  type Trouble,
  type TroubleCause,
} from './trouble';

/** A trouble as the state of a task keeps it; an older version kept a sentence, which is no cause. */
export const storedTrouble = z
  .object({ cause: z.enum(TROUBLE_CAUSES), scope: z.enum(BITBUCKET_SCOPES).nullable() })
  .nullable()
  .catch(null);

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';

/**
 * The permission that Bitbucket wants for each endpoint that is asked (its OpenAPI document's
 * `x-atlassian-oauth2-scopes`), by path template.
 */
export const SCOPE_OF_ENDPOINT: Readonly<Record<string, BitbucketScope>> = {
  '/repositories/{workspace}': 'read:repository:bitbucket',
  [REPOSITORY]: 'read:repository:bitbucket',
  [`${REPOSITORY}/commits`]: 'read:repository:bitbucket',
  [`${REPOSITORY}/pullrequests`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/activity`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{id}`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{id}/activity`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{id}/commits`]: 'read:pullrequest:bitbucket',
  // Bitbucket redirects it to the repository's own diffstat, which wants this one; whoever has the pull request's
  // number had the other.
  [`${REPOSITORY}/pullrequests/{id}/diffstat`]: 'read:repository:bitbucket',
  [`${REPOSITORY}/diffstat/{spec}`]: 'read:repository:bitbucket',
  [`${REPOSITORY}/pipelines`]: 'read:pipeline:bitbucket',
  [`${REPOSITORY}/deployments`]: 'read:pipeline:bitbucket',
  [`${REPOSITORY}/deployments/{deployment_uuid}`]: 'read:pipeline:bitbucket',
};

/** What the activity and the commits of a single pull request need. */
export const SCOPE_OF_OWN_ANSWERS = 'read:pullrequest:bitbucket' satisfies BitbucketScope;

/** What stands behind an error, without its words. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof BitbucketForbidden) {
    return { cause: 'missing-permission', scope: SCOPE_OF_ENDPOINT[error.endpoint] ?? null };
  }
  return { cause: otherCause(error), scope: null };
}

function otherCause(error: unknown): TroubleCause {
  if (error instanceof BitbucketNotFound) return 'not-found';
  if (error instanceof BitbucketRateLimited || error instanceof BudgetSpent) return 'rate-limited';
  if (error instanceof BitbucketUnreadable) return 'unreadable';
  if (error instanceof BitbucketError) return 'bitbucket-failed';
  return error instanceof StorageError ? 'storage-failed' : 'unknown';
}
