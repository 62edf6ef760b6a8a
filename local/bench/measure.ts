/** Times a piece of work several times over. */
import { performance } from 'node:perf_hooks';
import { percentile } from '../../src/metrics/distribution';

/** In milliseconds, over the runs that were timed. */
export interface Measurement {
  readonly runs: number;
  readonly median: number;
  /** First and third quartile: between them lies the middle half of the runs. */
  readonly lower: number;
  readonly upper: number;
}

export interface MeasureOptions {
  /** Runs at most, at least one. */
  readonly runs: number;
  /** After so many milliseconds no further run begins, once there are three. */
  readonly budget: number;
  /** Milliseconds from any instant. */
  readonly now?: () => number;
}

/** Fewer tell nothing of the spread. */
const FEWEST_RUNS = 3;

/** One run more comes first and is not timed: it pays for the compiler. */
export function measure(work: () => unknown, { runs, budget, now = clock }: MeasureOptions): Measurement {
  work();
  const times: number[] = [];
  const begun = now();
  while (times.length < runs && (times.length < FEWEST_RUNS || now() - begun < budget)) {
    const start = now();
    work();
    times.push(now() - start);
  }
  const ascending = times.sort((a, b) => a - b);
  const at = (p: number): number => percentile(ascending, p) ?? 0;
  return { runs: ascending.length, median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

function clock(): number {
  return performance.now();
}
