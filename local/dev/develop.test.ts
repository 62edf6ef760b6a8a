/** What a change of the sources leads to: a build that is shown, or a line that says why there is none. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { developTinyApp, type TinyApp } from './testing';

const TYPES_KNOWN = 'Types were checked in N s; from now on a wrong one is not built.';

let app: TinyApp;
beforeEach(async () => {
  app = await developTinyApp();
});
afterEach(() => app.end());

/** The first check of types ends at any time. */
const steps = (): readonly string[] =>
  app.happened().filter((line) => line !== TYPES_KNOWN && line !== 'ready');

const functions = (): string => readFileSync(path.join(app.directory, 'dist/functions/index.cjs'), 'utf8');
function page(): string {
  const folder = path.join(app.directory, 'static/dist/assets');
  return readdirSync(folder)
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('');
}

it('a change of the page is built and shown, one of a function also runs', async () => {
  // Neither needs a build: the first is for the next start, and the other runs elsewhere.
  app.change('manifest.yml', 'nodejs22.x', 'nodejs24.x');
  app.change('src/index.test.ts', '', 'wrong(');
  await app.happens('manifest.yml has changed: start again to see it.');
  app.forget();
  app.change('static/main.ts', 'first', 'second');
  await app.happens('Built again');
  expect(steps()).toEqual(['pages are reloaded', 'Built again in N s.']);
  expect(page()).toContain('second');

  app.forget();
  app.change('src/views/answer.ts', '= 1', '= 2');
  await app.happens('Built again');
  expect(steps()).toEqual(['functions are renewed', 'pages are reloaded', 'Built again in N s.']);
  expect(functions()).toContain('answer = 2');
});

it('what cannot be built is said in a line, and what was built stays until it can', async () => {
  const before = { functions: functions(), page: page() };
  app.change('src/views/answer.ts', '= 1;', '= (;');
  await app.happens('Not built: src/views/answer.ts:1:32 ');
  app.forget();
  app.change('static/main.ts', "'first'", "('second'");
  app.change('src/views/answer.ts', '= (;', '= 2;');
  await app.happens('Not built: ');
  expect(steps().join()).toMatch(/static\/main\.ts:1:\d+ ./);
  expect({ functions: functions(), page: page() }).toEqual(before);

  app.forget();
  app.change('static/main.ts', "('second'", "'second'");
  await app.happens('Built again');
  expect(steps()).toContain('functions are renewed');
  expect(functions()).toContain('answer = 2');
  expect(page()).toContain('second');
});

it('a wrong type is not built, once types are known', async () => {
  await app.happens(TYPES_KNOWN);
  const before = functions();
  app.change('src/views/answer.ts', '= 1', "= 'one'");
  await app.happens(
    "Not built: src/views/answer.ts:1:14 Type 'string' is not assignable to type 'number'. (TS2322)",
  );
  expect(functions()).toBe(before);
  expect(steps()).not.toContain('functions are renewed');
  app.change('src/views/answer.ts', "= 'one'", '= 3');
  await app.happens('Built again');
  expect(functions()).toContain('answer = 3');
});
