/** The history that forecasts are made from, and the forecast of each open pull request, or why there is none. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { OpenPullRequest } from '../metrics/figures';
import { FEWEST_MERGES, mergeForecasts } from '../metrics/forecast/merge-chance';
import type { FigureOptions } from '../metrics/population';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryView } from '../storage/repository-view';
import { importProgress } from '../sync/import/import-progress';
import type { ForecastHistory, OpenForecast, OpenWorkReport } from './reports/open-work-report';

/** A year holds enough merges for most repositories, and is recent enough to be about the team as it works now. */
export const FORECAST_DAYS = 365;

/** How far the import is, and since when it has read whatever happened. */
export function readStateOf({ importTask }: RepositoryView): OpenWorkReport['completeness'] {
  if (importTask === null) return { state: 'waiting', readSince: null };
  const { state, readSince } = importProgress(importTask);
  return { state, readSince };
}

export interface History {
  readonly from: EpochSeconds | null;
  readonly isWhole: boolean;
  readonly facts: readonly PullRequestFacts[];
}

/**
 * The pull requests opened in the last `days`, as far as these are read. By opening, not by closing: what is stored goes
 * back to an instant of closing, and of those opened before it only the slow ones are there, which would make every
 * chance too small.
 */
export function historyOf(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  readSince: EpochSeconds | null,
  days = FORECAST_DAYS,
): History {
  if (readSince === null) return { from: null, isWhole: false, facts: [] };
  const wanted = windowEndingAt(now, days).from;
  const from = Math.max(wanted, readSince);
  return { from, isWhole: from === wanted, facts: facts.filter(({ openedAt }) => openedAt >= from) };
}

/** The forecasts at `now` by what the history tells. */
export function forecasts(
  { from, isWhole, facts }: History,
  now: EpochSeconds,
  options: FigureOptions,
): {
  readonly forecastOf: (open: OpenPullRequest) => OpenForecast;
  readonly summary: ForecastHistory;
} {
  const { pastMerges, pullRequests } = mergeForecasts(facts, now, options);
  const byId = new Map(pullRequests?.map((each) => [each.id, each]));
  const forecastOf = ({ id, phase, activityRead }: OpenPullRequest): OpenForecast => {
    if (phase === 'draft') return { kind: 'none', why: 'draft' };
    if (!activityRead) return { kind: 'none', why: 'activity-unread' };
    if (pullRequests === null) return { kind: 'none', why: 'few-merges' };
    const forecast = byId.get(id);
    if (forecast === undefined) return { kind: 'none', why: 'older-than-history' };
    const { waitedSeconds, compared, chances } = forecast;
    if (chances.every(({ chance }) => chance === null)) return { kind: 'none', why: 'nothing-alike' };
    return { kind: 'chances', waitedSeconds, compared, chances };
  };
  return { forecastOf, summary: { from, isWhole, pastMerges, fewestMerges: FEWEST_MERGES } };
}
