/** The Bitbucket stand-in as a loopback HTTP server. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RequestLog } from './request-log';
import { createStandIn, type FaultHook, type StandInAnswer, type StandInOptions } from './stand-in';
import { isJsonObject } from './values';

export type { Fault, FaultHook, FaultRequest, ValidatedAnswer } from './stand-in';

export interface BitbucketOptions extends StandInOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface Bitbucket {
  /** `http://127.0.0.1:port`, to which `/2.0/…` is appended. */
  readonly url: string;
  readonly requests: RequestLog;
  /** Assign a function to make requests fail, `null` to stop. */
  faults: FaultHook | null;
  close(): Promise<void>;
}

function send(response: ServerResponse, { status, headers, body, broken }: StandInAnswer): void {
  if (broken === 'hang') return;
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'Content-Length': bytes.length, ...headers });
  if (broken === null) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
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

/** Starts a stand-in on the loopback interface; it answers as `StandIn` says. */
export async function startBitbucket(options: BitbucketOptions): Promise<Bitbucket> {
  const standIn = createStandIn(options);

  function handle(request: IncomingMessage, response: ServerResponse, origin: string): void {
    request.resume();
    const { method = 'GET', url: path = '/', headers } = request;
    send(response, standIn.answer({ method, path, headers }, origin));
  }

  const server = createServer();
  // Whoever asks again after a pause must not meet a connection that is being closed just then.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const bitbucket: Bitbucket = {
    url,
    requests: standIn.requests,
    get faults() {
      return standIn.faults;
    },
    set faults(hook) {
      standIn.faults = hook;
    },
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
