/** What the platform answers to functions and front ends, with the limits on its size. */

/** Forge: at most 5 MB in one answer. */
export const ANSWER_BYTES = 5 * 1024 * 1024;

/** One answer of the platform to a function. */
export interface PlatformAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** An answer with a JSON body, or none where `body` is absent. */
export function jsonAnswer(
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): PlatformAnswer {
  if (body === undefined) return { status, headers };
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** A refusal that the SDK turns into an exception: its code travels in the header that the SDK looks for. */
export function proxyError(status: number, code: string, message: string): PlatformAnswer {
  return jsonAnswer(status, { code, message }, { 'forge-proxy-error': code });
}

/** Headers that belong to one connection, or describe a body that has been decoded since. */
const CONNECTION_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers that may be passed on to another connection, without those whose name has one of the prefixes. */
export function passedOn(
  headers: Iterable<readonly [string, string | readonly string[] | undefined]>,
  ...ownPrefixes: readonly string[]
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (value === undefined || CONNECTION_HEADERS.has(lower)) continue;
    if (ownPrefixes.some((prefix) => lower.startsWith(prefix))) continue;
    kept[lower] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

/** The whole body of a response, or `null` where it is larger than an answer may be. */
export async function readAnswer(response: Response): Promise<Buffer | null> {
  if (response.body === null) return Buffer.alloc(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > ANSWER_BYTES) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}
