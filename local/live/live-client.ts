/** The one way of live mode to Bitbucket: GET requests to one host, with the token, counted. */
import type { z } from 'zod';
import { RequestLog } from '../bitbucket/request-log';
import { routeOf } from '../bitbucket/routing';
import { BitbucketGateway, type BitbucketCaller, type HeadersOf } from '../forge/bitbucket-gateway';
import type { PlatformAnswer } from '../forge/http-answers';
import { positiveNumber } from '../../src/facts/positive-number';
import type { LiveCredentials } from './live-credentials';
import { bodyOf, LiveRefusal, refusalOf } from './live-refusal';

/** Bitbucket's limit for most workspaces, until an answer names another. */
const USUAL_REQUESTS_AN_HOUR = 1_000;

const HOUR_MILLISECONDS = 3_600_000;

/** After a refusal nobody but the app asks for so long: it has the more urgent questions, and its own pauses. */
const PAUSE_MILLISECONDS = 300_000;

const THE_APP: BitbucketCaller = { as: 'app', accountId: undefined };

/** Who may ask: the app and its viewer through the host, and live mode for itself. */
export interface Asking {
  readonly caller?: BitbucketCaller;
  readonly signal?: AbortSignal;
}

/** Asks Bitbucket with the token. It has no other method than `get`: nothing can be written with it. */
export class LiveClient {
  /** What was asked, for the export and its figures on requests. */
  readonly requests = new RequestLog();
  private readonly gateway: BitbucketGateway;
  private sent: number[] = [];
  private limit = USUAL_REQUESTS_AN_HOUR;
  private pausedUntil = 0;

  constructor(credentials: LiveCredentials) {
    // The gateway follows a redirection within this origin only; one elsewhere ends there, and takes no token along.
    this.gateway = new BitbucketGateway(credentials.origin, headersWith(credentials.authorization));
  }

  /** Requests an hour, as Bitbucket's answers name them. */
  get requestsPerHour(): number {
    return this.limit;
  }

  /** Bitbucket's answer to `target`, a path from `/2.0/` with its query. Never rejects. */
  async get(target: string, { caller = THE_APP, signal }: Asking = {}): Promise<PlatformAnswer> {
    const answer = await this.gateway.request(caller, {
      method: 'GET',
      target,
      headers: {},
      body: undefined,
      ...(signal === undefined ? {} : { signal }),
    });
    this.note(target, caller, answer);
    return withoutCookies(answer);
  }

  /** The parsed answer; `what` names it in a sentence. Throws LiveRefusal. */
  async read<Schema extends z.ZodType>(
    what: string,
    target: string,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const answer = await this.get(target);
    const refusal = refusalOf(answer, what);
    if (refusal !== null) throw refusal;
    const parsed = schema.safeParse(bodyOf(answer));
    if (parsed.success) return parsed.data;
    throw new LiveRefusal(
      'trouble',
      `What answers for ${what} is not Bitbucket's API: look at BITBUCKET_API_URL, or at a proxy between.`,
    );
  }

  /** Whether so many requests can be made without taking anything from the app. */
  hasRoomFor(count: number): boolean {
    const now = Date.now();
    this.sent = this.sent.filter((at) => at > now - HOUR_MILLISECONDS);
    return now >= this.pausedUntil && this.sent.length + count <= this.limit;
  }

  private note(target: string, { as, accountId }: BitbucketCaller, answer: PlatformAnswer): void {
    const { status, headers = {} } = answer;
    const at = Date.now();
    const [path = ''] = target.split('?');
    const endpoint = routeOf(path)?.template ?? 'unknown';
    this.requests.add({ at, method: 'GET', endpoint, path: target, as, account: accountId ?? null, status });
    this.sent.push(at);
    this.limit = positiveNumber(headers['x-ratelimit-limit']?.split(',')[0] ?? null) ?? this.limit;
    const isNear = headers['x-ratelimit-nearlimit']?.toLowerCase() === 'true';
    if (status === 429 || isNear) this.pausedUntil = at + PAUSE_MILLISECONDS;
  }
}

/** A session of Bitbucket's with the token is nobody's business, least of all the page's. */
function withoutCookies(answer: PlatformAnswer): PlatformAnswer {
  const kept = Object.entries(answer.headers ?? {}).filter(([name]) => name !== 'set-cookie');
  return { ...answer, headers: Object.fromEntries(kept) };
}

/** Nothing of what the app sends goes along: a GET for JSON needs no more than this. */
function headersWith(authorization: () => string): HeadersOf {
  return () => ({
    accept: 'application/json',
    'user-agent': 'throughline-live',
    authorization: authorization(),
  });
}
