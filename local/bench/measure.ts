/** Measures a piece of work several times over, in turn with what it is compared with. */
import { performance } from 'node:perf_hooks';
import { percentile } from '../../src/metrics/distribution';

/** Over the runs that were measured, in whatever unit they are. */
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
  /** After so many milliseconds no further run begins, once there are three; after thrice as many none at all. */
  readonly budget: number;
  /** Milliseconds from any instant. */
  readonly now?: () => number;
}

/** One run: what it measured, in whatever unit. */
export type Sampler = () => number | Promise<number>;

/** Fewer tell little of the spread. */
const FEWEST_RUNS = 3;

/** What takes so many budgets is not worth the wait for its spread. */
const MOST_BUDGETS = 3;

/** The median and the middle half of values; of none, zeros. */
export function summaryOf(values: readonly number[]): Measurement {
  const ascending = values.toSorted((a, b) => a - b);
  const at = (p: number): number => percentile(ascending, p) ?? 0;
  return { runs: ascending.length, median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** A run of `work` as the milliseconds that it takes. */
export function timed(work: () => unknown, now: () => number = clock): Sampler {
  return async () => {
    const start = now();
    await work();
    return now() - start;
  };
}

/**
 * Measures several things round by round, so that a machine that is busy for a while is so for all of them. The first
 * round is not counted, since it pays for the compiler, unless it alone takes longer than the budget: then the compiler
 * is the least of it. The measurements in the order of `samplers`.
 */
export async function measureInTurn(
  samplers: readonly Sampler[],
  { runs, budget, now = clock }: MeasureOptions,
): Promise<readonly Measurement[]> {
  const round = (): Promise<readonly number[]> =>
    samplers.reduce<Promise<readonly number[]>>(
      async (before, sampler) => [...(await before), await sampler()],
      Promise.resolve([]),
    );
  const begun = now();
  const first = await round();
  const spentByFirst = now() - begun;
  const rounds = spentByFirst > budget ? [first] : [];
  const counted = spentByFirst > budget ? begun : begun + spentByFirst;
  const mayGoOn = (): boolean => {
    const spent = now() - counted;
    if (rounds.length === 0) return true;
    return rounds.length < runs && spent < (rounds.length < FEWEST_RUNS ? MOST_BUDGETS * budget : budget);
  };
  while (mayGoOn()) rounds.push(await round());
  return samplers.map((_, place) => summaryOf(rounds.flatMap((values) => values[place] ?? [])));
}

/** The milliseconds of one piece of work; see `measureInTurn`. */
export async function measure(work: () => unknown, options: MeasureOptions): Promise<Measurement> {
  const [measured] = await measureInTurn([timed(work, options.now)], options);
  return measured ?? summaryOf([]);
}

function clock(): number {
  return performance.now();
}
