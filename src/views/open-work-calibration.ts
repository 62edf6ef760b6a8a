/** How often the forecasts of the past came true in this repository: long to compute, so asked for by itself. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import {
  calibrationOf as calibrationOfForecasts,
  judgedForecasts,
  type JudgedForecast,
} from '../metrics/forecast/calibration';
import { FEWEST_MERGES } from '../metrics/forecast/merge-chance';
import type { FigureOptions } from '../metrics/population';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import { FORECAST_DAYS, historyOf, readStateOf, type History } from './open-work-history';
import type { CalibrationReport, JudgedMoment } from './reports/open-work-report';
import { select } from './selection';
import type { ViewQuery } from './view-query';

/** The oldest of the 52 cut-offs, which are 8 days apart and end 7 days ago, is so old. */
const DAYS_JUDGED = 415;

/** So the oldest looks at a year, as today's do, and the later ones at up to two. */
const DAYS_READ = FORECAST_DAYS + DAYS_JUDGED;

/** `null` where nothing is stored of the repository. Of all its pull requests, whatever the query narrows figures to. */
export async function calibrationOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<CalibrationReport | null> {
  const selection = await select(repository, query, now, () => windowEndingAt(now, DAYS_READ).from);
  if (selection === null) return null;
  const { view, options } = selection;
  return calibrationReport(historyOf(view.facts, now, readStateOf(view).readSince, DAYS_READ), now, options);
}

export function calibrationReport(
  { from, facts }: History,
  now: EpochSeconds,
  options: FigureOptions,
): CalibrationReport {
  const { forecasts, judged, of } = judgedForecasts(facts, now, options);
  return {
    asOf: now,
    historyFrom: from,
    calibrations: calibrationOfForecasts(forecasts),
    moments: byMoment(forecasts),
    judged,
    of,
    fewestMerges: FEWEST_MERGES,
  };
}

/** Forecasts of one moment come one after the other. */
function byMoment(forecasts: readonly JudgedForecast[]): readonly JudgedMoment[] {
  const moments: JudgedMoment[] = [];
  for (const { cutOff, id, phase, mergedAt, days, chance } of forecasts) {
    const last = moments.at(-1);
    const known = last?.at === cutOff && last.id === id ? moments.pop() : undefined;
    moments.push({ at: cutOff, id, phase, mergedAt, chances: [...(known?.chances ?? []), { days, chance }] });
  }
  return moments;
}
