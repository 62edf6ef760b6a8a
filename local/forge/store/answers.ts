/** What the store answers, and the refusals it knows, with the statuses and codes of Forge's storage service. */

/** One HTTP answer of the storage service; `body` is absent on 204. */
export interface StoreAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** What an error answer and an entry of `failedKeys` say. */
export interface StoreErrorBody {
  readonly code: string;
  readonly message: string;
}

/** A request that the storage service refuses: thrown inside the store, answered by `ForgeStore.handle`. */
export class StoreRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'StoreRefusal';
  }

  /** The body that the SDK turns into a `ForgeKvsAPIError`. */
  body(): StoreErrorBody {
    return { code: this.code, message: this.message };
  }
}

/** The request has a shape that the service does not accept. The code is ours: the documentation names none. */
export function invalidRequest(message: string): StoreRefusal {
  return new StoreRefusal(400, 'INVALID_REQUEST', message);
}

/** The request is well formed and makes no sense, for example a filter on an attribute of type `any`. */
export function unprocessable(message: string): StoreRefusal {
  return new StoreRefusal(422, 'UNPROCESSABLE_ENTITY', message);
}

/** The request uses something that this stand-in does not know; it must never be answered as a success. */
export function notModelled(what: string): StoreRefusal {
  return new StoreRefusal(501, 'NOT_MODELLED', `The local Forge store does not model ${what}.`);
}

/** No live row has this key; the SDK turns the code into `undefined` on get and into nothing on delete. */
export function keyNotFound(): StoreRefusal {
  return new StoreRefusal(404, 'KEY_NOT_FOUND', 'Provided key does not exist');
}

/** `FAIL_IF_EXISTS` met a live row. */
export function keyConflict(): StoreRefusal {
  return new StoreRefusal(409, 'KEY_CONFLICT', 'Provided key already exists and cannot be overwritten');
}

/** A key stands twice in one batch or transaction. */
export function duplicateKey(key: string): StoreRefusal {
  return new StoreRefusal(400, 'KEY_DUPLICATION_ERROR', `Duplicate key found in request: ${key}`);
}

const CONDITION_FAILED_STATUS = 400;

/**
 * A condition of a transaction was not met, or its key does not exist; nothing was written.
 * The documentation lists the code under 400 and names no status of its own: production code tests the code.
 */
export function conditionalCheckFailed(): StoreRefusal {
  return new StoreRefusal(
    CONDITION_FAILED_STATUS,
    'CONDITIONAL_CHECK_FAILED',
    'Request failed due to conditional check specified or optimistic locking',
  );
}
