/** The Kaplan-Meier estimator: how many of a population still wait after a time, though some are not observed to the end. */

/** How long one member was observed, and whether what was waited for happened at the end of that time. */
export interface Lifetime {
  readonly seconds: number;
  /** False where the observation ended first (the lifetime is censored). */
  readonly ended: boolean;
}

/** One fall of the curve. */
export interface SurvivalStep {
  readonly seconds: number;
  /** Members observed for at least so long. */
  readonly atRisk: number;
  readonly ended: number;
  /** Estimated share of the population that waits for longer than `seconds`. */
  readonly survival: number;
}

export interface SurvivalCurve {
  /** Ascending by time. */
  readonly steps: readonly SurvivalStep[];
  /** The longest observation; nothing is known of later times unless nobody waits by then. */
  readonly observedSeconds: number;
}

/** Lifetimes in the order that the curve up to some time is drawn in. */
export interface SortedLifetimes {
  /** Those that ended, ascending; beyond that time they may be missing. */
  readonly endings: Float64Array;
  /** Those that were censored, likewise. */
  readonly censored: Float64Array;
  /** How many there are, with the missing ones. */
  readonly members: number;
  /** The longest of all. */
  readonly longest: number;
}

/**
 * The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations",
 * Journal of the American Statistical Association 53 (1958): at each time at which it happened, the share that waits
 * falls by the part of those still observed to whom it happened. Who leaves observation at that very time still counts.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalCurve {
  const sorted = (wanted: boolean): Float64Array =>
    // Typed arrays sort by number without calling a comparison function.
    Float64Array.from(lifetimes.flatMap(({ seconds, ended }) => (ended === wanted ? seconds : []))).sort();
  return curveOf({
    endings: sorted(true),
    censored: sorted(false),
    members: lifetimes.length,
    longest: lifetimes.reduce((longest, { seconds }) => Math.max(longest, seconds), 0),
  });
}

/** The same from sorted lifetimes; it has no steps where these are missing. */
function curveOf(lifetimes: SortedLifetimes): SurvivalCurve {
  const steps: SurvivalStep[] = [];
  forEachStep(lifetimes, (seconds, survival, atRisk, ended) => {
    steps.push({ seconds, atRisk, ended, survival });
  });
  return { steps, observedSeconds: lifetimes.longest };
}

/** What `survivalAt` tells of each time, without making a curve: a forecast needs three values of ten thousand steps. */
export function survivalsAt(
  lifetimes: SortedLifetimes,
  times: readonly number[],
): readonly (number | null)[] {
  const survivals = times.map(() => 1);
  forEachStep(lifetimes, (seconds, survival) => {
    for (let place = 0; place < times.length; place += 1) {
      if (seconds <= (times[place] ?? 0)) survivals[place] = survival;
    }
  });
  return survivals.map((survival, place) =>
    (times[place] ?? 0) <= lifetimes.longest || survival === 0 ? survival : null,
  );
}

/** Visits the falls of the curve, ascending by time. */
function forEachStep(
  { endings, censored, members }: SortedLifetimes,
  visit: (seconds: number, survival: number, atRisk: number, ended: number) => void,
): void {
  let survival = 1;
  let place = 0;
  let left = 0;
  while (place < endings.length) {
    const seconds = endings[place] ?? 0;
    const before = place;
    while (place < endings.length && endings[place] === seconds) place += 1;
    while (left < censored.length && (censored[left] ?? 0) < seconds) left += 1;
    const atRisk = members - before - left;
    const ended = place - before;
    survival *= 1 - ended / atRisk;
    visit(seconds, survival, atRisk, ended);
  }
}

/** The estimated share that waits for longer than `seconds`; `null` where nobody was observed for so long. */
export function survivalAt({ steps, observedSeconds }: SurvivalCurve, seconds: number): number | null {
  const survival = steps.findLast((step) => step.seconds <= seconds)?.survival ?? 1;
  return seconds <= observedSeconds || survival === 0 ? survival : null;
}
