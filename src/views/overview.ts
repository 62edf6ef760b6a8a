/** What the panel and the page show of one repository: every figure beside its preceding window. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { Window } from '../metrics/figures';
import { headlineChanges } from '../metrics/change/headline-changes';
import { countBots } from '../metrics/population';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import { stageFigures } from '../metrics/stages';
import { timeToMergeBars } from '../metrics/time-to-merge-histogram';
import { weeklyTrend } from '../metrics/weekly-trend';
import { windowEndingAt } from '../metrics/windows';
import { workInProgress } from '../metrics/work-in-progress';
import { withBraces, type RepositoryId } from '../storage/keys';
import { inactiveSince } from '../storage/licence';
import type { RepositoryView } from '../storage/repository-view';
import type { Task } from '../storage/tasks';
import { importProgress } from '../sync/import/import-progress';
import { reconciliationProgress } from '../sync/reconcile/reconciliation-state';
import { remainingSeconds } from '../sync/remaining-time';
import { asTrouble, type Trouble } from '../sync/trouble';
import type { Completeness, RepositoryOverview } from './contract';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** Work in progress compares with the time to merge of the last 180 days (METRICS 5). */
const DAYS_OF_COMPARISON = 180;

/** `null` where nothing is stored of the repository. */
export async function overviewOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<RepositoryOverview | null> {
  const sinceComparison = (): EpochSeconds => windowEndingAt(now, DAYS_OF_COMPARISON).from;
  const selection = await select(repository, query, now, sinceComparison);
  if (selection === null) return null;
  const { view, facts, options, window, previousWindow } = selection;
  return {
    asOf: now,
    repository: { uuid: withBraces(repository), defaultBranch: options.defaultBranch },
    completeness: completenessOf(view, window),
    window,
    previousWindow,
    figures: pullRequestFigures(facts, window, options),
    previousFigures: pullRequestFigures(facts, previousWindow, options),
    changes: headlineChanges(facts, window, options),
    weeks: weeklyTrend(facts, window, options),
    timeToMergeBars: timeToMergeBars(facts, window, options),
    stages: stageFigures(facts, window, options),
    workInProgress: workInProgress(facts, now, options),
    botsLeftOut: options.includeBots === true ? 0 : countBots(facts, window),
  };
}

/** How complete the window is: of all pull requests, whatever a reader narrows the figures to. */
export function completenessOf(view: RepositoryView, window: Window): Completeness {
  const { importTask, reconciliation, sizes, licence, facts, lastEventAt } = view;
  const merged = facts.filter(
    ({ mergedAt }) => mergedAt !== null && window.from <= mergedAt && mergedAt < window.to,
  );
  const withAnswer = (answer: keyof PullRequestFacts['coverage']): number =>
    merged.filter((each) => each.coverage[answer]).length;
  const progress = importTask === null ? null : importProgress(importTask);
  const reconciled = reconciliation === null ? null : reconciliationProgress(reconciliation);
  return {
    state: progress?.state ?? 'waiting',
    pullRequests: progress?.done ?? 0,
    expected: progress?.expected ?? null,
    inWindow: {
      merged: merged.length,
      withActivity: withAnswer('activity'),
      withCommits: withAnswer('commits'),
      withDiffstat: withAnswer('diffstat'),
    },
    readSince: progress?.readSince ?? null,
    remainingSeconds: progress === null ? null : remainingSeconds(progress),
    trouble: progress?.trouble ?? refusalOf(reconciliation),
    missing: {
      activity: progress?.refused.activity ?? null,
      commits: progress?.refused.commits ?? null,
      diffstat: asTrouble(sizes?.trouble ?? null)?.scope ?? null,
    },
    licenceInactiveSince: inactiveSince(licence),
    lastEventAt,
    lastReconciledAt: reconciled?.lastAt ?? null,
    healed: reconciled?.healed ?? 0,
  };
}

/** A permission that the comparison lacks, though the import had it. */
function refusalOf(reconciliation: Task | null): Trouble | null {
  const trouble = asTrouble(reconciliation?.trouble ?? null);
  return trouble?.cause === 'missing-permission' ? trouble : null;
}
