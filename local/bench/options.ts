/** The options of `npm run bench`, read and checked before anything is generated. */
import { parseArgs } from 'node:util';
import { UsageError } from '../start/options';
import { CASES, type BenchCase } from './cases';

export interface BenchOptions {
  /** Pull requests a window, in the order to measure them in; growth is told against the first. */
  readonly sizes: readonly [number, ...number[]];
  /** Runs of each case at most. */
  readonly runs: number;
  readonly cases: readonly BenchCase[];
}

const DEFAULT_SIZES = '1000,10000,100000';
const DEFAULT_RUNS = '11';

export const USAGE = `How long the metrics take, on generated pull requests.

  npm run bench                          all cases over ${DEFAULT_SIZES} pull requests a window
  npm run bench -- --sizes N,N           over so many instead
                   --runs N              of each case so many runs at most (default ${DEFAULT_RUNS})
                   --case TEXT           only the cases whose name contains the text
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const values = parse(args);
  if (values.help === true) return 'help';
  const [first, ...others] = (values.sizes ?? DEFAULT_SIZES).split(',');
  const size = (text: string): number => positive(text, '--sizes');
  return {
    sizes: [size(first ?? ''), ...others.map(size)],
    runs: positive(values.runs ?? DEFAULT_RUNS, '--runs'),
    cases: casesNamed(values.case ?? ''),
  };
}

function parse(args: readonly string[]): Partial<Record<'sizes' | 'runs' | 'case', string>> & {
  help?: boolean;
} {
  const text = { type: 'string' } as const;
  try {
    const options = { sizes: text, runs: text, case: text, help: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new UsageError(`"${args.join(' ')}" cannot be read. See npm run bench -- --help.`);
  }
}

function positive(text: string, option: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`${option} ${text}: write a whole number above 0.`);
}

function casesNamed(text: string): readonly BenchCase[] {
  const cases = CASES.filter(({ name }) => name.includes(text));
  if (cases.length > 0) return cases;
  const names = CASES.map(({ name }) => name.trim()).join('; ');
  throw new UsageError(`--case ${text}: no case is named so. There are: ${names}.`);
}
