/** The chance of each open pull request to be merged soon, from this repository's own history (METRICS 8, "Forecast"). */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { SECONDS_A_DAY } from '../windows';
import { phaseStays, type PhaseStay, type TimedPhase } from './phase-stays';
import { survivalAt, survivalCurve, type Lifetime } from './survival';

export const HORIZON_DAYS = [1, 3, 7] as const;
export type HorizonDays = (typeof HORIZON_DAYS)[number];

/** Below this number of past merges nothing is forecast (METRICS 8). */
export const FEWEST_MERGES = 30;

/** Fewer other pull requests than this are not compared with (METRICS 2: fewer than 5 values conclude nothing). */
const FEWEST_COMPARED = 5;

/**
 * A pull request that has waited for `w` in its phase is compared with the others when they had waited there for half to
 * twice `w`: at `w` alone there are too few, above all where it has waited long. Chosen on the recorded repositories,
 * where these five moments forecast better than one, three, or a wider range.
 */
const MOMENTS_OF_COMPARISON = [1 / 2, Math.SQRT1_2, 1, Math.SQRT2, 2] as const;

export interface MergeChance {
  readonly days: HorizonDays;
  /** 0 to 1; `null` where fewer than 5 others ever waited so long in this phase, or none was observed for `days` after. */
  readonly chance: number | null;
}

export interface MergeForecast {
  readonly id: number;
  readonly phase: TimedPhase;
  /** How long it has been in this phase. */
  readonly waitedSeconds: number;
  /** How many other pull requests it is compared with. */
  readonly compared: number;
  /** In the order of `HORIZON_DAYS`. */
  readonly chances: readonly MergeChance[];
}

export interface MergeForecasts {
  /** Merges known at the instant of the forecast. */
  readonly pastMerges: number;
  /** Open pull requests that are no drafts, by id; `null` where there are too few past merges to forecast from. */
  readonly pullRequests: readonly MergeForecast[] | null;
}

/** Another pull request at a moment at which it had waited about as long in the same phase. */
export interface ComparedMoment {
  readonly id: number;
  readonly at: EpochSeconds;
  /** When it was merged, or until when it is known not to have been. */
  readonly until: EpochSeconds;
  readonly merged: boolean;
}

/**
 * Forecasts for the pull requests open at `at`, from what was known then. Each is compared with every other pull request
 * at the moments at which that one had waited about as long in the same phase, and the chance is one minus their
 * Kaplan-Meier estimate of not being merged within the horizon: a landmark estimate with stacked landmarks (H. C. van
 * Houwelingen, "Dynamic Prediction by Landmarking in Event History Analysis", Scandinavian Journal of Statistics 34,
 * 2007), so that it depends on the phase and on the wait.
 *
 * Declines and supersessions compete with merges: who is declined will never be merged. They are no censoring, which
 * would take them for undecided and promise too much; they stay among those at risk, unmerged, until `at`. As `at` is
 * when all observation ends, that makes the estimate the cumulative incidence of merging (J. P. Fine and R. J. Gray, "A
 * Proportional Hazards Model for the Subdistribution of a Competing Risk", Journal of the American Statistical
 * Association 94, 1999, on censoring-complete data).
 */
export function mergeForecasts(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): MergeForecasts {
  const stays = phaseStays(facts, at, options);
  // Every pull request was in the phase `open` once.
  const pastMerges = stays.filter(({ phase, mergedAt }) => phase === 'open' && mergedAt !== null).length;
  if (pastMerges < FEWEST_MERGES) return { pastMerges, pullRequests: null };
  const pullRequests = stays
    .filter(isCurrent)
    .map((stay) => {
      const moments = comparedMoments(stay, stays, at);
      return {
        id: stay.id,
        phase: stay.phase,
        waitedSeconds: at - stay.from,
        compared: distinctIds(moments),
        chances: chancesFrom(moments),
      };
    })
    .sort((a, b) => a.id - b.id);
  return { pastMerges, pullRequests };
}

/** The moments that the forecast for one open pull request is made of; none where it is not open or not forecast. */
export function explainForecast(
  id: number,
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): readonly ComparedMoment[] {
  const stays = phaseStays(facts, at, options);
  const current = stays.find((stay) => stay.id === id && isCurrent(stay));
  return current === undefined ? [] : comparedMoments(current, stays, at);
}

/** The chances that these moments give. */
export function chancesFrom(moments: readonly ComparedMoment[]): readonly MergeChance[] {
  const lifetimes = moments.map((each): Lifetime => ({ seconds: each.until - each.at, ended: each.merged }));
  const curve = survivalCurve(lifetimes);
  const enough = distinctIds(moments) >= FEWEST_COMPARED;
  return HORIZON_DAYS.map((days) => {
    const survival = enough ? survivalAt(curve, days * SECONDS_A_DAY) : null;
    return { days, chance: survival === null ? null : 1 - survival };
  });
}

function isCurrent(stay: PhaseStay): boolean {
  return stay.to === null;
}

function comparedMoments(
  current: PhaseStay,
  stays: readonly PhaseStay[],
  at: EpochSeconds,
): readonly ComparedMoment[] {
  const waits = new Set(MOMENTS_OF_COMPARISON.map((part) => Math.round((at - current.from) * part)));
  const moments: ComparedMoment[] = [];
  for (const { id, phase, from, to, mergedAt } of stays) {
    if (phase !== current.phase || id === current.id) continue;
    for (const wait of waits) {
      // Only while it still was in the phase: a later phase has chances of its own.
      if (from + wait >= (to ?? at)) continue;
      moments.push({ id, at: from + wait, until: mergedAt ?? at, merged: mergedAt !== null });
    }
  }
  return moments;
}

function distinctIds(moments: readonly ComparedMoment[]): number {
  return new Set(moments.map(({ id }) => id)).size;
}
