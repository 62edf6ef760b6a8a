/** The summary of each repository: one small document, so that a list of thousands reads few. */
import { z } from 'zod';
import { getMany, set, type TransactionSet } from './forge-storage';
import { key, type RepositoryId } from './keys';
import { storedRepository } from './repositories';

const instant = z.number().int();
const count = z.number().int().nonnegative();
const median = z.object({ n: count, p50: z.number().nullable() });

const figures = z.object({
  merged: count,
  time_to_merge: median,
  time_to_first_review: median,
  unreviewed_merge_rate: z.object({ n: count, value: z.number().nullable() }),
});

const storedSummary = z.object({
  version: z.literal(1),
  /** All that follows is as it was then. */
  asOf: instant,
  slug: z.string().nullable(),
  /** How far the import was: pull requests read, of how many, and since when whatever happened is read (0: all). */
  state: z.enum(['waiting', 'importing', 'complete', 'failed']),
  done: count,
  expected: count.nullable(),
  readSince: instant.nullable(),
  lastReconciledAt: instant.nullable(),
  figures,
  previousFigures: figures,
  isChange: z.object({
    time_to_merge: z.boolean().nullable(),
    time_to_first_review: z.boolean().nullable(),
  }),
  mergesByWeek: z.array(count).readonly(),
  open: count,
  openOverP85: count.nullable(),
});

/** A repository in a few figures (`summariseFigures` of the metrics) and how far its import was; under 1 KB. */
export type RepositorySummary = z.output<typeof storedSummary>;

/** What a list shows of a repository. */
export interface ListedRepository {
  readonly slug: string | null;
  /** `null` while nothing is summarised, or where another version of the app did it. */
  readonly summary: RepositorySummary | null;
}

/**
 * Repositories with their summaries, in a request for each 25; those without one cost another. Those that are not known
 * here, or were deleted, are absent.
 */
export async function readListedRepositories(
  repositories: readonly RepositoryId[],
): Promise<ReadonlyMap<RepositoryId, ListedRepository>> {
  const rows = await getMany(repositories.map((repository) => ({ key: key.summary(repository) })));
  const summaries = new Map<RepositoryId, RepositorySummary>();
  for (const repository of repositories) {
    const stored = storedSummary.safeParse(rows.get(key.summary(repository)));
    if (stored.success) summaries.set(repository, stored.data);
  }
  const others = repositories.filter((repository) => !summaries.has(repository));
  const records = await getMany(others.map((repository) => ({ key: key.repository(repository) })));
  const listed = new Map<RepositoryId, ListedRepository>();
  for (const repository of repositories) {
    const summary = summaries.get(repository) ?? null;
    const record = storedRepository.safeParse(records.get(key.repository(repository)));
    if (summary !== null) listed.set(repository, { slug: summary.slug, summary });
    else if (record.success) listed.set(repository, { slug: record.data.slug, summary: null });
  }
  return listed;
}

/** The write of a summary, to go into the transaction that saves why it is renewed. */
export function summaryWrite(repository: RepositoryId, summary: RepositorySummary): TransactionSet {
  return { key: key.summary(repository), value: summary };
}

export function saveSummary(repository: RepositoryId, summary: RepositorySummary): Promise<void> {
  return set(key.summary(repository), summary);
}
