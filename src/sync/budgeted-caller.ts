/** Makes requests on the account of one kind of work: takes them from the stored budget some at a time. */
import type { Caller, RateLimitNews } from '../bitbucket/requests';
import { BudgetSpent } from '../bitbucket/errors';
import { nowInSeconds } from '../runtime/clock';
import { changeBudget } from '../storage/budget';
import { giveBack, learn, take, UNSPENT_BUDGET, VALID_SECONDS, type WorkKind } from './request-budget';

/** A refresh reserves what it needs; work in steps takes what its next ones will. */
const TAKEN_AT_ONCE: Readonly<Record<WorkKind, number>> = {
  live: 1,
  open: 6,
  reconciliation: 6,
  recent: 20,
  history: 20,
};

export interface BudgetedCaller extends Caller {
  /** Goes on for another kind of work; what was taken for the last is given back. */
  workOn(kind: WorkKind): Promise<void>;
  /** Gives back what was taken and not used. Call it at the end, also after a failure. */
  close(): Promise<void>;
}

export function budgetedCaller(first: WorkKind): BudgetedCaller {
  return new Account(first);
}

/** Runs `work` on the account of a kind of work, and gives back what it left. */
export async function spending<T>(kind: WorkKind, work: (caller: Caller) => Promise<T>): Promise<T> {
  const caller = budgetedCaller(kind);
  try {
    return await work(caller);
  } finally {
    await caller.close();
  }
}

class Account implements BudgetedCaller {
  readonly as = 'app';
  sent = 0;
  private left = 0;
  private slot = 0;
  private takenAt = 0;
  private knownLimit: number | null = null;
  hadTrouble = false;

  constructor(private kind: WorkKind) {}

  async take(endpoint: string): Promise<void> {
    this.expire();
    if (this.left === 0) await this.takeMore(TAKEN_AT_ONCE[this.kind], endpoint);
    this.left -= 1;
    this.sent += 1;
  }

  async reserve(count: number, endpoint: string): Promise<void> {
    this.expire();
    if (this.left < count) await this.takeMore(count, endpoint);
  }

  private expire(): void {
    if (this.left > 0 && nowInSeconds() - this.takenAt >= VALID_SECONDS) this.left = 0;
  }

  private async takeMore(wanted: number, endpoint: string): Promise<void> {
    const { kind, left, slot } = this;
    const now = nowInSeconds();
    const { grant, limit, hadTrouble } = await changeBudget(UNSPENT_BUDGET, (before) => {
      const { budget, result } = take(giveBack(before, kind, { slot, count: left }, now), kind, wanted, now);
      return { budget, result: { grant: result, limit: before.limit, hadTrouble: before.strikes > 0 } };
    });
    this.left = 0;
    if (grant.count === 0) throw new BudgetSpent(endpoint, grant.retryAfterSeconds, grant.isPause);
    this.left = grant.count;
    this.slot = grant.slot;
    this.takenAt = now;
    this.knownLimit = limit;
    this.hadTrouble = hadTrouble;
  }

  async learn(news: RateLimitNews): Promise<void> {
    // Most answers say what the one before said: nothing to read or write then.
    const isNew =
      news.limited ||
      news.nearLimit ||
      this.hadTrouble ||
      (news.limit !== null && news.limit !== this.knownLimit);
    if (!isNew) return;
    if (news.limited) this.left = 0;
    this.knownLimit = news.limit ?? this.knownLimit;
    this.hadTrouble = news.limited;
    const now = nowInSeconds();
    await changeBudget(UNSPENT_BUDGET, (budget) => ({ budget: learn(budget, news, now), result: undefined }));
  }

  async workOn(kind: WorkKind): Promise<void> {
    if (kind === this.kind) return;
    await this.close();
    this.kind = kind;
  }

  async close(): Promise<void> {
    const { kind, left: count, slot } = this;
    this.left = 0;
    if (count === 0) return;
    const now = nowInSeconds();
    await changeBudget(UNSPENT_BUDGET, (budget) => ({
      budget: giveBack(budget, kind, { slot, count }, now),
      result: undefined,
    }));
  }
}
