/** Tells open pages, by server-sent events, that the app in their frames was built anew. */
import type { ServerResponse } from 'node:http';

/** The pages that wait. */
export class Rebuilds {
  private readonly pages = new Set<ServerResponse>();

  /** Answers one page, for as long as it is open. */
  follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    this.pages.add(response);
    response.once('close', () => this.pages.delete(response));
  }

  tell(): void {
    // Browsers pass nothing on that has no data.
    for (const page of this.pages) page.write('event: rebuilt\ndata: 1\n\n');
  }
}
