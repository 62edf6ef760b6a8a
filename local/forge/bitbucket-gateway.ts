/** Passes requests of functions and front ends on to Bitbucket, saying who asks. */
import { passedOn, proxyError, readAnswer, type PlatformAnswer } from './http-answers';

/** Who asks Bitbucket. */
export interface BitbucketCaller {
  readonly as: 'app' | 'user' | 'none';
  /** The user, also for information where the app asks. */
  readonly accountId: string | undefined;
}

export interface BitbucketRequest {
  readonly method: string;
  /** Path and query, from `/`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** Gives the request up when whoever asked is gone. */
  readonly signal?: AbortSignal;
}

/** Whatever stands between the host and Bitbucket. */
export interface BitbucketDoor {
  /** Never rejects: what cannot be asked is an answer too, a proxy error where the platform would throw one. */
  request(caller: BitbucketCaller, request: BitbucketRequest): Promise<PlatformAnswer>;
}

/** The headers that a request leaves with: those of whoever asks, and who that is. */
export type HeadersOf = (
  caller: BitbucketCaller,
  headers: BitbucketRequest['headers'],
) => Readonly<Record<string, string>>;

/** For the stand-in, which takes the host's word for who asks and with which scopes. */
export function scopedHeaders(scopes: readonly string[]): HeadersOf {
  return ({ as, accountId }, headers) => ({
    ...passedOn(Object.entries(headers), 'forge-proxy-', 'x-forge-', 'x-b3-'),
    'x-forge-as': as,
    'x-forge-scopes': scopes.join(' '),
    ...(accountId !== undefined && { 'x-forge-account': accountId }),
  });
}

/** Forge: one outbound request. */
const REQUEST_TIMEOUT_MILLISECONDS = 180_000;
const MOST_REDIRECTIONS = 5;

/** The way to Bitbucket, or to its stand-in. */
export class BitbucketGateway implements BitbucketDoor {
  private readonly origin: string;

  constructor(
    bitbucketUrl: string,
    private readonly headersOf: HeadersOf,
  ) {
    this.origin = new URL(bitbucketUrl).origin;
  }

  /**
   * Asks Bitbucket and answers what it answers, redirections within Bitbucket followed. A failed connection is a
   * proxy error: the SDK throws a ProxyRequestError. That the platform does so too is an assumption.
   */
  async request(caller: BitbucketCaller, request: BitbucketRequest): Promise<PlatformAnswer> {
    if (caller.as === 'user' && caller.accountId === undefined) {
      return proxyError(
        401,
        'NEEDS_AUTHENTICATION_ERR',
        'asUser() needs a user, and this invocation has none.',
      );
    }
    const url = new URL(request.target, this.origin);
    if (!request.target.startsWith('/') || url.origin !== this.origin) {
      return proxyError(
        400,
        'INVALID_TARGET',
        `A request to Bitbucket names a path from /; ${request.target} does not.`,
      );
    }
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MILLISECONDS);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    try {
      return await this.fetch(url, caller, { ...request, signal }, MOST_REDIRECTIONS);
    } catch (error) {
      if (timeout.aborted) {
        return proxyError(504, 'UPSTREAM_TIMEOUT', 'Bitbucket did not answer within 180 seconds.');
      }
      const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return proxyError(
        502,
        'UPSTREAM_CONNECTION_FAILED',
        `Bitbucket could not be reached: ${String(reason)}`,
      );
    }
  }

  private async fetch(
    url: URL,
    caller: BitbucketCaller,
    request: BitbucketRequest,
    redirections: number,
  ): Promise<PlatformAnswer> {
    const response = await fetch(url, {
      method: request.method,
      headers: this.headersOf(caller, request.headers),
      redirect: 'manual',
      ...(request.body !== undefined && request.body.length > 0 && { body: new Uint8Array(request.body) }),
      ...(request.signal !== undefined && { signal: request.signal }),
    });
    const location = response.headers.get('location');
    if (request.method === 'GET' && response.status >= 300 && response.status < 400 && location !== null) {
      const next = new URL(location, url);
      if (next.origin === this.origin && redirections > 0) {
        await response.body?.cancel();
        return this.fetch(next, caller, request, redirections - 1);
      }
    }
    const body = await readAnswer(response);
    if (body === null) {
      return proxyError(
        413,
        'RESPONSE_TOO_LARGE',
        `${url.pathname} answered more than the 5 MB that Forge passes on.`,
      );
    }
    return { status: response.status, headers: passedOn(response.headers), body };
  }
}
