/** Bitbucket's request limit: so many requests in any rolling hour, counted for each caller. */

const HOUR = 60 * 60 * 1000;

/** Below this share of the limit the answers say that it is near (Bitbucket: under 20 % left). */
const NEAR_SHARE = 0.2;

/** What one request found of its caller's hour. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly nearLimit: boolean;
  /** Whole seconds until the oldest counted request leaves the hour. */
  readonly secondsToRelief: number;
}

class RollingHour {
  private instants: number[] = [];
  private first = 0;

  add(now: number): number {
    while ((this.instants[this.first] ?? Infinity) <= now - HOUR) this.first += 1;
    if (this.first > 10_000 && this.first * 2 > this.instants.length) {
      this.instants = this.instants.slice(this.first);
      this.first = 0;
    }
    this.instants.push(now);
    return this.instants.length - this.first;
  }

  oldest(now: number): number {
    return this.instants[this.first] ?? now;
  }
}

/**
 * Counts the requests of each caller. Refused requests count as well: trying again every few seconds keeps the hour
 * full, as it does at Bitbucket.
 */
export class RateLimit {
  private readonly callers = new Map<string, RollingHour>();

  /** @param limit requests an hour for each caller; `null` counts nothing and allows everything. */
  constructor(private readonly limit: number | null) {}

  /** Counts a request at `now` (milliseconds) and says whether it may pass; `null` without a limit. */
  take(caller: string, now: number): Allowance | null {
    if (this.limit === null) return null;
    const hour = this.callers.get(caller) ?? new RollingHour();
    this.callers.set(caller, hour);
    const used = hour.add(now);
    const remaining = Math.max(0, this.limit - used);
    return {
      allowed: used <= this.limit,
      limit: this.limit,
      remaining,
      nearLimit: remaining < this.limit * NEAR_SHARE,
      secondsToRelief: Math.max(1, Math.ceil((hour.oldest(now) + HOUR - now) / 1000)),
    };
  }
}
