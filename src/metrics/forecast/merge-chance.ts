/** The chance of each open pull request to be merged soon, from this repository's own history (METRICS 8, "Forecast"). */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { FigureOptions } from '../population';
import { SECONDS_A_DAY } from '../windows';
import { PhaseHistory } from './phase-history';
import {
  censusAt,
  knownAt,
  phaseInstants,
  phaseStays,
  type PhaseInstants,
  type PhaseStay,
  type TimedPhase,
} from './phase-stays';
import { seededSample } from './seeded-sample';
import { survivalAt, survivalCurve, survivalsAt } from './survival';

export const HORIZON_DAYS = [1, 3, 7] as const;
export type HorizonDays = (typeof HORIZON_DAYS)[number];

const HORIZON_SECONDS = HORIZON_DAYS.map((days) => days * SECONDS_A_DAY);

/** Below this number of past merges nothing is forecast (METRICS 8). */
export const FEWEST_MERGES = 30;

/** Fewer other pull requests than this are not compared with (METRICS 2: fewer than 5 values conclude nothing). */
const FEWEST_COMPARED = 5;

/**
 * A pull request that has waited for `w` in its phase is compared with the others when they had waited there for half to
 * twice `w`: at `w` alone there are too few, above all where it has waited long. Chosen on the recorded repositories,
 * where these five moments forecast better than one, three, or a wider range. Ascending.
 */
const MOMENTS_OF_COMPARISON = [1 / 2, Math.SQRT1_2, 1, Math.SQRT2, 2] as const;

/**
 * Of so many, a tenth still tells a chance to 1.6 hundredths (its standard error, at most); and all forecasts of a
 * repository with ten times as many pull requests are made in seconds.
 */
const MOST_COMPARED = 10_000;

/** Always the same, so that the same facts give the same forecasts; Marsaglia's own. */
const SEED = 2_463_534_242;

export interface MergeChance {
  readonly days: HorizonDays;
  /** 0 to 1; `null` where fewer than 5 others ever waited so long in this phase, or none was observed for `days` after. */
  readonly chance: number | null;
}

export interface MergeForecast {
  readonly id: number;
  readonly phase: TimedPhase;
  /** How long it has been in this phase, on the calendar. */
  readonly waitedSeconds: number;
  /** How many other pull requests it is compared with. */
  readonly compared: number;
  /** In the order of `HORIZON_DAYS`. */
  readonly chances: readonly MergeChance[];
}

export interface ForecastOptions extends FigureOptions {
  /** The open pull requests that a forecast is wanted of; all where not said. */
  readonly ids?: ReadonlySet<number>;
  /** How many pull requests to look at as history; 10,000 where not said. */
  readonly mostCompared?: number;
}

