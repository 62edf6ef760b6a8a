import os from 'node:os';
import path from 'node:path';
import { assertAskedFor, readOptions, UsageError } from './options';

it('serves the demo of the present by default', () => {
  expect(readOptions([])).toEqual({
    recording: null,
    live: null,
    poll: null,
    now: null,
    exportTo: null,
    data: null,
    port: 8_080,
    locale: 'en-US',
    without: [],
    licence: null,
    watch: false,
  });
});

it('reads every option', () => {
  const folder = os.tmpdir();
  const args = ['--recording', folder, '--now', '2016-07-01T00:00:00Z', '--port', '0', '--data', 'x'];
  const more = [
    '--without',
    'read:pipeline:bitbucket',
    '--without',
    'report:personal-data',
    '--licence',
    'inactive',
  ];
  expect(
    readOptions([...args, ...more, '--locale', 'de-at', '--export', path.join(folder, 'out.json')]),
  ).toEqual({
    recording: path.resolve(folder),
    live: null,
    poll: null,
    now: Date.UTC(2016, 6, 1),
    exportTo: path.join(folder, 'out.json'),
    data: path.resolve('x'),
    port: 0,
    locale: 'de-AT',
    without: ['read:pipeline:bitbucket', 'report:personal-data'],
    licence: 'inactive',
    watch: false,
  });
});

it('is asked by npm run dev to watch the sources', () => {
  expect(readOptions(['--watch', '--port', '0'])).toMatchObject({ watch: true, port: 0, exportTo: null });
});

it('reads what live mode is to read, as Bitbucket writes names', () => {
  expect(readOptions(['--live', 'Acme/Web.Shop', '--poll', '300'])).toMatchObject({
    live: { workspace: 'acme', repository: 'web.shop' },
    poll: 300,
  });
  expect(readOptions(['--live', 'acme'])).toMatchObject({ live: { workspace: 'acme', repository: null } });
});

it.each([
  [['--recordings', 'x'], /Unknown option '--recordings'/],
  [['--recording', '/no/such/folder'], /no such folder/],
  [['--recording'], /argument missing/],
  [['--watch', '--export', 'out.json'], /there is nothing to watch for/],
  [['--now', 'yesterday'], /write an instant such as/],
  [['--now', '1'], /write an instant such as/],
  [['--port', 'http'], /0 to 65535/],
  [['--port', '65536'], /0 to 65535/],
  [['--locale', 'deutsch!'], /a locale such as de-DE/],
  [['--licence', 'expired'], /active or inactive/],
  [['--without'], /argument missing/],
  [['--poll', '0'], /a number of seconds/],
  [['--live', 'acme', '--recording', os.tmpdir()], /two sources/],
  [['--live', 'acme', '--now', '2026-01-01T00:00:00Z'], /leave --now out/],
  [['--live', 'acme', '--without', 'read:pipeline:bitbucket'], /the token says what may be read/],
  [['--export', '/no/such/folder/out.json'], /does not exist/],
  [['--export', os.tmpdir()], /Name a file/],
  [['stray'], /Unexpected argument/],
])('refuses %j with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(UsageError);
  expect(() => readOptions(args)).toThrow(sentence);
});

it('lets only a permission be missing that the app asks for', () => {
  const scopes = ['storage:app', 'read:pipeline:bitbucket'];
  expect(() => assertAskedFor(['read:pipeline:bitbucket'], scopes)).not.toThrow();
  expect(() => assertAskedFor(['read:pipeline:bitbucket', 'read:pipelines'], scopes)).toThrow(UsageError);
  expect(() => assertAskedFor(['read:pipelines'], scopes)).toThrow(
    '--without read:pipelines: the app asks for no such permission. Name one of storage:app, read:pipeline:bitbucket.',
  );
});
