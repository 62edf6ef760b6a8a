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

/**
 * The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations",
 * Journal of the American Statistical Association 53 (1958): at each time at which it happened, the share that waits
 * falls by the part of those still observed to whom it happened. Who leaves observation at that very time still counts.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalCurve {
  // Typed arrays sort by number without calling a comparison function.
  const observed = Float64Array.from(lifetimes.map(({ seconds }) => seconds)).sort();
  const endings = Float64Array.from(lifetimes.flatMap(({ seconds, ended }) => (ended ? seconds : []))).sort();
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let gone = 0;
  let place = 0;
  for (let seconds = endings[place]; seconds !== undefined; seconds = endings[place]) {
    let ended = 0;
    for (; endings[place] === seconds; place += 1) ended += 1;
    while ((observed[gone] ?? seconds) < seconds) gone += 1;
    const atRisk = observed.length - gone;
    survival *= 1 - ended / atRisk;
    steps.push({ seconds, atRisk, ended, survival });
  }
  return { steps, observedSeconds: observed.at(-1) ?? 0 };
}

/** The estimated share that waits for longer than `seconds`; `null` where nobody was observed for so long. */
export function survivalAt({ steps, observedSeconds }: SurvivalCurve, seconds: number): number | null {
  const survival = steps.findLast((step) => step.seconds <= seconds)?.survival ?? 1;
  return seconds <= observedSeconds || survival === 0 ? survival : null;
}
