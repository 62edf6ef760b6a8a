/** What the parts of the benchmark have in common: tables of measurements, each beside a baseline of the same run. */
import { measureInTurn, type Measurement, type MeasureOptions, type Sampler } from './measure';

/** One line of a table. */
export interface Row {
  readonly name: string;
  readonly measured: Measurement;
  /** As a multiple of the baseline; 1 for the baseline itself. */
  readonly ratio: number;
  /** What else was counted, such as requests; short. */
  readonly note?: string;
}

/** Measurements of one unit that are compared with one baseline. */
export interface Table {
  readonly title: string;
  /** Of the median and the middle half. */
  readonly unit: string;
  /** What the ratio is a multiple of, in words. */
  readonly baseline: string;
  readonly rows: readonly Row[];
}

/** How much is measured: each thing so often at most, within so many milliseconds for each table. */
export type Effort = Pick<MeasureOptions, 'runs' | 'budget'>;

/** What a section gets. */
export interface SectionSettings {
  readonly effort: Effort;
  /** A folder that is gone after the run. */
  readonly folder: string;
  /** Pull requests a window, of the sections that grow with it. */
  readonly sizes: readonly [number, ...number[]];
  /** Only those whose name contains it, of the sections that have many cases. */
  readonly caseText: string;
}

/** One part of the benchmark. */
export interface Section {
  readonly name: string;
  /** In a sentence. */
  readonly measures: string;
  /** Measures, and gives each table as soon as it is there. Throws where what it needs is missing. */
  readonly tables: (settings: SectionSettings) => AsyncIterable<Table>;
}

/** Something to measure, under its name. */
export interface Case {
  readonly name: string;
  readonly sample: Sampler;
  /** Asked for after all runs. */
  readonly note?: () => string;
}

/** Measures cases in turn with their baseline, which comes first among the rows. */
export async function rowsAgainst(
  baseline: Case,
  others: readonly Case[],
  effort: Effort,
): Promise<readonly Row[]> {
  const cases = [baseline, ...others];
  const measured = await measureInTurn(
    cases.map(({ sample }) => sample),
    effort,
  );
  return comparedRows(
    cases.flatMap(({ name, note }, place) => {
      const found = measured[place];
      return found === undefined ? [] : [{ name, measured: found, ...(note && { note: note() }) }];
    }),
  );
}

/** Gives each its ratio to the first one; to a baseline of 0 there is none that is a number. */
export function comparedRows(measured: readonly Omit<Row, 'ratio'>[]): readonly Row[] {
  const reference = measured[0]?.measured.median ?? 0;
  return measured.map((each) => ({ ...each, ratio: each.measured.median / reference }));
}
