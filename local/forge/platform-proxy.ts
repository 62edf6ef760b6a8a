/** The loopback server through which functions reach the platform: storage, Bitbucket, queues and the outside. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AccountReports } from './account-reports';
import type { BitbucketDoor } from './bitbucket-gateway';
import { fetchOutside } from './egress';
import type { HostLog } from './host-log';
import { ANSWER_BYTES, jsonAnswer, passedOn, proxyError, type PlatformAnswer } from './http-answers';
import type { Invocation, Invocations } from './invocations';
import type { ForgeManifest } from './manifest';
import type { QueueService } from './queue-service';
import type { ForgeStore } from './store';

export interface PlatformProxyOptions {
  readonly manifest: ForgeManifest;
  readonly contextAri: string;
  readonly store: ForgeStore;
  readonly bitbucket: BitbucketDoor;
  readonly queues: QueueService;
  readonly accounts: AccountReports;
  readonly invocations: Invocations;
  readonly log: HostLog;
}

/** One request of a running invocation. */
interface Asked {
  readonly invocation: Invocation;
  /** Route of the proxy. */
  readonly route: string;
  /** What the function asked the service behind it for. */
  readonly target: string;
  readonly method: string;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

const STORAGE_SCOPE = 'storage:app';
const REPORT_SCOPE = 'report:personal-data';
const REPORT_TARGET = '/app/report-accounts';
const KVS_ROUTE = '/fpp/as/app/provider/atlassian/capability/kvs';
const EGRESS_ROUTE = '/egress';
const PRODUCT_ROUTE =
  /^\/fpp\/provider\/(app|user|none)\/(remote|contextAri)\/([^/]+)(?:\/account\/([^/]+))?$/;
const QUEUE_TARGET = /^\/webhook\/queue\/(publish|stats|cancel)\//;

/** The platform as functions see it. */
export class PlatformProxy {
  private readonly server: Server;
  private address = '';

