/** How well the forecasts of the past came true (METRICS 8): the Brier score, and how often what was given a chance happened. */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { SECONDS_A_DAY } from '../windows';
import { HORIZON_DAYS, mergeForecasts, type HorizonDays } from './merge-chance';
import type { TimedPhase } from './phase-stays';

/**
 * A day more than a week, so that each cut-off falls on another day of the week: from one Friday to the next, every
 * forecast of a day would be one for a Saturday.
 */
const DAYS_BETWEEN_CUT_OFFS = 8;

/** About fourteen months: old enough for many forecasts, recent enough to be about this team. */
const CUT_OFFS = 52;

const BINS = 10;

export interface CalibrationOptions extends FigureOptions {
  /** How many cut-offs to look back; 52 where not said. */
  readonly cutOffs?: number;
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
 */
export function judgedForecasts(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: CalibrationOptions,
): readonly JudgedForecast[] {
  const mergedAt = new Map(facts.map((each) => [each.id, each.mergedAt]));
  const latest = now - Math.max(...HORIZON_DAYS) * SECONDS_A_DAY;
  const cutOffs = Array.from(
    { length: options.cutOffs ?? CUT_OFFS },
    (_, place) => latest - place * DAYS_BETWEEN_CUT_OFFS * SECONDS_A_DAY,
  );
  return cutOffs.flatMap((cutOff) =>
    (mergeForecasts(facts, cutOff, options).pullRequests ?? []).flatMap(({ id, phase, chances }) =>
      chances.flatMap(({ days, chance }) => {
        if (chance === null) return [];
        const at = mergedAt.get(id) ?? null;
        const merged = at !== null && at <= cutOff + days * SECONDS_A_DAY;
        return [{ cutOff, id, phase, days, chance, merged, mergedAt: at }];
      }),
    ),
  );
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
