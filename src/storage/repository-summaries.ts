/** The summary of each repository: one small document, so that a list of thousands reads few. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { getMany, set, type TransactionSet } from './forge-storage';
import { key, type RepositoryId } from './keys';
import { storedRepository } from './repositories';

const instant = z.number().int();
const count = z.number().int().nonnegative();

/** How far the import of a repository was. */
const STATES = ['waiting', 'importing', 'complete', 'failed'] as const;

interface SummaryFigures {
  readonly merged: number;
  readonly time_to_merge: { readonly n: number; readonly p50: number | null };
  readonly time_to_first_review: { readonly n: number; readonly p50: number | null };
  readonly unreviewed_merge_rate: { readonly n: number; readonly value: number | null };
}

/** A repository in a few figures (`summariseFigures` of the metrics) and how far its import was. */
export interface RepositorySummary {
  /** All that follows is as it was then. */
  readonly asOf: EpochSeconds;
  readonly slug: string | null;
  /** How far the import was: pull requests read, of how many, and since when whatever happened is read (0: all). */
  readonly state: (typeof STATES)[number];
  readonly done: number;
  readonly expected: number | null;
  readonly readSince: EpochSeconds | null;
  readonly lastReconciledAt: EpochSeconds | null;
  readonly figures: SummaryFigures;
  readonly previousFigures: SummaryFigures;
  readonly isChange: {
    readonly time_to_merge: boolean | null;
    readonly time_to_first_review: boolean | null;
  };
  readonly mergesByWeek: readonly number[];
  readonly open: number;
  readonly openOverP85: number | null;
}

const storedFigures = z
  .tuple([count, count, z.number().nullable(), count, z.number().nullable(), count, z.number().nullable()])
  .transform(
    ([merged, merges, timeToMerge, reviewed, timeToFirstReview, judged, unreviewed]): SummaryFigures => ({
      merged,
      time_to_merge: { n: merges, p50: timeToMerge },
      time_to_first_review: { n: reviewed, p50: timeToFirstReview },
      unreviewed_merge_rate: { n: judged, value: unreviewed },
    }),
  );

/** Values without names, less than half as long: 25 usual ones are one of Forge's units of 10 KB. */
const storedSummary = z.object({
  version: z.literal(2),
  import: z.tuple([
    instant,
    z.string().nullable(),
    z.enum(STATES),
    count,
    count.nullable(),
    instant.nullable(),
    instant.nullable(),
  ]),
  figures: storedFigures,
  previous: storedFigures,
  changes: z.tuple([z.boolean().nullable(), z.boolean().nullable()]),
  weeks: z.array(count),
  open: z.tuple([count, count.nullable()]),
});

function stored(summary: RepositorySummary): z.input<typeof storedSummary> {
  const { asOf, slug, state, done, expected, readSince, lastReconciledAt } = summary;
  const { time_to_merge: timeToMerge, time_to_first_review: timeToFirstReview } = summary.isChange;
  return {
    version: 2,
    import: [asOf, slug, state, done, expected, readSince, lastReconciledAt],
    figures: figureValues(summary.figures),
    previous: figureValues(summary.previousFigures),
    changes: [timeToMerge, timeToFirstReview],
    weeks: [...summary.mergesByWeek],
    open: [summary.open, summary.openOverP85],
  };
}

function figureValues(figures: SummaryFigures): z.input<typeof storedFigures> {
  const {
    merged,
    time_to_merge: merges,
    time_to_first_review: reviews,
    unreviewed_merge_rate: rate,
  } = figures;
  return [merged, merges.n, merges.p50, reviews.n, reviews.p50, rate.n, rate.value];
}

/** A stored row; `null` where there is none, or where another version of the app wrote it. */
function parseSummary(row: unknown): RepositorySummary | null {
  const { success, data } = storedSummary.safeParse(row);
  if (!success) return null;
  const [asOf, slug, state, done, expected, readSince, lastReconciledAt] = data.import;
  const [timeToMerge, timeToFirstReview] = data.changes;
  const [open, openOverP85] = data.open;
  return {
    asOf,
    slug,
    state,
    done,
    expected,
    readSince,
    lastReconciledAt,
    figures: data.figures,
    previousFigures: data.previous,
    isChange: { time_to_merge: timeToMerge, time_to_first_review: timeToFirstReview },
    mergesByWeek: data.weeks,
    open,
    openOverP85,
  };
}

/** What a list shows of a repository. */
export interface ListedRepository {
  readonly slug: string | null;
  /** `null` while nothing is summarised, or where another version of the app did it. */
  readonly summary: RepositorySummary | null;
}

/**
 * Repositories with their summaries, in a request for each 25 (one unit of Forge's, mostly); those without one cost another. Those that are not known
 * here, or were deleted, are absent.
 */
export async function readListedRepositories(
  repositories: readonly RepositoryId[],
): Promise<ReadonlyMap<RepositoryId, ListedRepository>> {
  const rows = await getMany(repositories.map((repository) => ({ key: key.summary(repository) })));
  const summaries = new Map<RepositoryId, RepositorySummary>();
  for (const repository of repositories) {
    const summary = parseSummary(rows.get(key.summary(repository)));
    if (summary !== null) summaries.set(repository, summary);
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
  return { key: key.summary(repository), value: stored(summary) };
}

export function saveSummary(repository: RepositoryId, summary: RepositorySummary): Promise<void> {
  return set(key.summary(repository), stored(summary));
}
