import os from 'node:os';
import path from 'node:path';
import { UsageError } from '../start/options';
import { readOptions, USAGE, type BenchOptions } from './options';
import { SECTIONS } from './sections';

function read(...args: readonly string[]): BenchOptions {
  const options = readOptions(args);
  if (options === 'help') throw new Error('It was taken for --help.');
  return options;
}

const names = ({ sections }: BenchOptions): readonly string[] => sections.map(({ name }) => name);

it('are all sections over three sizes where nothing is said', () => {
  const options = read();
  expect(options).toMatchObject({ sizes: [1_000, 10_000, 100_000], caseText: '', jsonFile: null });
  expect(options.effort.runs).toBe(11);
  expect(names(options)).toEqual(SECTIONS.map(({ name }) => name));
});

it('choose sections, once each and in their own order', () => {
  expect(names(read('metrics', 'facts', 'metrics'))).toEqual(['facts', 'metrics']);
});

it('name every section in the help', () => {
  expect(readOptions(['metrics', '--help'])).toBe('help');
  for (const { name, measures } of SECTIONS) expect(USAGE).toContain(`${name.padEnd(12)} ${measures}`);
});

it('choose sizes, runs, cases and a file', () => {
  const file = path.join(os.tmpdir(), 'bench.json');
  const options = read('--sizes', '50,20', '--runs', '3', '--case', 'forecast', '--json', file);
  expect(options).toMatchObject({
    sizes: [50, 20],
    effort: { runs: 3 },
    caseText: 'forecast',
    jsonFile: file,
  });
});

it('do less where it is to be quick, and what is said all the same', () => {
  const quick = read('--quick');
  expect(quick.sizes).toEqual([1_000, 10_000]);
  expect(quick.effort.runs).toBe(3);
  expect(quick.effort.budget).toBeLessThan(read().effort.budget);
  expect(read('--quick', '--runs', '5').effort.runs).toBe(5);
});

it.each([
  [['--sizes', '10,x'], '--sizes x: write a whole number above 0.'],
  [['--sizes', ''], '--sizes : write a whole number above 0.'],
  [['--runs', '0'], '--runs 0: write a whole number above 0.'],
  [['--case', 'nothing'], '--case nothing: no case is named so.'],
  [['metrics', 'speed'], 'speed: nothing is measured under this name. There are events, facts, '],
  [['--json', '/no/such/folder/bench.json'], '--json /no/such/folder/bench.json: its folder does not exist.'],
  [['--wrong'], '"--wrong" cannot be read. See npm run bench -- --help.'],
])('are refused with a sentence: %j', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(sentence);
});
