/** How well the forecasts of the past came true (METRICS 8): the Brier score, and how often what was given a chance happened. */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { SECONDS_A_DAY } from '../windows';
import { FEWEST_MERGES, HORIZON_DAYS, forecastsFrom, type HorizonDays } from './merge-chance';
import { censusAt, phaseInstants, type TimedPhase } from './phase-stays';
import { seededSample } from './seeded-sample';

/**
 * A day more than a week, so that each cut-off falls on another day of the week: from one Friday to the next, every
 * forecast of a day would be one for a Saturday.
 */
const DAYS_BETWEEN_CUT_OFFS = 8;

/** About fourteen months: old enough for many forecasts, recent enough to be about this team. */
const CUT_OFFS = 52;

/**
 * A forecast looks at all history, so a large repository's would take minutes to judge. Of so many moments a share is
 * known to 1.6 hundredths (its standard error, at most).
 */
const MOST_JUDGED = 1_000;

/** Always the same, so that the same facts give the same calibration; Marsaglia's own. */
const SEED = 2_463_534_242;

const BINS = 10;

export interface CalibrationOptions extends FigureOptions {
  /** How many cut-offs to look back; 52 where not said. */
  readonly cutOffs?: number;
  /** How many moments to judge at most; 1,000 where not said. */
  readonly mostJudged?: number;
}

/** A forecast of the past beside what came of it. */
export interface JudgedForecast {
  readonly cutOff: EpochSeconds;
  readonly id: number;
  readonly phase: TimedPhase;
  readonly days: HorizonDays;
  readonly chance: number;
  /** Merged within `days` after the cut-off. */
  readonly merged: boolean;
  /** The instant that decided it; `null` where it was not merged until today. */
  readonly mergedAt: EpochSeconds | null;
}

/** What was judged. */
export interface JudgedForecasts {
  readonly forecasts: readonly JudgedForecast[];
  /** At so many moments: a pull request open at a cut-off is one, and has a forecast for each horizon. */
  readonly judged: number;
  /** Of so many that could be; where these are more, the judged ones are drawn from them by a seeded chance. */
  readonly of: number;
}

/** Forecasts whose chance lies in `[from, to)`, the last bin's in `[from, to]`. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean chance and share merged: alike where forecasts are calibrated; `null` where `n` is 0. */
  readonly meanChance: number | null;
  readonly mergedShare: number | null;
}

/** Of one horizon; the scores are `null` where nothing was judged. */
export interface Calibration {
  readonly days: HorizonDays;
  readonly n: number;
  /** Mean squared distance of chance and outcome, 0 to 1: 0 is perfect. */
  readonly brierScore: number | null;
  /** Share of the judged pull requests that were merged within the horizon. */
  readonly baseRate: number | null;
  /** The Brier score of telling everybody the base rate; it is known in hindsight only, so it is hard to beat. */
  readonly baseRateScore: number | null;
  /** Brier skill score: 1 - score / base rate's score; above 0 is better than the base rate. `null` also where that is 0. */
  readonly skill: number | null;
  readonly bins: readonly CalibrationBin[];
}

/**
 * Back-test: at cut-offs from the longest horizon before `now` backwards, forecasts for the pull requests open then, from
 * what was known then (`phaseStays` says how that is rebuilt), each beside what happened. Every outcome is decided by
 * `now`. Cut-offs with too few merges before them give none. One that stays open for months is judged at many cut-offs.
 * Where there are more moments than are judged, each is as likely as any other to be among those that are.
 */
export function judgedForecasts(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: CalibrationOptions,
): JudgedForecasts {
  const latest = now - Math.max(...HORIZON_DAYS) * SECONDS_A_DAY;
  const cutOffs = Array.from(
    { length: options.cutOffs ?? CUT_OFFS },
    (_, place) => latest - place * DAYS_BETWEEN_CUT_OFFS * SECONDS_A_DAY,
  );
  const instants = phaseInstants(facts, options);
  const mergedAt = new Map(instants.map((each) => [each.id, each.mergedAt]));
  const moments = cutOffs.flatMap((cutOff) => {
    const { openIds, merged } = censusAt(instants, cutOff);
    return merged < FEWEST_MERGES ? [] : openIds.map((id) => ({ cutOff, id }));
  });
  const drawn = seededSample(moments, options.mostJudged ?? MOST_JUDGED, SEED);
  const forecasts = cutOffs.flatMap((cutOff) => {
    const ids = new Set(drawn.filter((moment) => moment.cutOff === cutOff).map(({ id }) => id));
    const made = ids.size === 0 ? null : forecastsFrom(instants, cutOff, { ids }).pullRequests;
    return (made ?? []).flatMap(({ id, phase, chances }) =>
      chances.flatMap(({ days, chance }) => {
        if (chance === null) return [];
        const at = mergedAt.get(id) ?? null;
        const merged = at !== null && at <= cutOff + days * SECONDS_A_DAY;
        return [{ cutOff, id, phase, days, chance, merged, mergedAt: at }];
      }),
    );
  });
  return { forecasts, judged: drawn.length, of: moments.length };
}

/**
 * The calibration of judged forecasts, in the order of `HORIZON_DAYS`: the score of G. W. Brier, "Verification of
 * Forecasts Expressed in Terms of Probability", Monthly Weather Review 78 (1950), in its usual form for one event.
 */
export function calibrationOf(forecasts: readonly JudgedForecast[]): readonly Calibration[] {
  return HORIZON_DAYS.map((days) => {
    const judged = forecasts.filter((forecast) => forecast.days === days);
    const baseRate = mean(judged.map(({ merged }) => Number(merged)));
    const brierScore = mean(judged.map(({ chance, merged }) => (chance - Number(merged)) ** 2));
    const baseRateScore = baseRate === null ? null : baseRate * (1 - baseRate);
    return {
      days,
      n: judged.length,
      brierScore,
      baseRate,
      baseRateScore,
      skill: brierScore === null || !baseRateScore ? null : 1 - brierScore / baseRateScore,
      bins: binsOf(judged),
    };
  });
}

function binsOf(judged: readonly JudgedForecast[]): readonly CalibrationBin[] {
  const binOf = (chance: number): number => Math.min(BINS - 1, Math.floor(chance * BINS));
  return Array.from({ length: BINS }, (_, place) => {
    const members = judged.filter(({ chance }) => binOf(chance) === place);
    return {
      from: place / BINS,
      to: (place + 1) / BINS,
      n: members.length,
      meanChance: mean(members.map(({ chance }) => chance)),
      mergedShare: mean(members.map(({ merged }) => Number(merged))),
    };
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
