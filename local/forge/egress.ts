/** Fetches addresses outside of Atlassian that the manifest lists, and refuses every other. */
import type { IncomingHttpHeaders } from 'node:http';
import { passedOn, proxyError, readAnswer, type PlatformAnswer } from './http-answers';

/** One request of a function to the outside. */
export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/**
 * Whether the manifest lists the address of `url`. An entry is a host or an origin, and `*.` stands for every
 * subdomain; without a scheme it means https. Paths in an entry do not matter.
 */
export function isAllowedEgress(url: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return allowed.some((entry) => {
    const [, scheme = 'https:', address = ''] = /^(?:(https?:|wss?:)\/\/)?([^/]+)/.exec(entry) ?? [];
    if (scheme !== protocol) return false;
    return address.startsWith('*.') ? host.endsWith(address.slice(1)) : host === address;
  });
}

/** Fetches for a function; `BLOCKED_EGRESS` for what the manifest does not list. */
export async function fetchOutside(
  request: EgressRequest,
  allowed: readonly string[],
): Promise<PlatformAnswer> {
  if (!isAllowedEgress(request.url, allowed)) {
    return proxyError(
      403,
      'BLOCKED_EGRESS',
      `${request.url} is not under permissions.external.fetch.backend of the manifest.`,
    );
  }
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: passedOn(Object.entries(request.headers), 'forge-proxy-', 'x-b3-'),
      // A redirection may lead to an address that is not allowed, so the function decides.
      redirect: 'manual',
      signal: request.signal,
      ...(request.body.length > 0 && { body: new Uint8Array(request.body) }),
    });
    const body = await readAnswer(response);
    if (body === null) {
      return proxyError(413, 'RESPONSE_TOO_LARGE', `${request.url} answered more than 5 MB.`);
    }
    return { status: response.status, headers: passedOn(response.headers), body };
  } catch (error) {
    return proxyError(
      502,
      'UPSTREAM_CONNECTION_FAILED',
      `${request.url} could not be reached: ${String(error)}`,
    );
  }
}
