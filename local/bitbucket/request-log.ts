/** What the stand-in was asked, for the figures on requests and for tests. */

/** One answered request; `endpoint` is its template, `path` what was asked with its query. */
export interface RequestEntry {
  readonly at: number;
  readonly method: string;
  readonly endpoint: string;
  readonly path: string;
  readonly as: string;
  readonly account: string | null;
  readonly status: number;
}

/** Counts every request and keeps the last ones. */
export class RequestLog {
  private counts = new Map<string, number>();
  private kept: RequestEntry[] = [];

  constructor(private readonly keep = 1000) {}

  /** All requests since the start or the last `clear`, refused ones included. */
  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Requests by method and endpoint template, for example `GET /repositories/{workspace}`. */
  byEndpoint(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  /** The last requests, oldest first. */
  recent(): readonly RequestEntry[] {
    return this.kept.slice(-this.keep);
  }

  add(entry: RequestEntry): void {
    const key = `${entry.method} ${entry.endpoint}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.kept.push(entry);
    if (this.kept.length >= this.keep * 2) this.kept = this.kept.slice(-this.keep);
  }

  clear(): void {
    this.counts = new Map();
    this.kept = [];
  }
}
