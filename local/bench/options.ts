/** The options of `npm run bench`, read and checked before anything is built or generated. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../start/options';
import type { Effort, Section } from './section';
import { SECTIONS } from './sections';
import { CASES } from './sections/metrics-cases';

export interface BenchOptions {
  /** In the order of `SECTIONS`, each once. */
  readonly sections: readonly Section[];
  /** Pull requests a window for the metrics, in the order to measure them in; growth is told against the first. */
  readonly sizes: readonly [number, ...number[]];
  readonly effort: Effort;
  /** Of the metrics, only the cases whose name contains it. */
  readonly caseText: string;
  /** Where all figures go as JSON too; `null` for nowhere. */
  readonly jsonFile: string | null;
}

const SIZES = '1000,10000,100000';
const QUICK_SIZES = '1000,10000';
const RUNS = '11';
const QUICK_RUNS = '3';

/** For one table, once each of its cases was measured three times. */
const BUDGET_MILLISECONDS = 10_000;
const QUICK_BUDGET_MILLISECONDS = 2_000;

export const USAGE = `How fast and how large everything is, each figure beside a baseline of the same run.

  npm run bench                          all sections, in about five minutes
  npm run bench -- NAME NAME             only these:

${SECTIONS.map(({ name, measures }) => `    ${name.padEnd(12)} ${measures}`).join('\n')}

                --quick                  fewer runs, and metrics over ${QUICK_SIZES} pull requests a window
                --json FILE              writes all figures as JSON, too
                --runs N                 of each case so many runs at most (default ${RUNS})
                --sizes N,N              pull requests a window for the metrics (default ${SIZES})
                --case TEXT              of the metrics only the cases whose name contains the text
`;

/** Throws UsageError. */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values, positionals } = parse(args);
  const { quick = false, help = false, sizes, runs, json } = values;
  if (help) return 'help';
  const [first, ...others] = (sizes ?? (quick ? QUICK_SIZES : SIZES)).split(',');
  const size = (text: string): number => positive(text, '--sizes');
  return {
    sections: sectionsNamed(positionals),
    sizes: [size(first ?? ''), ...others.map(size)],
    effort: {
      runs: positive(runs ?? (quick ? QUICK_RUNS : RUNS), '--runs'),
      budget: quick ? QUICK_BUDGET_MILLISECONDS : BUDGET_MILLISECONDS,
    },
    caseText: caseText(values.case ?? ''),
    jsonFile: json === undefined ? null : writableFile(json),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = { sizes: text, runs: text, case: text, json: text, quick: flag, help: flag } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new UsageError(`"${args.join(' ')}" cannot be read. See npm run bench -- --help.`);
  }
}

function sectionsNamed(names: readonly string[]): readonly Section[] {
  const unknown = names.find((name) => !SECTIONS.some((section) => section.name === name));
  if (unknown !== undefined) {
    const known = SECTIONS.map(({ name }) => name).join(', ');
    throw new UsageError(`${unknown}: nothing is measured under this name. There are ${known}.`);
  }
  return names.length === 0 ? SECTIONS : SECTIONS.filter(({ name }) => names.includes(name));
}

function positive(text: string, option: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`${option} ${text}: write a whole number above 0.`);
}

function caseText(text: string): string {
  if (CASES.some(({ name }) => name.includes(text))) return text;
  const names = CASES.map(({ name }) => name.trim()).join('; ');
  throw new UsageError(`--case ${text}: no case is named so. There are: ${names}.`);
}

function writableFile(file: string): string {
  const absolute = path.resolve(file);
  if (existsSync(path.dirname(absolute))) return absolute;
  throw new UsageError(`--json ${file}: its folder does not exist. Name a file in one that does.`);
}
