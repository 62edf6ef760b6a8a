/** The Bitbucket stand-in: a loopback HTTP server that answers the REST endpoints the app uses. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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
import { isJsonObject, textOf } from './values';
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

export interface BitbucketOptions {
  readonly source: WorkspaceSource;
  /** 0 or absent: any free port. */
  readonly port?: number;
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

export interface Bitbucket {
  /** `http://127.0.0.1:port`, to which `/2.0/…` is appended. */
  readonly url: string;
  readonly requests: RequestLog;
  /** Assign a function to make requests fail, `null` to stop. */
  faults: FaultHook | null;
  close(): Promise<void>;
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

class StandIn {
  readonly requests = new RequestLog();
  private readonly directory: Directory;
  private readonly limit: RateLimit;

  constructor(private readonly options: BitbucketOptions) {
    this.directory = new Directory(options.source);
    this.limit = new RateLimit(options.requestsPerHour ?? null);
  }

  /** The answer to one request; refusals are answers, anything else that goes wrong is a 500 with its reason. */
  answer(request: IncomingMessage, url: URL, route: Route | null): Answer {
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

  private understood(request: IncomingMessage, url: URL, route: Route | null): Answer {
    const caller = callerOf(request.headers);
    const allowance = url.pathname.startsWith(REPOSITORIES)
      ? this.limit.take(caller.account ?? 'app', this.options.clock.now())
      : null;
    const headers = limitHeaders(caller, allowance);
    if (allowance !== null && !allowance.allowed) return this.limited(allowance, headers);
    try {
      const answer = this.permitted(request.method ?? 'GET', url, route, caller);
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

function send(response: ServerResponse, answer: Answer, cut: boolean): void {
  const isText = typeof answer.body === 'string';
  const body = Buffer.from(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    'Content-Type': isText ? 'text/plain' : 'application/json; charset=utf-8',
    'Content-Length': body.length,
    ...answer.headers,
  });
  if (!cut) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (isJsonObject(address)) resolve(Number(address.port));
      else reject(new Error('The Bitbucket stand-in has no port.'));
    });
  });
}

/**
 * Starts a stand-in on the loopback interface.
 *
 * It answers 401 without a caller, 429 when the hour is spent, 404 for what Bitbucket does not have, 501 for what
 * Bitbucket has and the stand-in does not, 403 without the scope, 400 for parameters Bitbucket refuses.
 */
export async function startBitbucket(options: BitbucketOptions): Promise<Bitbucket> {
  const standIn = new StandIn(options);
  let ordinal = 0;

  function handle(request: IncomingMessage, response: ServerResponse, origin: string): void {
    request.resume();
    const url = new URL(`${origin}${request.url ?? '/'}`);
    const method = request.method ?? 'GET';
    const route = routeOf(url.pathname);
    const endpoint = route?.template ?? 'unknown';
    const path = `${url.pathname}${url.search}`;
    ordinal += 1;
    const fault = bitbucket.faults?.({ ordinal, method, endpoint, path });
    const replaced = typeof fault === 'object';
    const answer = replaced ? { body: null, ...fault } : standIn.answer(request, url, route);
    const { 'x-forge-as': as, 'x-forge-account': account } = request.headers;
    standIn.requests.add({
      at: options.clock.now(),
      method,
      endpoint,
      path,
      as: typeof as === 'string' ? as : '',
      account: typeof account === 'string' ? account : null,
      status: answer.status,
    });
    if (fault !== 'hang') send(response, answer, fault === 'cut');
  }

  const server = createServer();
  // Whoever asks again after a pause must not meet a connection that is being closed just then.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const bitbucket: Bitbucket = {
    url,
    requests: standIn.requests,
    faults: null,
    close() {
      return new Promise((resolve, reject) => {
        server.close((reason) => (reason ? reject(reason) : resolve()));
        server.closeAllConnections();
      });
    },
  };
  server.on('request', (request, response) => handle(request, response, url));
  return bitbucket;
}
