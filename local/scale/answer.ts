/** The answers of the simulated platform: what the SDKs use of a `fetch` response, and nothing that costs time. */

const EMPTY: Readonly<Record<string, string>> = {};

/** A response whose body is at hand. */
export class Answer {
  readonly headers: { get(name: string): string | null };

  /** @param headers with names in lower case. */
  constructor(
    readonly status: number,
    private readonly body: string,
    headers: Readonly<Record<string, string>> = EMPTY,
  ) {
    this.headers = { get: (name) => headers[name.toLowerCase()] ?? null };
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return String(this.status);
  }

  text(): Promise<string> {
    return Promise.resolve(this.body);
  }

  async json(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.body) as unknown);
  }
}
