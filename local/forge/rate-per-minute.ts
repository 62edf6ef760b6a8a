/** Counts what is used in one minute of the clock, as Forge's rate limits do. */

const MINUTE_MILLISECONDS = 60_000;

/** A limit on a fixed window of one minute. */
export class RatePerMinute {
  private window = Number.NEGATIVE_INFINITY;
  private used = 0;

  constructor(
    private readonly limit: number,
    private readonly clock: { now(): number },
  ) {}

  /** Uses `amount` of this minute's limit, or answers `false` and uses nothing. */
  take(amount = 1): boolean {
    const window = Math.floor(this.clock.now() / MINUTE_MILLISECONDS);
    if (window !== this.window) {
      this.window = window;
      this.used = 0;
    }
    if (this.used + amount > this.limit) return false;
    this.used += amount;
    return true;
  }
}
