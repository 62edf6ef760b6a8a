/** Makes the report of the tab Pull requests. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { everyChange } from '../metrics/change/every-change';
import { countBots } from '../metrics/population';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import type { RepositoryId } from '../storage/keys';
import type { Completeness } from './contract';
import { completenessOf } from './overview';
import { branchStrategy } from './pull-requests-branches';
import type { PullRequestsReport } from './reports/pull-requests-report';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** What the report is made from, beside the present. */
export interface PullRequestsSource extends Pick<
  Selection,
  'window' | 'previousWindow' | 'facts' | 'options'
> {
  readonly completeness: Completeness;
}

/** `null` where nothing is stored of the repository. */
export async function pullRequestsOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<PullRequestsReport | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  const completeness = completenessOf(selection.view, selection.window);
  return pullRequestsReport({ ...selection, completeness }, now);
}

/** Pure: the same facts give the same report. */
export function pullRequestsReport(source: PullRequestsSource, now: EpochSeconds): PullRequestsReport {
  const { facts, window, previousWindow, options, completeness } = source;
  return {
    asOf: now,
    completeness,
    window,
    previousWindow,
    figures: pullRequestFigures(facts, window, options),
    previousFigures: pullRequestFigures(facts, previousWindow, options),
    changes: everyChange(facts, window, options),
    branches: branchStrategy(facts, window, options),
    botsLeftOut: options.includeBots === true ? 0 : countBots(facts, window),
  };
}
