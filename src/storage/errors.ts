/** Why Forge storage did not do what was asked: one class per cause. */
import { ForgeKvsAPIError } from '@forge/kvs';

/** Any failure of storage; `code` is Forge's. */
export class StorageError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`Forge storage: ${message} (${code})`);
    this.name = new.target.name;
  }
}

/** The key exists already, or a condition did not hold: somebody else wrote first. */
export class StorageConflict extends StorageError {}

/** The minute's or second's units are spent. */
export class StorageThrottled extends StorageError {}

/** Storage failed or did not answer: worth another try. */
export class StorageTrouble extends StorageError {}

/** Storage refuses this request for good: too large, a wrong key, an undeclared attribute. A fault of ours. */
export class StorageRefused extends StorageError {}

const CONFLICTS = new Set(['KEY_CONFLICT', 'CONDITIONAL_CHECK_FAILED']);
const THROTTLES = new Set(['RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS', 'REQUEST_THROTTLED']);

/** Forge's error as one of the classes above. By code first: the status of a failed condition is not documented. */
export function toStorageError(error: unknown): StorageError {
  if (!(error instanceof ForgeKvsAPIError)) {
    return Object.assign(new StorageTrouble('NO_ANSWER', 'no answer came back'), { cause: error });
  }
  const { code, responseDetails } = error;
  if (CONFLICTS.has(code)) return new StorageConflict(code, 'somebody else wrote first');
  if (THROTTLES.has(code) || responseDetails.status === 429) {
    return new StorageThrottled(code, 'the limit of this minute is reached');
  }
  if (responseDetails.status >= 500 || code === 'UNKNOWN_ERROR') {
    return new StorageTrouble(code, `it answered ${responseDetails.status}`);
  }
  return new StorageRefused(code, error.message);
}
