/** What the chances of one open pull request were made from, so that anyone can reckon them again. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import {
  chancesFrom,
  explainForecast,
  mergeForecasts,
  type ComparedMoment,
  type MergeChance,
} from '../metrics/forecast/merge-chance';
import type { FigureOptions } from '../metrics/population';
import { SECONDS_A_DAY, windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import { FORECAST_DAYS, historyOf, readStateOf, type History } from './open-work-history';
import type { ComparedPullRequest, ForecastExplanation, ForecastHorizon } from './reports/open-work-report';
import { RequestRefused } from './request-refused';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. Throws RequestRefused for one of which nothing is forecast. */
export async function explainForecastOf(
  repository: RepositoryId,
  query: ViewQuery,
  pullRequest: number,
  now: EpochSeconds,
): Promise<ForecastExplanation | null> {
  const selection = await select(repository, query, now, () => windowEndingAt(now, FORECAST_DAYS).from);
  if (selection === null) return null;
  const { view, options } = selection;
  return forecastExplanation(
    pullRequest,
    historyOf(view.facts, now, readStateOf(view).readSince),
    now,
    options,
  );
}

/** Throws RequestRefused for a pull request of which nothing is forecast. */
export function forecastExplanation(
  pullRequest: number,
  { from, facts }: History,
  now: EpochSeconds,
  options: FigureOptions,
): ForecastExplanation {
  const ids = new Set([pullRequest]);
  const forecast = mergeForecasts(facts, now, { ...options, ids }).pullRequests?.[0];
  if (forecast === undefined || from === null) {
    throw new RequestRefused('bad-request', 'Nothing is forecast of this pull request. Choose another.');
  }
  const moments = explainForecast(pullRequest, facts, now, options);
  return {
    asOf: now,
    pullRequest,
    phase: forecast.phase,
    waitedSeconds: forecast.waitedSeconds,
    historyFrom: from,
    moments: moments.length,
    horizons: chancesFrom(moments).map((each) => horizonOf(each, moments)),
    compared: byPullRequest(moments),
  };
}

function horizonOf({ days, chance }: MergeChance, moments: readonly ComparedMoment[]): ForecastHorizon {
  const isSoon = ({ at, until }: ComparedMoment): boolean => until - at <= days * SECONDS_A_DAY;
  return {
    days,
    chance,
    merged: moments.filter((moment) => moment.merged && isSoon(moment)).length,
    undecided: moments.filter(({ at, until, merged }) => !merged && until - at < days * SECONDS_A_DAY).length,
  };
}

/** One stay in a phase gives up to five moments, all with the same end. */
function byPullRequest(moments: readonly ComparedMoment[]): readonly ComparedPullRequest[] {
  const groups = new Map<number, ComparedPullRequest & { readonly moments: EpochSeconds[] }>();
  for (const { id, at, until, merged } of moments) {
    const group = groups.get(id) ?? { id, until, merged, moments: [] };
    group.moments.push(at);
    groups.set(id, group);
  }
  return [...groups.values()].sort((a, b) => a.id - b.id);
}
