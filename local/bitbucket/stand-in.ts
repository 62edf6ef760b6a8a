/** The Bitbucket stand-in without a network: answers the requests that the app makes of Bitbucket's REST API. */
import type { IncomingHttpHeaders } from 'node:http';
import { FilterError } from './bbql-parser';
import { callerOf, requireScope, type Caller } from './caller';
import { Directory } from './directory';
import { ENDPOINT_ANSWERS, type Question } from './endpoint-answers';
import { ENDPOINTS } from './endpoints';
import { accessDenied, badRequest, noSuchEndpoint, notModelled, Refused, type Answer } from './errors';
import { partialResponse } from './partial-responses';
import { RateLimit, type Allowance } from './rate-limit';
import { RecordingError } from './recording-error';
import { RequestLog } from './request-log';
import { routeOf, type Route } from './routing';
import { textOf } from './values';
import type { Json, JsonObject, WorkspaceSource } from './workspace-source';

/** A request as a fault hook sees it; `ordinal` counts from 1. */
export interface FaultRequest {
  readonly ordinal: number;
  readonly method: string;
  readonly endpoint: string;
  readonly path: string;
}

/** What goes wrong: an answer in place of the true one, no answer at all, or a connection cut within the answer. */
export type Fault =
  | {
      readonly status: number;
      readonly body?: Json;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hang'
  | 'cut';

export type FaultHook = (request: FaultRequest) => Fault | undefined;

/** An answer before `fields` is applied, for checking it against Bitbucket's own specification. */
export interface ValidatedAnswer {
  readonly endpoint: string;
  readonly body: Json;
}

export interface StandInOptions {
  readonly source: WorkspaceSource;
  /** For each caller in any rolling hour; Bitbucket: 1,000 up to 100 seats. `null` or absent: unlimited. */
  readonly requestsPerHour?: number | null;
  /** Bitbucket sends no Retry-After with 429; `true` sends one all the same. */
  readonly sendRetryAfter?: boolean;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Called with every answer of status 200; what it throws becomes a 500. */
  readonly validate?: (answer: ValidatedAnswer) => void;
  /** Told when a recorded file turns out to be unreadable; the request itself is answered 500. */
  readonly onRecordingError?: (error: RecordingError) => void;
  /** Whether a user may read a repository, by its uuid with braces; absent: everyone may. */
  readonly mayRead?: (account: string, repositoryUuid: string) => boolean;
  /** Whether a user administers a repository; absent: everyone does. */
  readonly administers?: (account: string, repositoryUuid: string) => boolean;
}

/** One request; `path` begins with `/2.0/` and has its query, names of headers are in lower case. */
export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is sent back; a redirect (302) is not followed here. */
export interface StandInAnswer {
  readonly status: number;
  /** With `Content-Type`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Set where a fault wants that nobody receives this, or only its first half. */
  readonly broken: 'hang' | 'cut' | null;
}

/** A stand-in that is asked in the same process. */
export interface StandIn {
  readonly requests: RequestLog;
  /** Assign a function to make requests fail, `null` to stop. */
  faults: FaultHook | null;
  /**
   * Answers 401 without a caller, 429 when the hour is spent, 404 for what Bitbucket does not have, 501 for what
   * Bitbucket has and the stand-in does not, 403 without the scope, 400 for parameters Bitbucket refuses. Links to
   * further pages begin with `origin`, Bitbucket's own where it is absent.
   */
  answer(request: StandInRequest, origin?: string): StandInAnswer;
}

/** A stand-in for one workspace. */
export function createStandIn(options: StandInOptions): StandIn {
  return new LoggedStandIn(options);
}

const REPOSITORIES = '/2.0/repositories/';

function limitHeaders(caller: Caller, allowance: Allowance | null): Record<string, string> {
  // Bitbucket sends them for calls as the app only.
  if (allowance === null || caller.as !== 'app') return {};
  return {
    'X-RateLimit-Limit': String(allowance.limit),
    'X-RateLimit-Resource': 'api',
    'X-RateLimit-NearLimit': String(allowance.nearLimit),
  };
}

/** Bitbucket's own origin: `next` of an answer begins with it where no other was given. */
const BITBUCKET = 'https://api.bitbucket.org';

class LoggedStandIn implements StandIn {
  readonly requests = new RequestLog();
  faults: FaultHook | null = null;
  private readonly directory: Directory;
  private readonly limit: RateLimit;
  private ordinal = 0;

  constructor(private readonly options: StandInOptions) {
    this.directory = new Directory(options.source);
    this.limit = new RateLimit(options.requestsPerHour ?? null);
  }

  answer(request: StandInRequest, origin = BITBUCKET): StandInAnswer {
    const url = new URL(`${origin}${request.path}`);
    const { method } = request;
    const route = routeOf(url.pathname);
    const endpoint = route?.template ?? 'unknown';
    const path = `${url.pathname}${url.search}`;
    this.ordinal += 1;
    const fault = this.faults?.({ ordinal: this.ordinal, method, endpoint, path });
    const replaced = typeof fault === 'object';
    const answer = replaced ? { body: null, ...fault } : this.answerTo(request, url, route);
    const { 'x-forge-as': as, 'x-forge-account': account } = request.headers;
    this.requests.add({
      at: this.options.clock.now(),
      method,
      endpoint,
      path,
      as: typeof as === 'string' ? as : '',
      account: typeof account === 'string' ? account : null,
      status: answer.status,
    });
    return written(answer, fault === 'hang' || fault === 'cut' ? fault : null);
  }

  /** Refusals are answers, anything else that goes wrong is a 500 with its reason. */
  private answerTo(request: StandInRequest, url: URL, route: Route | null): Answer {
    try {
      return this.understood(request, url, route);
    } catch (reason) {
      if (reason instanceof Refused) return reason.answer;
      if (reason instanceof FilterError) return badRequest(reason.message).answer;
      if (reason instanceof RecordingError) this.options.onRecordingError?.(reason);
      else console.error(`${url.pathname}:`, reason);
      const message = reason instanceof Error ? reason.message : String(reason);
      return { status: 500, body: { type: 'error', error: { message } } };
    }
  }

  private understood(request: StandInRequest, url: URL, route: Route | null): Answer {
    const caller = callerOf(request.headers);
    const allowance = url.pathname.startsWith(REPOSITORIES)
      ? this.limit.take(caller.account ?? 'app', this.options.clock.now())
      : null;
    const headers = limitHeaders(caller, allowance);
    if (allowance !== null && !allowance.allowed) return this.limited(allowance, headers);
    try {
      const answer = this.permitted(request.method, url, route, caller);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (reason) {
      if (reason instanceof Refused)
        return { ...reason.answer, headers: { ...headers, ...reason.answer.headers } };
      throw reason;
    }
  }

  private limited(allowance: Allowance, headers: Record<string, string>): Answer {
    const retry = this.options.sendRetryAfter ? { 'Retry-After': String(allowance.secondsToRelief) } : {};
    return {
      status: 429,
      body: 'Rate limit for this resource has been exceeded',
      headers: { ...headers, ...retry },
    };
  }

  private permitted(method: string, url: URL, route: Route | null, caller: Caller): Answer {
    if (route === null) throw noSuchEndpoint();
    if (route.name === null || method !== 'GET') throw notModelled(method, route.template);
    requireScope(caller, ENDPOINTS[route.name]);
    const found = ENDPOINT_ANSWERS[route.name](this.question(url, route, caller));
    if ('location' in found) return { status: 302, body: '', headers: { Location: found.location } };
    const hidden = found.hidden ?? [];
    this.options.validate?.({
      endpoint: route.template,
      body: partialResponse(null, hidden)(found.value),
    });
    return { status: 200, body: partialResponse(url.searchParams.get('fields'), hidden)(found.value) };
  }

  private question(url: URL, route: Route, caller: Caller): Question {
    const { directory } = this;
    const { workspace = '', repo_slug: repository = '' } = route.parameters;
    const { account } = caller;
    const mayRead = (raw: JsonObject): boolean =>
      account === null || (this.options.mayRead?.(account, textOf(raw, 'uuid') ?? '') ?? true);
    return {
      url,
      parameters: route.parameters,
      directory,
      mayRead,
      hasRole: (role, raw) => {
        if (account === null) return false;
        if (role === 'member') return mayRead(raw);
        return this.options.administers?.(account, textOf(raw, 'uuid') ?? '') ?? true;
      },
      repository: () => {
        const index = directory.repository(workspace, repository);
        if (!mayRead(index.source.repository())) throw accessDenied();
        return index;
      },
    };
  }
}

function written({ status, headers, body }: Answer, broken: StandInAnswer['broken']): StandInAnswer {
  const isText = typeof body === 'string';
  return {
    status,
    headers: { 'Content-Type': isText ? 'text/plain' : 'application/json; charset=utf-8', ...headers },
    body: isText ? body : JSON.stringify(body),
    broken,
  };
}
