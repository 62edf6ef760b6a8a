/** A limit on what may be used in one minute of the simulated clock, and the most that was. */

const MINUTE_MILLISECONDS = 60_000;

/** Counts in whole minutes of the clock, as Forge's limits do. */
export class PerMinute {
  private minute = Number.NEGATIVE_INFINITY;
  private used = 0;
  private most = 0;

  constructor(readonly limit: number) {}

  /** Uses `amount` in the minute of `now` (milliseconds), or answers `false` and uses nothing. */
  take(now: number, amount: number): boolean {
    const minute = Math.floor(now / MINUTE_MILLISECONDS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.used = 0;
    }
    if (this.used + amount > this.limit) return false;
    this.used += amount;
    this.most = Math.max(this.most, this.used);
    return true;
  }

  /** The most that was used in any minute. */
  get peak(): number {
    return this.most;
  }
}
