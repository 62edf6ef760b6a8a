/** Follows the import through the app's own answers, repository by repository. */
import { z } from 'zod';
import type { ForgeHost } from '../forge/host-api';

/**
 * What passes by itself (nothing is stored yet, or the store or Bitbucket is busy), and what an admin decided: then
 * nothing is to come.
 */
const WAITS = ['nothing-yet', 'unavailable'] as const;
const OVER = ['left-out', 'disconnected'] as const;
const notNow = z.object({ ok: z.literal(false), cause: z.enum([...WAITS, ...OVER]) });

const overview = z.object({
  ok: z.literal(true),
  data: z.object({
    completeness: z.object({
      state: z.enum(['waiting', 'importing', 'complete', 'failed']),
      pullRequests: z.number(),
      expected: z.number().nullable(),
      trouble: z.object({ cause: z.string() }).nullable(),
    }),
  }),
});

export interface ImportProgress {
  readonly repositories: number;
  readonly complete: number;
  readonly failed: readonly string[];
  readonly pullRequests: number;
  /** As far as Bitbucket has said; grows while repositories are begun. */
  readonly expected: number;
}

/** Asks for each repository's completeness; those that are complete are not asked again. Throws for an answer that no waiting mends. */
export class ProgressReader {
  private readonly complete = new Map<string, number>();

  constructor(
    private readonly host: ForgeHost,
    private readonly repositoryUuids: readonly string[],
    /** Who looks: Forge's functions answer nobody else. */
    private readonly accountId: string,
  ) {}

  async read(): Promise<ImportProgress> {
    let pullRequests = 0;
    let expected = 0;
    const failed: string[] = [];
    for (const uuid of this.repositoryUuids) {
      const known = this.complete.get(uuid);
      if (known !== undefined) {
        pullRequests += known;
        expected += known;
        continue;
      }
      const answer = z.union([overview, notNow]).parse(
        await this.host.resolve({
          moduleKey: 'repository-panel',
          functionKey: 'overview',
          payload: { query: { window: 30 } },
          extension: { repository: { uuid } },
          accountId: this.accountId,
        }),
      );
      if (!answer.ok) {
        if (OVER.some((cause) => cause === answer.cause)) this.complete.set(uuid, 0);
        continue;
      }
      const { completeness } = answer.data;
      pullRequests += completeness.pullRequests;
      expected += completeness.expected ?? 0;
      if (completeness.state === 'complete') this.complete.set(uuid, completeness.pullRequests);
      if (completeness.state === 'failed')
        failed.push(`${uuid}: ${completeness.trouble?.cause ?? 'unknown cause'}`);
    }
    return {
      repositories: this.repositoryUuids.length,
      complete: this.complete.size,
      failed,
      pullRequests,
      expected,
    };
  }
}

/** Whether nothing more is to come. */
export function isOver(progress: ImportProgress): boolean {
  return progress.complete + progress.failed.length === progress.repositories;
}

/** One line for the terminal and the page. */
export function progressLine(progress: ImportProgress): string {
  const { pullRequests, expected, complete, repositories } = progress;
  return `Importing: ${pullRequests} of ${Math.max(expected, pullRequests)} pull requests, ${complete} of ${repositories} repositories complete`;
}
