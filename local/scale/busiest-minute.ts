/** What the busiest minute of the simulated time was used for. */
const MINUTE_MILLISECONDS = 60_000;

/** The most that was used in one whole minute of the clock. */
export interface Busiest {
  /** When it began, in milliseconds since 1970; `null` where nothing was ever used. */
  readonly at: number | null;
  /** By purpose, the most first. */
  readonly uses: readonly { readonly purpose: string; readonly units: number }[];
}

export class BusiestMinute {
  private minute = Number.NEGATIVE_INFINITY;
  private used = new Map<string, number>();
  private sum = 0;
  private most = 0;
  private busiest: Busiest = { at: null, uses: [] };

  /** Notes units that were used at an instant (milliseconds); instants never go back. */
  note(now: number, purpose: string, units: number): void {
    const minute = Math.floor(now / MINUTE_MILLISECONDS);
    if (minute !== this.minute) {
      this.end();
      this.minute = minute;
    }
    this.used.set(purpose, (this.used.get(purpose) ?? 0) + units);
    this.sum += units;
  }

  report(): Busiest {
    this.keep();
    return this.busiest;
  }

  private end(): void {
    this.keep();
    this.used = new Map();
    this.sum = 0;
  }

  private keep(): void {
    if (this.sum <= this.most) return;
    this.most = this.sum;
    this.busiest = {
      at: this.minute * MINUTE_MILLISECONDS,
      uses: [...this.used].map(([purpose, units]) => ({ purpose, units })).sort((a, b) => b.units - a.units),
    };
  }
}
