/** Asks Atlassian which accounts are closed: one request of at most ninety, with each failure as a cause of its own. */
import { privacy } from '@forge/api';
import { z } from 'zod';
import { toIso } from '../../facts/instant';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { positiveNumber } from '../../facts/positive-number';

/** Atlassian takes so many a request; the SDK would send more of them at once, which nobody could hold up. */
export const ACCOUNTS_A_REQUEST = 90;

/** Any failed report; nothing of the answer but its status is kept. */
export class ReportError extends Error {
  constructor(
    readonly status: number | null,
    message: string,
  ) {
    super(`the report of personal data: ${message}`);
    this.name = new.target.name;
  }
}

/** 429; `retryAfterSeconds` is Atlassian's own word where it gave one. */
export class ReportLimited extends ReportError {
  constructor(readonly retryAfterSeconds: number | null) {
    super(429, 'Atlassian answered 429, too many requests');
  }
}

/** Another 4xx: most of all the permission `report:personal-data` is missing. */
export class ReportRefused extends ReportError {}

/** A 5xx, an answer that cannot be read, or none: worth another try. */
export class ReportTrouble extends ReportError {}

const answer = z.array(z.object({ accountId: z.string(), status: z.string() }));

/**
 * Reports that data of these accounts are stored; returns those that are closed. One that is `updated` has nothing to
 * be read again: no name, address or picture of anybody is stored. `storedAt`: since when nothing of them changed here.
 */
export async function reportAccounts(
  accountIds: readonly string[],
  storedAt: EpochSeconds,
): Promise<readonly string[]> {
  const updatedAt = toIso(storedAt);
  let raw: unknown;
  try {
    raw = await privacy.reportPersonalData(accountIds.map((accountId) => ({ accountId, updatedAt })));
  } catch (error) {
    throw reportError(error);
  }
  const parsed = answer.safeParse(raw);
  if (!parsed.success) throw new ReportTrouble(200, 'the answer cannot be read');
  return parsed.data.filter(({ status }) => status === 'closed').map(({ accountId }) => accountId);
}

/** The SDK throws the answer itself where it is neither 200 nor 204. */
const refused = z.object({ status: z.number().int(), headers: z.custom<Pick<Headers, 'get'>>(hasGet) });

function hasGet(headers: unknown): boolean {
  return headers !== null && typeof headers === 'object' && 'get' in headers;
}

function reportError(error: unknown): ReportError {
  const parsed = refused.safeParse(error);
  if (!parsed.success) {
    return Object.assign(new ReportTrouble(null, 'no answer came back'), { cause: error });
  }
  const { status, headers } = parsed.data;
  if (status === 429) return new ReportLimited(positiveNumber(headers.get('retry-after')));
  if (status >= 400 && status < 500) return new ReportRefused(status, `Atlassian answered ${status}`);
  return new ReportTrouble(status, `Atlassian answered ${status}`);
}
