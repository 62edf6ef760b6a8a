/** What the tools say of a broken source, in one line each. */
import { build } from 'esbuild';
import { problemsOf } from './build-problems';

const failureOf = (contents: string): Promise<unknown> =>
  build({ stdin: { contents, sourcefile: 'src/a.ts' }, bundle: true, write: false, logLevel: 'silent' }).then(
    () => null,
    (error: unknown) => error,
  );

it('esbuild’s errors name file, line and column', async () => {
  expect(problemsOf(await failureOf('let a = (;\n'))).toEqual(['src/a.ts:1:10 Unexpected ";"']);
  expect(problemsOf(await failureOf("import './none';\nimport './nothing';\n"))).toEqual([
    'src/a.ts:1:8 Could not resolve "./none"',
    'src/a.ts:2:8 Could not resolve "./nothing"',
  ]);
});

it('of Vite’s picture the place and the first line are kept, without colours', () => {
  const message =
    '\u001b[31m[builtin:vite-transform] \u001b[0mUnexpected token\n    \u001b[38;5;246m╭\u001b[0m\u001b[38;5;246m─\u001b[0m\u001b[38;5;246m[\u001b[0m static/main.tsx:61:12 \u001b[38;5;246m]\u001b[0m\n \u001b[38;5;246m61 │\u001b[0m const x = (;\n';
  expect(problemsOf({ errors: [{ message }, { message: 'No picture\nof this' }] })).toEqual([
    'static/main.tsx:61:12 [builtin:vite-transform] Unexpected token',
    'No picture',
  ]);
});

it('whatever else was thrown says its own message', () => {
  expect(problemsOf(new Error('manifest.yml cannot be used'))).toEqual(['manifest.yml cannot be used']);
  expect(problemsOf('odd')).toEqual(['odd']);
});
