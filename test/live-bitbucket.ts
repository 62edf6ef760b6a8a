/** Bitbucket Cloud for live mode: the stand-in behind real HTTP or HTTPS, which wants a token and knows no Forge headers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { ENDPOINTS } from '../local/bitbucket/endpoints';
import { createStandIn, type StandIn, type StandInAnswer } from '../local/bitbucket/stand-in';
import { routeOf } from '../local/bitbucket/routing';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import type { Certificate } from './live-certificate';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** What the server answers in place of the stand-in; `undefined`: the stand-in answers. */
export type Instead = (request: Arrived) => Partial<StandInAnswer> | undefined;

export interface LiveBitbucket {
  /** For BITBUCKET_API_URL. */
  readonly url: string;
  readonly standIn: StandIn;
  readonly arrived: readonly Arrived[];
  instead: Instead | null;
  /** Scopes of the token. */
  scopes: readonly string[];
  close(): Promise<void>;
}

export interface LiveBitbucketOptions {
  readonly source: WorkspaceSource;
  /** The `Authorization` header that is taken; any other is answered 401. */
  readonly authorization: string;
  /** With it over TLS. */
  readonly certificate?: Certificate;
  readonly requestsPerHour?: number;
}

const ALL_SCOPES = [...new Set(Object.values(ENDPOINTS).map(({ scope }) => scope))];

/** Bitbucket's limit where a test is not about it. */
const MANY_REQUESTS = 1_000_000;

export async function startLiveBitbucket({
  source,
  authorization,
  certificate,
  requestsPerHour = MANY_REQUESTS,
}: LiveBitbucketOptions): Promise<LiveBitbucket> {
  const standIn = createStandIn({ source, requestsPerHour, clock: { now: () => Date.now() } });
  const arrived: Arrived[] = [];

  function answerTo(request: Arrived, origin: string): StandInAnswer {
    const { headers, ...asked } = request;
    const isKnown = headers.authorization === authorization;
    const [path = ''] = request.path.split('?');
    // Whoever has the token asks: without it nobody does, and the stand-in answers 401.
    const as = isKnown ? { 'x-forge-as': 'app', 'x-forge-scopes': bitbucket.scopes.join(' ') } : {};
    const answer = standIn.answer({ ...asked, headers: as }, origin);
    return { ...answer, ...(routeOf(path) === null ? { status: 404 } : {}), ...bitbucket.instead?.(request) };
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { method = 'GET', url: path = '/', headers } = request;
    const one = { method, path, headers };
    arrived.push(one);
    const { status, headers: sent, body, broken } = answerTo(one, origin);
    if (broken === 'hang') return;
    response.writeHead(status, { ...sent, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  const server =
    certificate === undefined
      ? createServer(handle)
      : createTlsServer({ key: certificate.key, cert: certificate.certificate }, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const origin = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const bitbucket: LiveBitbucket = {
    url: `${origin}/2.0`,
    standIn,
    arrived,
    instead: null,
    scopes: ALL_SCOPES,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bitbucket;
}
