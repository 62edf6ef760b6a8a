/** Turns the cause of a failure into what happens next: the one place where retry, delay and giving up are decided. */
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BitbucketRefused,
  BitbucketUnreadable,
  BudgetSpent,
} from '../bitbucket/errors';
import { StorageConflict, StorageRefused, StorageThrottled } from '../storage/errors';

export type Decision =
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly rateLimited: boolean }
  /** It no longer exists in Bitbucket: nothing to do and nothing to tell. */
  | { readonly kind: 'gone' }
  /** Recorded as a dead letter, for an admin to see and replay. */
  | { readonly kind: 'give-up' };

/** Forge: `retryAfter` is at most 900 s. */
const LONGEST_DELAY_SECONDS = 900;

/** With delays growing to 15 minutes this is about three hours, well inside the day after which Forge drops an event. */
const MOST_ATTEMPTS = 15;

/** A fault of ours or of the answer's shape does not mend by itself; a few tries cover a deploy or an error page. */
const FEW_ATTEMPTS = 5;

/** What to do after the `attempt`th failure (1 is the first). */
export function decide(error: unknown, attempt: number): Decision {
  if (error instanceof BitbucketNotFound) return { kind: 'gone' };
  if (error instanceof StorageRefused || error instanceof BitbucketRefused) return { kind: 'give-up' };
  // Nothing was asked, so nothing failed: it comes again until Forge drops it, and reconciliation finds it then.
  if (error instanceof BudgetSpent) return retry(0, MOST_ATTEMPTS, error.retryAfterSeconds, true);
  if (error instanceof BitbucketRateLimited) {
    return retry(attempt, MOST_ATTEMPTS, error.retryAfterSeconds ?? growing(60, attempt), true);
  }
  // A fresh installation's permissions arrive minutes late; a missing scope never does.
  if (error instanceof BitbucketForbidden) return retry(attempt, FEW_ATTEMPTS, growing(60, attempt));
  if (error instanceof BitbucketUnreadable) return retry(attempt, FEW_ATTEMPTS, growing(30, attempt));
  if (error instanceof StorageConflict) return retry(attempt, MOST_ATTEMPTS, growing(2, attempt));
  if (error instanceof StorageThrottled) return retry(attempt, MOST_ATTEMPTS, growing(60, attempt), true);
  return retry(attempt, MOST_ATTEMPTS, growing(5, attempt));
}

function growing(firstSeconds: number, attempt: number): number {
  return firstSeconds * 2 ** (attempt - 1);
}

function retry(attempt: number, most: number, afterSeconds: number, rateLimited = false): Decision {
  if (attempt >= most) return { kind: 'give-up' };
  return {
    kind: 'retry',
    afterSeconds: Math.min(Math.ceil(afterSeconds), LONGEST_DELAY_SECONDS),
    rateLimited,
  };
}
