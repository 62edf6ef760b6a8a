/** Renews the summary of a repository from what is stored of it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { summariseFigures, summarySince } from '../metrics/repository-summary';
import type { TransactionSet } from '../storage/forge-storage';
import type { RepositoryId } from '../storage/keys';
import { saveSummary, summaryWrite, type RepositorySummary } from '../storage/repository-summaries';
import { readFigureView, type FigureView } from './figure-view';
import { importProgress } from './import/import-progress';
import { reconciliationProgress } from './reconcile/reconciliation-state';

/** Tasks as they will be stored, where what is stored of them is about to be replaced. */
type EndedTasks = Partial<Pick<FigureView, 'importTask' | 'reconciliation'>>;

/**
 * The write that renews the summary, for the transaction that ends a phase of the import or a comparison: the summary
 * then says what the task says. One request to storage, and none where the transaction is written anyway.
 */
export async function renewedSummary(
  repository: RepositoryId,
  now: EpochSeconds,
  ended: EndedTasks,
): Promise<TransactionSet> {
  const view = await readFigureView(repository, summarySince(now), now);
  return summaryWrite(repository, summarise({ ...view, ...ended }, now));
}

/** Renews the summary because somebody looks at it; `null` where the repository is not known (any more). */
export async function renewSummary(
  repository: RepositoryId,
  now: EpochSeconds,
): Promise<RepositorySummary | null> {
  const view = await readFigureView(repository, summarySince(now), now);
  if (view.record === null) return null;
  const summary = summarise(view, now);
  await saveSummary(repository, summary);
  return summary;
}

function summarise(view: FigureView, now: EpochSeconds): RepositorySummary {
  const { record, importTask, reconciliation, facts } = view;
  const progress = importTask === null ? null : importProgress(importTask);
  return {
    asOf: now,
    slug: record?.slug ?? null,
    state: progress?.state ?? 'waiting',
    done: progress?.done ?? 0,
    expected: progress?.expected ?? null,
    readSince: progress?.readSince ?? null,
    lastReconciledAt: reconciliation === null ? null : reconciliationProgress(reconciliation).lastAt,
    ...summariseFigures(facts, now, { defaultBranch: record?.defaultBranch ?? null }),
  };
}
