import { UsageError } from '../start/options';
import { CASES } from './cases';
import { readOptions, USAGE } from './options';

it('are all cases over three sizes where nothing is said', () => {
  expect(readOptions([])).toEqual({ sizes: [1_000, 10_000, 100_000], runs: 11, cases: CASES });
  expect(readOptions(['--help'])).toBe('help');
  expect(USAGE).toContain('--sizes');
});

it('choose sizes, runs and cases', () => {
  const options = readOptions(['--sizes', '50,20', '--runs', '3', '--case', 'forecast']);
  expect(options).toMatchObject({ sizes: [50, 20], runs: 3 });
  expect(options === 'help' ? [] : options.cases.map(({ name }) => name)).toEqual([
    'forecasts',
    'calibration of forecasts',
  ]);
});

it.each([
  [['--sizes', '10,x'], '--sizes x: write a whole number above 0.'],
  [['--sizes', ''], '--sizes : write a whole number above 0.'],
  [['--runs', '0'], '--runs 0: write a whole number above 0.'],
  [['--case', 'nothing'], '--case nothing: no case is named so.'],
  [['--wrong'], '"--wrong" cannot be read. See npm run bench -- --help.'],
])('are refused with a sentence: %j', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(sentence);
});
