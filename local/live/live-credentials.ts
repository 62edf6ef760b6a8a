/** Where live mode reads and as whom: taken out of the environment at the start, and known to the door only. */
import { LiveRefusal } from './live-refusal';

/** Bitbucket Cloud. */
const BITBUCKET_API = 'https://api.bitbucket.org/2.0';

/** How one authenticates: a person's API token with the e-mail of the account, or an access token. */
export interface LiveCredentials {
  /** `https://host`, to which `/2.0/…` is appended. */
  readonly origin: string;
  /** The value of the `Authorization` header of a request. */
  readonly authorization: () => string;
  /** An API token is a person's; an access token is of a workspace, a project or a repository. */
  readonly isPersonal: boolean;
}

type Environment = Record<string, string | undefined>;

/**
 * Reads BITBUCKET_TOKEN, BITBUCKET_EMAIL and BITBUCKET_API_URL, and removes the token from the environment: no other
 * part of this process, nor one that it starts, finds it there. Throws LiveRefusal.
 */
export function takeCredentials(environment: Environment): LiveCredentials {
  const { BITBUCKET_TOKEN: token, BITBUCKET_EMAIL: email } = environment;
  delete environment.BITBUCKET_TOKEN;
  if (token === undefined || token === '') {
    throw new LiveRefusal(
      'no-token',
      '--live needs a token: set BITBUCKET_TOKEN to an access token of the repository, project or workspace, or to an API token, and then BITBUCKET_EMAIL too.',
    );
  }
  // Anything else is a slip of copying, and the header's own error would quote it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new LiveRefusal(
      'token',
      'BITBUCKET_TOKEN holds a space or another sign that no token has: copy it again.',
    );
  }
  const isPersonal = email !== undefined && email !== '';
  const authorization = isPersonal
    ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
    : `Bearer ${token}`;
  // A function is left out wherever an object is written as text.
  return { origin: originOf(environment.BITBUCKET_API_URL), authorization: () => authorization, isPersonal };
}

/** Without TLS a token goes nowhere but to this machine. */
function originOf(address = BITBUCKET_API): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url !== null && isSafe && /^\/2\.0\/?$/.test(url.pathname) && url.username === '') return url.origin;
  throw new LiveRefusal(
    'address',
    `BITBUCKET_API_URL ${address}: write an address such as ${BITBUCKET_API}, with https.`,
  );
}
