/** Why a call to Bitbucket gave no usable answer: one class per cause, so that one place can decide what follows. */

/** Any failed call; `endpoint` is the path template, without ids or query. */
export class BitbucketError extends Error {
  constructor(
    readonly endpoint: string,
    message: string,
  ) {
    super(`${endpoint}: ${message}`);
    this.name = new.target.name;
  }
}

/** 429; `retryAfterSeconds` is Bitbucket's own word where it gave one (it is undocumented and often absent). */
export class BitbucketRateLimited extends BitbucketError {
  constructor(
    endpoint: string,
    readonly retryAfterSeconds: number | null,
  ) {
    super(endpoint, 'Bitbucket answered 429, the request budget of this hour is spent');
  }
}

/** The request was not sent: the app's own budget of this hour leaves none for this kind of work. */
export class BudgetSpent extends BitbucketError {
  constructor(
    endpoint: string,
    readonly retryAfterSeconds: number,
    /** Not for what was spent: Bitbucket refused, and everything waits for a while. */
    readonly isPause = false,
  ) {
    super(endpoint, 'not asked, the request budget of this hour is spent');
  }
}

/** 401 or 403: a scope is missing, or the permissions of a fresh installation have not arrived yet. */
export class BitbucketForbidden extends BitbucketError {
  constructor(
    endpoint: string,
    readonly status: number,
  ) {
    super(endpoint, `Bitbucket answered ${status}, the app lacks a permission for this`);
  }
}

/** 404 or 410: deleted, moved, or never there. */
export class BitbucketNotFound extends BitbucketError {
  constructor(
    endpoint: string,
    readonly status: number,
  ) {
    super(endpoint, `Bitbucket answered ${status}, this does not exist`);
  }
}

/** Another 4xx: this request will never be taken, such as a cursor that Bitbucket no longer knows. */
export class BitbucketRefused extends BitbucketError {
  constructor(
    endpoint: string,
    readonly status: number,
  ) {
    super(endpoint, `Bitbucket answered ${status}, the request is not taken`);
  }
}

/** A 5xx, an unexpected status, or a connection that broke: worth another try. */
export class BitbucketTrouble extends BitbucketError {
  constructor(
    endpoint: string,
    readonly status: number | null,
  ) {
    super(endpoint, status === null ? 'no answer came back' : `Bitbucket answered ${status}`);
  }
}

/** The body is not JSON, or not the JSON that the endpoint is documented to answer; `path` names the wrong field. */
export class BitbucketUnreadable extends BitbucketError {
  constructor(
    endpoint: string,
    readonly path: string,
    reason: string,
  ) {
    super(endpoint, `the answer cannot be read at "${path}": ${reason}`);
  }
}

/** Bitbucket does not have it, does not take the request, or does not show it to the app: nothing comes of asking. */
export function isNotServed(error: unknown): boolean {
  return (
    error instanceof BitbucketNotFound ||
    error instanceof BitbucketRefused ||
    (error instanceof BitbucketForbidden && error.status === 403)
  );
}
