/** Makes the report of the tab Pull requests. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { everyChange } from '../metrics/change/every-change';
import { mergeStrategies, type KnownMerge } from '../metrics/merge-strategies';
import { countBots } from '../metrics/population';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import type { RepositoryId } from '../storage/keys';
import { readMainPushes } from '../storage/pushes';
import type { Completeness } from './contract';
import { completenessOf } from './overview';
import { branchStrategy } from './pull-requests-branches';
import type { PullRequestsReport } from './reports/pull-requests-report';
import { LOOKED_BACK_SECONDS } from './delivery-selection';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** What the report is made from, beside the present. */
export interface PullRequestsSource extends Pick<
  Selection,
  'window' | 'previousWindow' | 'facts' | 'options'
> {
  readonly completeness: Completeness;
  /** Pushes to the main branch, which tell how merges came in. */
  readonly pushes: readonly KnownMerge[];
}

/** `null` where nothing is stored of the repository. */
export async function pullRequestsOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<PullRequestsReport | null> {
  // A fast-forward is known by its commit, which may be older than the window it came in.
  const known = windowOf(query, now).from - LOOKED_BACK_SECONDS;
  const [selection, pushes] = await allEnded([
    select(repository, query, now),
    readMainPushes(repository, known),
  ]);
  if (selection === null) return null;
  const completeness = completenessOf(selection.view, selection.window);
  return pullRequestsReport({ ...selection, completeness, pushes }, now);
}

/** Pure: the same facts give the same report. */
export function pullRequestsReport(source: PullRequestsSource, now: EpochSeconds): PullRequestsReport {
  const { facts, window, previousWindow, options, completeness, pushes } = source;
  return {
    asOf: now,
    completeness,
    window,
    previousWindow,
    figures: pullRequestFigures(facts, window, options),
    previousFigures: pullRequestFigures(facts, previousWindow, options),
    changes: everyChange(facts, window, options),
    branches: branchStrategy(facts, window, options),
    strategies: mergeStrategies(facts, pushes, window, options),
    botsLeftOut: options.includeBots === true ? 0 : countBots(facts, window),
  };
}
