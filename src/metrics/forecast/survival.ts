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
  const tally = new LifetimeTally(Number.POSITIVE_INFINITY);
  for (const { seconds, ended } of lifetimes) tally.add(seconds, ended);
  return tally.curve();
}

/**
 * Takes lifetimes one by one and keeps only what the curve up to a time is drawn from: a forecast asks for a week of
 * curves that many thousand lifetimes give.
 */
export class LifetimeTally {
  private members = 0;
  private longest = 0;
  private readonly endings: number[] = [];
  private readonly censored: number[] = [];

  /** The curve has no steps beyond `until`. */
  constructor(private readonly until: number) {}

  add(seconds: number, ended: boolean): void {
    this.members += 1;
    if (seconds > this.longest) this.longest = seconds;
    if (seconds > this.until) return;
    if (ended) this.endings.push(seconds);
    else this.censored.push(seconds);
  }

  curve(): SurvivalCurve {
    // Typed arrays sort by number without calling a comparison function.
    const endings = new Float64Array(this.endings).sort();
    const censored = new Float64Array(this.censored).sort();
    const steps: SurvivalStep[] = [];
    let survival = 1;
    let place = 0;
    let left = 0;
    for (let seconds = endings[place]; seconds !== undefined; seconds = endings[place]) {
      const before = place;
      while (endings[place] === seconds) place += 1;
      while ((censored[left] ?? seconds) < seconds) left += 1;
      const atRisk = this.members - before - left;
      const ended = place - before;
      survival *= 1 - ended / atRisk;
      steps.push({ seconds, atRisk, ended, survival });
    }
    return { steps, observedSeconds: this.longest };
  }
}

/** The estimated share that waits for longer than `seconds`; `null` where nobody was observed for so long. */
export function survivalAt({ steps, observedSeconds }: SurvivalCurve, seconds: number): number | null {
  const survival = steps.findLast((step) => step.seconds <= seconds)?.survival ?? 1;
  return seconds <= observedSeconds || survival === 0 ? survival : null;
}
