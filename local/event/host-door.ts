/** Speaks to the running host as its own page does. */
import { z } from 'zod';
import { UsageError } from '../start/options';

const actions = z.array(z.object({ key: z.string(), label: z.string(), needsPullRequest: z.boolean() }));
const choices = z.array(
  z.object({ uuid: z.string(), slug: z.string(), actions, openPullRequests: z.array(z.number()) }),
);

/** A repository, and what can be done to it. */
export type Choice = z.output<typeof choices>[number];

const sent = z.object({ eventType: z.string(), payload: z.unknown(), deliveries: z.number() });
const answer = z.union([sent, z.object({ error: z.string() })]);

/** What was sent, and to how many triggers it goes. */
export type Sent = z.output<typeof sent>;

/** The host whose page is at one port of this machine; its functions throw UsageError where none is there. */
export class HostDoor {
  private readonly origin: string;

  constructor(private readonly port: number) {
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** None where nothing can be done to the workspace, as in a recording. */
  choices(): Promise<readonly Choice[]> {
    return this.ask('/__host/events', choices, { method: 'GET' });
  }

  /** What was sent, or why it cannot be. */
  send(body: object): Promise<z.output<typeof answer>> {
    // The host takes orders from its own page only, which browsers tell by this header.
    const headers = { origin: this.origin };
    return this.ask('/__host/event', answer, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private async ask<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    init: RequestInit,
  ): Promise<z.output<Schema>> {
    let response: Response;
    try {
      response = await fetch(`${this.origin}${path}`, init);
    } catch {
      throw new UsageError(
        `No app runs at port ${this.port}. Run npm start or npm run dev first, or name its port with --port.`,
      );
    }
    const parsed = schema.safeParse(await response.json().catch(() => null));
    if (parsed.success) return parsed.data;
    throw new UsageError(`What answers at port ${this.port} is not npm start. Name its port with --port.`);
  }
}
