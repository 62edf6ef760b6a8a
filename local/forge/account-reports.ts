/** Atlassian's answer to the report of personal data: which accounts are closed, or changed since the app stored them. */
import { z } from 'zod';
import { jsonAnswer, type PlatformAnswer } from './http-answers';

/** Forge: accounts in one report. */
const MOST_ACCOUNTS = 90;

/** Atlassian's own account for tests that is always answered as closed. */
const CLOSED_TEST_ACCOUNT = '5be24ba3f91c106033269289';

const report = z.object({
  accounts: z
    .array(z.object({ accountId: z.string().min(1), updatedAt: z.iso.datetime() }))
    .min(1)
    .max(MOST_ACCOUNTS),
});

/** The accounts of everybody, as far as a test or a visitor changed them. */
export class AccountReports {
  /** Every account that was reported, in the order of the requests. */
  readonly reported: (readonly string[])[] = [];
  private readonly closed = new Set<string>([CLOSED_TEST_ACCOUNT]);
  private readonly updated = new Set<string>();
  private limits: (number | null)[] = [];

  /** From now on this account is closed. */
  close(accountId: string): void {
    this.closed.add(accountId);
  }

  /** From now on this account changed after the app stored it. */
  update(accountId: string): void {
    this.updated.add(accountId);
  }

  /** The next report is refused with 429; `retryAfterSeconds` of `null` leaves the header out. */
  limitNext(retryAfterSeconds: number | null): void {
    this.limits.push(retryAfterSeconds);
  }

  /** Answers `POST /app/report-accounts`. */
  answer(body: unknown): PlatformAnswer {
    const [limit, ...later] = this.limits;
    if (limit !== undefined) {
      this.limits = later;
      return jsonAnswer(
        429,
        { code: 429, message: 'Too many requests.' },
        limit === null ? {} : { 'retry-after': String(limit) },
      );
    }
    const parsed = report.safeParse(body);
    if (!parsed.success) return jsonAnswer(400, { code: 400, message: z.prettifyError(parsed.error) });
    const ids = parsed.data.accounts.map(({ accountId }) => accountId);
    this.reported.push(ids);
    const accounts = ids.flatMap((accountId) => {
      const status = this.statusOf(accountId);
      return status === null ? [] : { accountId, status };
    });
    // Nothing to do for the app.
    return accounts.length === 0 ? jsonAnswer(204) : jsonAnswer(200, { accounts });
  }

  private statusOf(accountId: string): 'closed' | 'updated' | null {
    if (this.closed.has(accountId)) return 'closed';
    return this.updated.has(accountId) ? 'updated' : null;
  }
}
