/** Why live mode cannot read: one sentence that says what is wrong and what to do about it. */
import { z } from 'zod';
import type { PlatformAnswer } from '../forge/http-answers';

/** Causes that whoever started live mode can mend, and Bitbucket's own troubles, which pass. */
export type LiveCause =
  'no-token' | 'token' | 'permission' | 'unknown' | 'rate-limit' | 'unreachable' | 'address' | 'trouble';

export class LiveRefusal extends Error {
  constructor(
    readonly kind: LiveCause,
    message: string,
  ) {
    super(message);
    this.name = 'LiveRefusal';
  }
}

/** Bitbucket names what it wants where scopes are missing. */
const scopesMissing = z.object({
  error: z.object({ detail: z.object({ required: z.array(z.string()) }) }),
});

const hostFailure = z.object({ message: z.string() });

/** The refusal that an answer amounts to, `null` for one that is none; `what` names what was asked for. */
export function refusalOf(answer: PlatformAnswer, what: string): LiveRefusal | null {
  const { status } = answer;
  if (answer.headers?.['forge-proxy-error'] !== undefined) {
    const reason = hostFailure.safeParse(bodyOf(answer)).data?.message ?? 'No answer came.';
    return new LiveRefusal(
      'unreachable',
      `${reason.replace(/: \w*Error: /, ': ').replace(/\.$/, '')}. Look at the network; where a proxy has a certificate of its own, name its file in NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (status >= 200 && status < 300) return null;
  switch (status) {
    case 401:
      return new LiveRefusal(
        'token',
        'Bitbucket does not take the token: look at BITBUCKET_TOKEN and whether it has expired; an API token goes with BITBUCKET_EMAIL, an access token without.',
      );
    case 403:
      return new LiveRefusal('permission', lackingIn(answer, what));
    case 404:
    case 410:
      return new LiveRefusal(
        'unknown',
        `Bitbucket knows no ${what} that this token may read: look at the name in the repository's address, and at what the token is for.`,
      );
    case 429:
      return new LiveRefusal(
        'rate-limit',
        'Bitbucket answers no more requests of this token in this hour: start again later, and what was read so far is kept.',
      );
    default:
      return new LiveRefusal('trouble', `Bitbucket answered ${what} with status ${status}: try again later.`);
  }
}

function lackingIn(answer: PlatformAnswer, what: string): string {
  const required = scopesMissing.safeParse(bodyOf(answer)).data?.error.detail.required ?? [];
  if (required.length === 0) {
    return `The token may not read ${what}: make one that may read repositories and pull requests there.`;
  }
  return `The token lacks the permission ${required.join(', ')} for ${what}: make one that has it.`;
}

/** The JSON of an answer, `undefined` where it is none: whoever parses it says so. */
export function bodyOf({ body }: PlatformAnswer): unknown {
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