export interface MergeForecasts {
  /** Merges known at the instant of the forecast. */
  readonly pastMerges: number;
  /** How many of the pull requests known then are compared with; where these are more, drawn by a seeded chance. */
  readonly history: { readonly compared: number; readonly of: number };
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
 *
 * All times are of the calendar, whatever clock the options name: the reader asks for a chance by tomorrow or within a
 * week, and weekends and nights pass until then too.
 *
 * A long history is not looked at whole: each of its pull requests is as likely as any other to be among the 10,000 that
 * are compared with, the same ones for all forecasts of an instant.
 */
export function mergeForecasts(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: ForecastOptions,
): MergeForecasts {
  return forecastsFrom(phaseInstants(facts, options), at, options);
}

/** The same from the instants of the pull requests' phases, by id. */
export function forecastsFrom(
  instants: readonly PhaseInstants[],
  at: EpochSeconds,
  options: Pick<ForecastOptions, 'ids' | 'mostCompared'>,
): MergeForecasts {
  const { openIds, merged: pastMerges } = censusAt(instants, at);
  const { stays, ...history } = historyAt(instants, at, options);
  if (pastMerges < FEWEST_MERGES) return { pastMerges, history, pullRequests: null };
  const wanted = new Set(openIds.filter((id) => options.ids?.has(id) ?? true));
  const open = instants.filter(({ id }) => wanted.has(id));
  const current = phaseStays(open, at).filter(isCurrent);
  const phases = new Set(current.map(({ phase }) => phase));
  const pullRequests = [...phases]
    .flatMap((phase) => {
      const ofPhase = (those: readonly PhaseStay[]): readonly PhaseStay[] =>
        those.filter((stay) => stay.phase === phase);
      const inPhase = new PhaseHistory(ofPhase(stays), at);
      return ofPhase(current).map((stay) => forecastOf(stay, inPhase, at));
    })
    .sort((a, b) => a.id - b.id);
  return { pastMerges, history, pullRequests };
}

/** The moments that the forecast for one open pull request is made of; none where it is not open or not forecast. */
export function explainForecast(
  id: number,
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: ForecastOptions,
): readonly ComparedMoment[] {
  const instants = phaseInstants(facts, options);
  const own = instants.filter((each) => each.id === id);
  const current = phaseStays(own, at).find(isCurrent);
  if (current === undefined) return [];
  const waits = waitsAbout(at - current.from);
  return historyAt(instants, at, options)
    .stays.filter(({ id: other, phase }) => other !== id && phase === current.phase)
    .flatMap(({ id: other, from, to, mergedAt }) =>
      waits
        .map((wait) => from + wait)
        // Only while it still was in the phase: a later phase has chances of its own.
        .filter((moment) => moment < (to ?? at))
        .map((moment) => ({ id: other, at: moment, until: mergedAt ?? at, merged: mergedAt !== null })),
    );
}

/** The chances that these moments give. */
export function chancesFrom(moments: readonly ComparedMoment[]): readonly MergeChance[] {
  const curve = survivalCurve(
    moments.map(({ at, until, merged }) => ({ seconds: until - at, ended: merged })),
  );
  const compared = new Set(moments.map(({ id }) => id)).size;
  return chancesOf(
    HORIZON_SECONDS.map((seconds) => survivalAt(curve, seconds)),
    compared,
  );
}

/** The same without listing the moments: there may be thousands of pull requests to forecast. */
function forecastOf(current: PhaseStay, inPhase: PhaseHistory, at: EpochSeconds): MergeForecast {
  const { id, phase, from } = current;
  const waitedSeconds = at - from;
  const longest = Math.max(...HORIZON_SECONDS);
  const { compared, ...lifetimes } = inPhase.after(waitsAbout(waitedSeconds), id, longest);
  return {
    id,
    phase,
    waitedSeconds,
    compared,
    chances: chancesOf(survivalsAt(lifetimes, HORIZON_SECONDS), compared),
  };
}

/** From the survival at each horizon, which so many pull requests give. */
function chancesOf(survivals: readonly (number | null)[], compared: number): readonly MergeChance[] {
  return HORIZON_DAYS.map((days, place) => {
    const survival = compared < FEWEST_COMPARED ? null : (survivals[place] ?? null);
    return { days, chance: survival === null ? null : 1 - survival };
  });
}

function isCurrent(stay: PhaseStay): boolean {
  return stay.to === null;
}

interface History {
  readonly stays: readonly PhaseStay[];
  readonly compared: number;
  readonly of: number;
}

/** What open pull requests are compared with; by id, so that who is drawn does not depend on the order of the facts. */
function historyAt(
  instants: readonly PhaseInstants[],
  at: EpochSeconds,
  { mostCompared }: Pick<ForecastOptions, 'mostCompared'>,
): History {
  const known = knownAt(instants, at);
  const drawn = seededSample(known, mostCompared ?? MOST_COMPARED, SEED);
  return { stays: phaseStays(drawn, at), compared: drawn.length, of: known.length };
}

/** After how long a wait others are compared with one that has waited for so many seconds; ascending, each once. */
function waitsAbout(waitedSeconds: number): readonly number[] {
  return [...new Set(MOMENTS_OF_COMPARISON.map((part) => Math.round(waitedSeconds * part)))];
}
