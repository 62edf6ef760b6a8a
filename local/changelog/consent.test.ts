import { readFileSync } from 'node:fs';
import path from 'node:path';
import { consentReasons } from './consent';

const manifest = readFileSync(path.resolve(__dirname, '../../manifest.yml'), 'utf8');
const scopes = '  scopes:\n';

/** The app's own manifest with one place changed. */
function changed(place: string, to: string): string {
  expect(manifest).toContain(place);
  return manifest.replace(place, to);
}

it('finds none where nothing has changed, nor where only code, limits and texts have', () => {
  expect(consentReasons(manifest, manifest)).toEqual([]);
  expect(consentReasons(manifest, changed('memoryMB: 256', 'memoryMB: 512'))).toEqual([]);
  expect(consentReasons(manifest, changed('title: Throughline', 'title: Other'))).toEqual([]);
});

it.each([
  [
    'a new scope',
    scopes,
    `${scopes}    - write:pullrequest:bitbucket\n`,
    'the scope write:pullrequest:bitbucket is new',
  ],
  ['a scope less', '    - read:pipeline:bitbucket\n', '', 'the scope read:pipeline:bitbucket is gone'],
  [
    'an address to send to',
    'permissions:\n',
    'permissions:\n  external:\n    fetch:\n      backend:\n        - https://example.org\n',
    'https://example.org may be reached',
  ],
  [
    'a weaker content policy',
    'permissions:\n',
    'permissions:\n  content:\n    scripts:\n      - unsafe-inline\n',
    'the page may hold unsafe-inline',
  ],
  ['licensing', 'enabled: false', 'enabled: true', 'licensing is switched on'],
  ['SQL', 'modules:\n', 'modules:\n  sql:\n    - key: main\n      engine: mysql\n', 'the module sql is new'],
])('finds %s', (_, place, to, reason) => {
  expect(consentReasons(manifest, changed(place, to))).toEqual([reason]);
});

it('lets addresses and licensing go without consent', () => {
  const external = 'permissions:\n  external:\n    images:\n      - https://example.org\n';
  expect(consentReasons(changed('permissions:\n', external), manifest)).toEqual([]);
  expect(consentReasons(changed('enabled: false', 'enabled: true'), manifest)).toEqual([]);
});