  constructor(private readonly options: PlatformProxyOptions) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Origin of the proxy, once it listens. */
  get url(): string {
    return this.address;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address();
        if (address === null || typeof address === 'string') {
          reject(new Error('The platform proxy has no port.'));
          return;
        }
        this.address = `http://127.0.0.1:${address.port}`;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: PlatformAnswer;
    try {
      answer = await this.answer(request, response);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.options.log.host('error', `The platform proxy failed at ${request.url ?? ''}: ${reason}`);
      answer = proxyError(500, 'HOST_FAILURE', `The local host failed; its log says why.`);
    }
    response.writeHead(answer.status, { ...answer.headers });
    response.end(answer.body);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<PlatformAnswer> {
    const target = headerOf(request, 'forge-proxy-target');
    const body = await bodyOf(request);
    const token = headerOf(request, 'forge-proxy-authorization').replace(/^Bearer /, '');
    const invocation = this.options.invocations.withToken(token);
    if (invocation === undefined) {
      const message = `A function asked for ${target} after its invocation had ended; await everything before returning.`;
      this.options.log.host('error', message);
      return proxyError(401, 'INVOCATION_ENDED', message);
    }
    if (body === null) {
      return proxyError(413, 'REQUEST_TOO_LARGE', `The request for ${target} has more than 5 MB.`);
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const route = request.url ?? '';
    const method = request.method ?? 'GET';
    return this.route({ invocation, route, target, method, request, body, signal: gone.signal });
  }

  private async route(asked: Asked): Promise<PlatformAnswer> {
    if (asked.route === KVS_ROUTE) return this.storage(asked);
    if (asked.route === EGRESS_ROUTE) {
      const { method, request, body, signal, target } = asked;
      const { backendAddresses } = this.options.manifest.permissions;
      const answer = await fetchOutside(
        { method, url: target, headers: request.headers, body, signal },
        backendAddresses,
      );
      if (answer.status === 403)
        this.warn(asked, `Refused a request to ${target}, which the manifest does not list.`);
      return answer;
    }
    const [, as, place, remote = '', account] = PRODUCT_ROUTE.exec(asked.route) ?? [];
    if (as !== 'app' && as !== 'user' && as !== 'none') return this.notModelled(asked);
    const { accountId } = asked.invocation;
    if (account !== undefined && decodeURIComponent(account) !== accountId) {
      return this.notModelled(asked, 'asUser(accountId) for a user who is not the one of the invocation');
    }
    if (place === 'remote' && remote === 'stargate') return this.atlassian(asked);
    const isOwnContext = place === 'contextAri' && decodeURIComponent(remote) === this.options.contextAri;
    if (!isOwnContext && remote !== 'bitbucket') return this.notModelled(asked);
    return this.options.bitbucket.request(
      { as, accountId },
      {
        method: asked.method,
        target: asked.target,
        headers: passedOn(Object.entries(asked.request.headers)),
        body: asked.body,
        signal: asked.signal,
      },
    );
  }

  private storage(asked: Asked): PlatformAnswer {
    if (!this.options.manifest.permissions.scopes.includes(STORAGE_SCOPE)) {
      this.warn(asked, `Storage was refused: the manifest does not ask for the scope ${STORAGE_SCOPE}.`);
      return jsonAnswer(403, {
        code: 'FORBIDDEN',
        message: `Storage needs the scope ${STORAGE_SCOPE} in the manifest.`,
      });
    }
    const body = parsed(asked.body);
    if (body === undefined) return jsonAnswer(400, { code: 'INVALID_JSON', message: 'The body is no JSON.' });
    const answer = this.options.store.handle(asked.target, body.value);
    if (answer.status === 501) this.warn(asked, `Storage does not model what was asked at ${asked.target}.`);
    const sent = jsonAnswer(answer.status, answer.body);
    if ((sent.body?.length ?? 0) <= ANSWER_BYTES) return sent;
    return jsonAnswer(413, { code: 'RESPONSE_TOO_LARGE', message: 'Storage answered more than 5 MB.' });
  }

  /** Requests to Atlassian's own gateway: of those only the queues and the report of personal data are modelled. */
  private atlassian(asked: Asked): PlatformAnswer {
    const operation = QUEUE_TARGET.exec(asked.target)?.[1];
    const body = parsed(asked.body);
    if (body === undefined) return jsonAnswer(400, { code: 400, message: 'The body is no JSON.' });
    if (asked.target === REPORT_TARGET && asked.method === 'POST') return this.report(asked, body.value);
    const { queues } = this.options;
    switch (operation) {
      case 'publish':
        return queues.push(body.value, asked.invocation);
      case 'stats':
        return queues.stats(body.value);
      case 'cancel':
        return queues.cancel(body.value);
      case undefined:
      default:
        return this.notModelled(asked);
    }
  }

  private report(asked: Asked, body: unknown): PlatformAnswer {
    if (this.options.manifest.permissions.scopes.includes(REPORT_SCOPE)) {
      return this.options.accounts.answer(body);
    }
    const message = `A report of personal data needs the scope ${REPORT_SCOPE} in the manifest.`;
    this.warn(asked, message);
    return jsonAnswer(403, { code: 403, message });
  }

  /** Whatever is not modelled fails loudly; it is never answered as if it had worked. */
  private notModelled(
    asked: Asked,
    what = `${asked.method} ${asked.target} at ${asked.route}`,
  ): PlatformAnswer {
    const message = `The local Forge host does not model ${what}.`;
    this.warn(asked, message);
    return jsonAnswer(501, { code: 'NOT_MODELLED', message });
  }

  private warn(asked: Asked, message: string): void {
    this.options.log.host('error', message, asked.invocation);
  }
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** The whole body, or `null` where it is larger than the platform takes. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    // The rest is read to its end, since a sender that is cut off never sees the refusal.
    if (bytes <= ANSWER_BYTES) chunks.push(chunk);
  }
  return bytes > ANSWER_BYTES ? null : Buffer.concat(chunks);
}

/** The JSON of a body in a box of its own, or `undefined` where it is none. */
function parsed(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: body.length === 0 ? undefined : (JSON.parse(body.toString('utf8')) as unknown) };
  } catch {
    // The caller answers 400; the parser's own message says less than that.
    return undefined;
  }
}
